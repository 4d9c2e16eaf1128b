"""How a project goes on: stages, milestones, and every move of a forecast."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import PartialDateField, Trilingual, partial_date_check
from core.models import Recorded, Source, Worded
from core.triggers import Run, as_arguments, at_commit
from districts.choices import (
    PROJECT_FIRST,
    PROJECT_MOVES,
    MilestoneCode,
    MilestoneStatus,
    MilestoneType,
    MoveReason,
    ProjectStatus,
)
from districts.models.project import Project
from districts.querysets import MilestoneQuerySet, PartQuerySet


def written_once(owner: str) -> Run:
    """Neither changed nor removed; what is invented for trying out goes with its project."""
    return Run(
        "districts_written_once",
        owner,
        name="append_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
    )


class StageChange(Recorded):
    """A project entered a stage, on what basis. Written once; a mistake is mended by a further change."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="stage_changes", verbose_name=_("project")
    )
    from_status = models.CharField(_("from"), max_length=20, choices=ProjectStatus, blank=True, default="")
    to_status = models.CharField(_("to"), max_length=20, choices=ProjectStatus)
    on = PartialDateField(_("on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    basis = models.TextField(_("basis"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    objects = PartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("stage change"), _("stage changes")
        ordering = ["pk"]
        triggers = [
            *Recorded.Meta.triggers,
            written_once("project"),
            Run(
                "districts_chain_stage",
                *as_arguments(PROJECT_MOVES, PROJECT_FIRST),
                name="follows",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
            ),
            at_commit(
                "districts_check_stage", "project_id", name="stage_recorded", operation=pgtrigger.Insert
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="districts_stagechange_basis",
                condition=~Q(basis=""),
                violation_error_message=_("Say on what basis the stage changes."),
            ),
            partial_date_check("districts_stagechange_on_partial", "on"),
        ]

    def __str__(self) -> str:
        return self.get_to_status_display()


class Milestone(Worded, Recorded):
    """A point that a project is to reach: as first said (baseline), as now expected (forecast), as met."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones", verbose_name=_("project"))
    code = models.SlugField(_("code"), max_length=60)
    milestone_code = models.CharField(
        _("OC4IDS code"), max_length=20, choices=MilestoneCode, blank=True, default=""
    )
    type = models.CharField(_("type"), max_length=20, choices=MilestoneType, default=MilestoneType.DELIVERY)
    name = Trilingual(_("name"), max_length=300)
    baseline = PartialDateField(_("first due"))
    forecast = PartialDateField(_("now expected"))
    met = PartialDateField(_("met on"))
    status = models.CharField(
        _("status"), max_length=12, choices=MilestoneStatus, default=MilestoneStatus.SCHEDULED
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    as_of = PartialDateField(_("as of"))

    objects = MilestoneQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("milestone"), _("milestones")
        ordering = ["project", "pk"]
        triggers = [
            *Recorded.Meta.triggers,
            at_commit("districts_check_forecast", name="forecast_moved", operation=pgtrigger.Update),
        ]
        constraints = [
            models.UniqueConstraint(name="districts_milestone_one_per_code", fields=["project", "code"]),
            models.CheckConstraint(
                name="districts_milestone_status_known", condition=Q(status__in=MilestoneStatus.values)
            ),
            models.CheckConstraint(
                name="districts_milestone_met_with_date",
                condition=Q(status=MilestoneStatus.MET, met_day__isnull=False)
                | (~Q(status=MilestoneStatus.MET) & Q(met_day=None)),
                violation_error_message=_(
                    "A milestone that was met has its date; one that was not has none."
                ),
            ),
            partial_date_check("districts_milestone_baseline_partial", "baseline"),
            partial_date_check("districts_milestone_forecast_partial", "forecast"),
            partial_date_check("districts_milestone_met_partial", "met"),
            partial_date_check("districts_milestone_as_of_partial", "as_of"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class MilestoneMove(Recorded):
    """A forecast moved: from, to, why. Written once."""

    milestone = models.ForeignKey(
        Milestone, models.PROTECT, related_name="moves", verbose_name=_("milestone")
    )
    old = PartialDateField(_("from"))
    new = PartialDateField(_("to"))
    reason = models.CharField(_("reason"), max_length=20, choices=MoveReason)
    note = models.TextField(_("note"), blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("move of a forecast"), _("moves of forecasts")
        ordering = ["pk"]
        triggers = [*Recorded.Meta.triggers, written_once("milestone")]
        constraints = [
            models.CheckConstraint(
                name="districts_milestonemove_reason_known", condition=Q(reason__in=MoveReason.values)
            ),
            partial_date_check("districts_milestonemove_old_partial", "old"),
            partial_date_check("districts_milestonemove_new_partial", "new"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
