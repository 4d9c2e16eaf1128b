"""The first page of the admin: what changed, what waits, what is not translated, how the jobs do.

Every number is the number of rows of the list it leads to, and all of them together are a few queries.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import CharField, Count, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alatau_portal.admin_changes import since_yesterday
from core.admin.queues import MACHINE, QUALITY, QUEUES, WAITS, Queue, counts
from core.admin.texts import trilingual, untranslated
from core.heartbeat import JOBS, LATE
from core.models import JobRun
from core.text import LANGUAGES


@dataclass(frozen=True)
class Number:
    """How many rows, and the list of exactly these rows."""

    title: str
    size: int
    link: str
    tone: str


@dataclass(frozen=True)
class Job:
    code: str
    name: str
    ended: datetime | None
    late: bool


def today(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What the template admin/index.html shows, beside what the theme gives it."""
    numbers = _numbers(request)
    changes = next((one for group, one in numbers if group == ""), None)
    return context | {
        "title": _("Today"),
        "day": timezone.localdate(),
        "changes": since_yesterday(request),
        "all_changes": changes,
        "waits": [one for group, one in numbers if group == WAITS and one.size],
        "quality": [one for group, one in numbers if group == QUALITY and one.size],
        "machine": [one for group, one in numbers if group == MACHINE],
        "translations": _translations(request),
        "jobs": _jobs(),
    }


def _admins(request: HttpRequest) -> dict[Any, Any]:
    return {model: one for model, one in admin.site._registry.items() if one.has_view_permission(request)}


def _link(model: Any, query: str) -> str:
    return f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_changelist')}?{query}"


def _numbers(request: HttpRequest) -> list[tuple[str, Number]]:
    """(group, number) of every queue, the urgent first."""
    admins, day = _admins(request), timezone.localdate()
    asked = {
        f"{one.model._meta.label_lower}.{one.code}": one
        for model, queues in QUEUES.items()
        for one in queues
        if model in admins
    }
    sizes = counts(
        (key, one.rows(admins[one.model].get_queryset(request), day)) for key, one in asked.items()
    )
    urgency = ["danger", "warning", "info"]
    urgent_first = sorted(asked.items(), key=lambda item: urgency.index(item[1].tone))
    return [(one.group, _number(one, sizes.get(key, 0))) for key, one in urgent_first]


def _number(one: Queue, size: int) -> Number:
    link = _link(one.model, f"waits={one.code}")
    tone = one.tone if size else "success"
    return Number(str(one.title), size, link, tone)


def _translations(request: HttpRequest) -> list[tuple[str, list[Number]]]:
    """Of each register that lacks any: how many rows are not in Kazakh, Russian, English. One query."""
    admins = {
        model: one
        for model, one in _admins(request).items()
        if one.list_filter is not None and set(trilingual(model)) - getattr(one, "as_issued", frozenset())
    }
    rows = [_lacking(model, one, request) for model, one in admins.items()]
    sizes = {row["set"]: row for row in rows[0].union(*rows[1:], all=True).order_by()} if rows else {}
    return [
        (str(model._meta.verbose_name_plural), [_untranslated(model, one, sizes) for one in LANGUAGES])
        for model in admins
        if any(sizes.get(model._meta.label, {}).get(one) for one in LANGUAGES)
    ]


def _lacking(model: Any, one: Any, request: HttpRequest) -> Any:
    sizes = {
        language: Count("pk", filter=untranslated(model, language, one.as_issued)) for language in LANGUAGES
    }
    named = Value(model._meta.label, CharField())
    return one.get_queryset(request).order_by().values(set=named).annotate(**sizes)


def _untranslated(model: Any, language: str, sizes: dict[str, Any]) -> Number:
    size = sizes[model._meta.label][language]
    return Number(language, size, _link(model, f"untranslated={language}"), "warning")


def _jobs() -> list[Job]:
    """The last run of each job, and those that should have run."""
    last = {run.job: run for run in JobRun.objects.order_by("job", "-started_at").distinct("job")}
    return [_job(name, last.get(name)) for name in sorted({*last, *JOBS})]


def _job(name: str, run: JobRun | None) -> Job:
    ended = run.finished_at if run else None
    return Job(name, str(JOBS.get(name, name)), ended, ended is None or ended < timezone.now() - LATE)
