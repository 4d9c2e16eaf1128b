"""The configuration of supervisord, which keeps the portal's programs alive under `make run`."""

import os
import sys

from alatau_portal.embedded.commands import PROGRAMS, processes, servers
from alatau_portal.embedded.places import Places
from alatau_portal.environment import ROOT, Environment

#: Seconds that a program has for its good order before it is killed; all within the 15 s of interface.md 1.
STOP_WITHIN = {"web": 6, "worker": 9, "beat": 9, "postgres": 4, "redis": 2}


def write_configuration(environment: Environment, places: Places) -> None:
    """Servers start first and stop last."""
    sections = [_daemon(places)]
    for priority, (group, names) in enumerate(
        {"servers": servers(environment), "portal": processes(environment)}.items()
    ):
        if names:
            sections += [f"[group:{group}]\nprograms={','.join(names)}\npriority={priority}\n"]
            sections += [_program(name, places) for name in names]
    (places.run / "supervisord.conf").write_text("\n".join(sections))


def _daemon(places: Places) -> str:
    user = "user=root\n" if os.geteuid() == 0 else ""
    return f"""[supervisord]
nodaemon=true
silent=true
{user}pidfile={_plain(places.run / "supervisord.pid")}
logfile={_plain(places.log / "supervisord.log")}
logfile_maxbytes=5MB
logfile_backups=2
"""


def _program(name: str, places: Places) -> str:
    """With startsecs=0 no program counts as failed for good: it starts again, at the pace of program.py."""
    return f"""[program:{name}]
command="{_plain(sys.executable)}" -m alatau_portal.embedded.program {name}
directory={_plain(ROOT)}
startsecs=0
autorestart=true
stopsignal={PROGRAMS[name].name.removeprefix("SIG")}
stopwaitsecs={STOP_WITHIN[name]}
killasgroup=true
redirect_stderr=true
stdout_logfile={_plain(places.log / f"{name}.log")}
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=2
"""


def _plain(value: object) -> str:
    """supervisord expands percent signs."""
    return str(value).replace("%", "%%")
