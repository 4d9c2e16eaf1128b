"""How the log is written: one line an event, as JSON for a collector or as words for a person who looks on.

Code logs by `logging` as ever; a line carries the number of its request and what is named in NAMED, nothing else of
what was handed over. Names, addresses, tokens and values of rows do not get in, whoever wrote them: `_without_secrets`
is asked of every word, of tracebacks too. What comes from outside cannot begin a line of its own.
"""

import json
import logging
import re
from collections.abc import MutableMapping
from typing import Any

from structlog.contextvars import merge_contextvars
from structlog.processors import TimeStamper, format_exc_info
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name

type Event = MutableMapping[str, Any]

#: What a line may tell besides its words (`extra=` of logging).
NAMED = ("method", "route", "object", "status", "ms", "queries", "user")
HIDDEN = "«…»"
_SECRETS = re.compile(
    r"""
      [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                # an e-mail address
    | (?<=\bBearer\ )\S+                                          # a token
    | (?<=://)[^\s/:@]*:[^\s/@]+(?=@)                             # name and password in an address
    | (?<=\)=\()[^)]*                                             # DETAIL: Key (email)=(…) already exists
    | (?<=Failing\ row\ contains\ \().*
    | (?<![\w-])\d{12}(?![\w-])                                   # the number of a person or a company
    | (?<![\w-])[A-Za-z0-9_-]{40,}(?![\w-])                       # a token in an address
    """,
    re.VERBOSE,
)
#: All that some reader takes for the end of a line, or that steers a terminal.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def configuration(*, as_json: bool) -> dict[str, Any]:
    """LOGGING of the settings."""
    formatter = {
        "()": ProcessorFormatter,
        "foreign_pre_chain": [
            merge_contextvars,
            add_log_level,
            add_logger_name,
            ExtraAdder(allow=NAMED),
            TimeStamper(fmt="iso", utc=as_json, key="at"),
            _route_for_path,
            format_exc_info,
            _without_secrets,
        ],
        "processors": [ProcessorFormatter.remove_processors_meta, _as_json if as_json else _as_words],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django.request": {"level": "ERROR"},
            **{name: {"level": "ERROR"} for name in ("weasyprint", "weasyprint.progress", "fontTools")},
        },
    }


def _route_for_path(logger: Any, name: str, event: Event) -> Event:
    """Django names the path of what failed, in which there may be a secret: a link that opens an account."""
    record: logging.LogRecord = event["_record"]
    path = getattr(getattr(record, "request", None), "path", "")
    if len(path) > 1:
        match = getattr(record.request, "resolver_match", None)  # type: ignore[attr-defined]
        shown = match.view_name if match else HIDDEN
        for written in (path, path.encode("unicode_escape").decode("ascii")):
            event["event"] = event["event"].replace(written, f"[{shown}]")
    return event


def _without_secrets(logger: Any, name: str, event: Event) -> Event:
    for key in ("event", "exception"):
        if key in event:
            event[key] = _SECRETS.sub(HIDDEN, str(event[key]))
    return event


def _as_json(logger: Any, name: str, event: Event) -> str:
    """Line ends are escaped by JSON itself; the letters of Kazakh stay as they are."""
    return _CONTROL.sub(_escaped, json.dumps(event, ensure_ascii=False, default=str))


def _as_words(logger: Any, name: str, event: Event) -> str:
    """A traceback takes further lines, each of which shows that it is none of its own."""
    at, level, source = (event.pop(key, "") for key in ("at", "level", "logger"))
    words, traceback = event.pop("event", ""), event.pop("exception", "")
    told = " ".join(f"{key}={value}" for key, value in event.items())
    line = _CONTROL.sub(_escaped, f"{at[:19]} {level.upper()} {source}: {words} {told}".rstrip())
    rest = [f"  | {_CONTROL.sub(_escaped, one)}" for one in traceback.splitlines()]
    return "\n".join([line, *rest])


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
