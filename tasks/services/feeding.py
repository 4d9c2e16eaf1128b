"""What an accepted progress report changes in the register: the figures of its project, and its milestones.

Everything goes through the services of districts, in the transaction that accepts (docs/adr/0013). Whoever accepts is
another person than who filed: that is why what is open to everybody may be shown at once.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core.choices import Visibility
from core.exceptions import Conflict
from core.models import Source
from core.text import LANGUAGES, Text
from districts.choices import Measure, MilestoneStatus, Unit
from districts.models import Figure, Milestone
from districts.services import move_forecast, record_figure, retract_figure, settle_milestone
from tasks.models import ProgressMilestone, ProgressReport, ProgressValue
from tasks.reporting_choices import JOBS, PERCENT, TOLD, Metric, Outcome
from tasks.services.steps import Actor

UNITS = dict.fromkeys(PERCENT, Unit.PERCENT) | dict.fromkeys(JOBS, Unit.JOB) | {Metric.SPENT: Unit.MONEY}


def feed(report: ProgressReport, *, by: Actor, acted_for: User | None = None) -> None:
    """Of a report that is being accepted. Conflict where the office has said otherwise of a milestone since.

    The caller holds the transaction, has locked the report and the one that it supersedes, and names who acts.
    """
    _feed_milestones(report, by, acted_for)
    source = _source(report) if _is_open(report) else None
    for row in report.values.all():
        code = _code(report, row.metric)
        former = Figure.objects.filter(code=_code(report.supersedes, row.metric)) if report.supersedes else ()
        if row.value is not None:
            record_figure(by=by, code=code, acted_for=acted_for, **_facts(report, row, source))
        else:
            for figure in former:
                retract_figure(figure, by=by, acted_for=acted_for)


def _code(report: ProgressReport | None, metric: str) -> str:
    return f"{report.public_id}-{metric}".lower() if report else ""


def _is_open(report: ProgressReport) -> bool:
    """The project and whoever reports of it are public. What is invented never is."""
    return report.project.visibility == report.organisation.visibility == Visibility.PUBLIC


def _facts(report: ProgressReport, row: ProgressValue, source: Source | None) -> dict[str, Any]:
    is_open = source is not None and row.metric in TOLD
    return {
        "project": report.project,
        "measure": Measure(row.metric),
        "value": row.value,
        "unit": UNITS[Metric(row.metric)],
        "currency": row.currency,
        "as_of": report.period.ends,
        "source": source,
        "note": Text() if source else Text(*[report.public_id] * len(LANGUAGES)),
        "visibility": Visibility.PUBLIC if is_open else Visibility.INTERNAL,
    }


def _source(report: ProgressReport) -> Source:
    """The report as a source that may be cited: its number, its period and who filed it, not what it says."""
    about, publisher = {}, {}
    for language in LANGUAGES:
        with override(language):
            facts = {"number": report.public_id, "period": str(report.period)}
            about[language] = _("Progress report %(number)s, %(period)s") % facts
            publisher[language] = str(report.organisation.name)
    language = report.language or LANGUAGES[0]
    signed = timezone.localdate(report.submitted_at)
    source = Source(  # type: ignore[misc]  # `about` and `published` are three columns each
        code=report.public_id,
        publisher=publisher[language][:200],
        title=about[language][:400],
        about=about,
        published=signed,
        language=language,
    )
    source.full_clean()
    source.save()
    return source


def _feed_milestones(report: ProgressReport, by: Actor, acted_for: User | None) -> None:
    rows = report.milestones.select_related("milestone").order_by("milestone")
    now = {row.milestone_id: row for row in rows}
    former = (
        {row.milestone_id: row for row in report.supersedes.milestones.all()} if report.supersedes else {}
    )
    wanted = Milestone.objects.filter(pk__in={*now, *former}).order_by("pk")
    for milestone in wanted.select_for_update():
        told, said = now.get(milestone.pk), former.get(milestone.pk)
        if told is not None and _says(told, milestone):
            continue
        if _is_met(milestone) and said is not None and _says(said, milestone):
            # only the superseded report made it so: its word goes with it
            settle = {"by": by, "note": report.public_id, "acted_for": acted_for}
            milestone = settle_milestone(milestone, MilestoneStatus.SCHEDULED, **settle)
        if told is not None and not _says(told, milestone):
            _tell(told, milestone, report, by, acted_for)


def _is_met(milestone: Milestone) -> bool:
    return bool(milestone.status == MilestoneStatus.MET)


def _says(told: ProgressMilestone, milestone: Milestone) -> bool:
    """So it is already."""
    if told.outcome == Outcome.MET:
        known = milestone.met
    elif _is_met(milestone):
        return False
    else:
        known = milestone.forecast
    return (known.day, known.precision) == (told.on.day, told.on.precision)


def _tell(
    told: ProgressMilestone, milestone: Milestone, report: ProgressReport, by: Actor, acted_for: User | None
) -> None:
    scheduled = milestone.status == MilestoneStatus.SCHEDULED
    if not scheduled and (told.outcome == Outcome.MET or _is_met(milestone)):
        said = _(
            "The office says of the milestone “%(name)s”: %(status)s. Settle it first, or return the report."
        )
        raise Conflict(said % {"name": milestone.name, "status": milestone.get_status_display()})
    how = {"by": by, "note": report.public_id, "acted_for": acted_for}
    if told.outcome == Outcome.MET:
        settle_milestone(milestone, MilestoneStatus.MET, met=told.on, **how)
    else:
        move_forecast(milestone, told.on, reason=told.reason, **how)
