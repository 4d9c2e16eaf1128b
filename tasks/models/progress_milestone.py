"""What a progress report says of the milestones of its project."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import PartialDateField, partial_date_check
from core.models import Recorded
from core.triggers import EACH_WRITE, Run
from districts.choices import MoveReason
from districts.models import Milestone
from tasks.models.progress import ProgressReport
from tasks.querysets.progress import ProgressPartQuerySet
from tasks.reporting_choices import Outcome


class ProgressMilestone(Recorded):
    """A milestone was met `on` a day, or moved: it is expected `on` another, for a reason.

    What it says reaches the project when the report is accepted.
    """

    report = models.ForeignKey(
        ProgressReport, models.CASCADE, related_name="milestones", verbose_name=_("report")
    )
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="+", verbose_name=_("milestone"))
    outcome = models.CharField(_("met or moved"), max_length=5, choices=Outcome)
    on = PartialDateField(_("met on, or now expected"))
    reason = models.CharField(_("why it moved"), max_length=20, choices=MoveReason, blank=True, default="")
    note = models.CharField(_("note"), max_length=500, blank=True, default="")

    objects = ProgressPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("milestone in a report"), _("milestones in reports")
        ordering = ["report", "pk"]
        triggers = [
            *Recorded.Meta.triggers,
            Run("tasks_keep_progress_milestone", name="kept", when=pgtrigger.Before, operation=EACH_WRITE),
        ]
        constraints = [
            models.UniqueConstraint(
                name="tasks_progressmilestone_one_per_milestone", fields=["report", "milestone"]
            ),
            models.CheckConstraint(
                name="tasks_progressmilestone_outcome_known", condition=Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(
                name="tasks_progressmilestone_moved_with_reason",
                condition=Q(outcome=Outcome.MOVED, reason__in=MoveReason.values)
                | (~Q(outcome=Outcome.MOVED) & Q(reason="")),
                violation_error_message=_("Say why the milestone moved; one that was met needs no reason."),
            ),
            models.CheckConstraint(
                name="tasks_progressmilestone_dated",
                condition=Q(on_day__isnull=False),
                violation_error_message=_("Say when the milestone was met, or is expected."),
            ),
            partial_date_check("tasks_progressmilestone_on_partial", "on"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.on.text}"
