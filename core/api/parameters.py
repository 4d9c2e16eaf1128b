"""Query parameters that every address takes, and the refusal of those that it does not."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied

from core.api.errors import WrongParameters
from core.middleware import parse_instant
from core.policies import sees_everything
from core.text import LANGUAGES

COMMON = ("lang", "as_of")
#: Every text in all three languages, as without the parameter.
ALL_LANGUAGES = "*"
#: May be sent without a value: an empty search finds everything.
MAY_BE_EMPTY = {"q"}

_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME = r"T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)"
AS_OF = f"^{_DAY}({_TIME})?$"

DESCRIPTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "lang": (
        {"type": "string", "enum": [*LANGUAGES, ALL_LANGUAGES], "default": ALL_LANGUAGES},
        (
            "Texts as one string in this language (null where there is no translation), not as an object of three; "
            "errors speak it too. `*` is the object of three."
        ),
    ),
    "as_of": (
        {"type": "string", "pattern": AS_OF, "examples": ["2025-12-01", "2025-12-01T09:30:00+05:00"]},
        (
            "How it stood: at the end of a day in Almaty (now, for today), or at an instant with its offset. Never in "
            "the future. For the project office, the leadership and auditors, by the rights that they have today."
        ),
    ),
}


def refuse_unknown(query: QueryDict, known: Iterable[str]) -> None:
    """Refuse parameters that the address does not take, come twice, or hold nothing or a NUL character."""
    wrong = [fault for name in query if (fault := _fault(name, query.getlist(name), set(known)))]
    if wrong:
        raise WrongParameters(*wrong)


def _fault(name: str, values: list[str], known: set[str]) -> tuple[str, str, str] | None:
    if name not in known:
        return name, "unknown", _("Unknown parameter.")
    if len(values) > 1:
        return name, "repeated", _("Give this parameter once.")
    if "\x00" in values[0]:
        return name, "invalid", _("A NUL character is not text.")
    if not values[0] and name not in MAY_BE_EMPTY:
        return name, "empty", _("Give a value or leave the parameter out.")
    return None


def speak(request: HttpRequest) -> None:
    """Answer in the language of `lang`, errors included, where it names one; the middleware chose one otherwise."""
    if (chosen := request.GET.get("lang")) in LANGUAGES:
        translation.activate(chosen)


def language(query: QueryDict) -> str | None:
    """The one language that was asked for; None for all three."""
    chosen = query.get("lang", ALL_LANGUAGES)
    if chosen not in (*LANGUAGES, ALL_LANGUAGES):
        raise WrongParameters(("lang", "invalid_choice", _("The languages are kk, ru and en, or * for all.")))
    return None if chosen == ALL_LANGUAGES else chosen


def moment(query: QueryDict, user: Any) -> datetime | None:
    """The instant that was asked for, if this reader may look into the past."""
    text = query.get("as_of")
    if text is None:
        return None
    text = text.replace(" ", "+")  # what a plus sign that nobody escaped has become
    if not re.fullmatch(AS_OF, text, re.ASCII):
        raise _not_past()
    if not sees_everything(user):
        raise PermissionDenied(
            _("Only the project office, the leadership and auditors may look into the past.")
        )
    try:
        return parse_instant(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _not_past() from error


def _not_past() -> WrongParameters:
    detail = _("A past day such as 2025-12-01, or a past instant such as 2025-12-01T09:30:00+05:00.")
    return WrongParameters(("as_of", "invalid", detail))
