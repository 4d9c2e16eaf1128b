"""`/ops/`: what rings, and how each part does. For the office, which mends it, and for auditors, who look."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alatau_portal.seeing import alarms, runbook
from alatau_portal.seeing.facts import Facts, gather
from core import formats
from core.heartbeat import JOBS


class Row(NamedTuple):
    """`codes`: the alarms that are about it, of which those that ring are shown beside it.

    `language`: of the value, where it is not the reader's: what `/health/ready` says is for machines, too.
    """

    label: Any
    value: str
    codes: tuple[str, ...] = ()
    href: str = ""
    language: str = ""


class Section(NamedTuple):
    code: str
    title: str
    rows: list[Row]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied
    facts = gather()
    ringing = alarms.ringing(facts)
    context = {
        "now": timezone.localtime(),
        "ringing": ringing,
        "sections": list(_sections(facts)),
    }
    return render(request, "ops/ops.html", context)


@require_safe
def book(request: HttpRequest) -> HttpResponse:
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied
    return render(request, "ops/runbook.html", {"entries": runbook.entries(get_language())})


def _sections(facts: Facts) -> Iterator[Section]:
    yield Section("ready", _("Ready to serve"), list(_ready(facts)))
    if facts.told:
        yield Section("messages", _("Messages owed"), list(_messages(facts)))
        yield Section("ledger", _("Ledger"), list(_ledger(facts)))
        yield Section("jobs", _("Jobs of every day"), list(_jobs(facts)))
        yield Section("followers", _("Feed and webhooks"), list(_followers(facts)))
        yield Section("open-data", _("Open data"), list(_open_data(facts)))
        yield Section("fresh", _("Freshness of the data"), list(_fresh(facts)))
    yield Section("room", _("Room and backup"), list(_room(facts)))


def _ready(facts: Facts) -> Iterator[Row]:
    names = {
        "database": _("Database"),
        "migrations": _("Migrations"),
        "data": _("Real data"),
        "open_data": _("Open data"),
        "changes": _("Writing"),
        "jobs": _("Jobs"),
        "mail": _("Mail"),
        "broker": _("Queue of jobs"),
        "cache": _("Cache"),
        "files": _("Store of files"),
    }
    for part, said in facts.parts.items():
        code = "database_down" if part == "database" else "not_ready"
        if said == "ok":
            yield Row(names.get(part, part), _("in order"))
        else:
            yield Row(names.get(part, part), said, (code,), language="en")


def _messages(facts: Facts) -> Iterator[Row]:
    queue = reverse("admin:core_outbox_changelist")
    yield Row(_("On their way"), _number(facts["outbox_waiting"]), ("outbox_late",), f"{queue}?waits=owed")
    yield Row(_("The oldest was owed at"), _moment(facts["outbox_oldest"]))
    yield Row(_("Tried five times and more"), _number(facts["outbox_failing"]), ("outbox_failing",))
    yield Row(
        _("Given up in the last 7 days"),
        _number(facts["outbox_dead"]),
        ("outbox_dead",),
        f"{queue}?waits=given_up",
    )


def _ledger(facts: Facts) -> Iterator[Row]:
    yield Row(_("Seals"), _number(facts["seals"]), href=reverse("changes"))
    yield Row(_("The newest was made at"), _moment(facts["sealed_ago"]))
    yield Row(_("Changes that are not sealed yet"), _number(facts["unsealed"]), ("ledger_unsealed",))
    yield Row(_("Proved last at"), _moment(facts["proved_ago"]))
    yield Row(_("Faults found then"), _number(facts["ledger_faults"]), ("ledger_broken",))


def _jobs(facts: Facts) -> Iterator[Row]:
    ended = facts["jobs"] or {}
    late = {str(job.label) for job in facts.late_jobs}
    for name in sorted({*ended, *JOBS}):
        label = str(JOBS.get(name, name))
        codes = ("job_late",) if label in late else ()
        href = f"{reverse('admin:core_jobrun_changelist')}?job__exact={name}"
        yield Row(label, _moment(ended.get(name)), codes, href)


def _followers(facts: Facts) -> Iterator[Row]:
    yield Row(_("The feed was looked through at"), _moment(facts["feed_lag"]), ("feed_late",))
    open_since = _moment(facts["longest_write"] or None)
    yield Row(_("Oldest change that is not finished since"), open_since, ("long_write",))
    queue = reverse("admin:accounts_webhookdelivery_changelist")
    yield Row(_("Deliveries that wait"), _number(facts["webhooks_waiting"]), ("webhooks_late",), queue)
    yield Row(_("Given up in the last 10 days"), _number(facts["webhooks_dead"]), ("webhooks_dead",))


def _open_data(facts: Facts) -> Iterator[Row]:
    yield Row(_("Edition published at"), _moment(facts["edition_age"]), href=reverse("open-data"))
    yield Row(
        _("Compared with the register at"),
        _moment(facts["edition_checked_ago"]),
        ("open_data_behind", "open_data_refused"),
    )


def _fresh(facts: Facts) -> Iterator[Row]:
    """The newest date that a register has."""
    names = {
        "districts": _("Districts"),
        "figures": _("Figures"),
        "investors": _("Investors"),
        "milestones": _("Milestones"),
        "opportunities": _("Opportunities"),
        "plots": _("Plots"),
        "published_figures": _("What was said of the whole"),
    }
    today = timezone.localdate()
    for register, days in facts.days_old.items():
        newest = formats.day_text(today - timedelta(days=days), get_language())
        codes = ("data_stale",) if days > alarms.STALE else ()
        yield Row(names[register], newest, codes)


def _room(facts: Facts) -> Iterator[Row]:
    backup = _moment(facts.backup.age) if facts.backup else _("none yet")
    yield Row(_("Newest backup"), backup, ("backup_old",))
    free = _("%(free)s of %(size)s") % {
        "free": filesizeformat(facts.disk_free),
        "size": filesizeformat(facts.disk_size),
    }
    yield Row(_("Room on the disk"), free, ("disk_low",))
    if facts.told:
        yield Row(_("Size of the database"), filesizeformat(facts["database_size"]))
        used = f"{_number(facts['connections'])} / {_number(facts['connections_most'])}"
        yield Row(_("Connections to the database"), used, ("connections_high",))


def _number(value: int | None) -> str:
    return "—" if value is None else formats.number(value, get_language())


def _moment(ago: Any) -> str:
    """When it was, by the clock of Almaty: it does not grow old while one looks at it."""
    if ago is None:
        return "—"
    then = timezone.localtime(timezone.now() - timedelta(seconds=float(ago)))
    return date_format(then, "SHORT_DATETIME_FORMAT")
