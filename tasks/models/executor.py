"""Who executes an instruction, and what co-executors contribute."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.fields import Trilingual
from core.models import Recorded, Worded
from core.triggers import EACH_WRITE, Run, at_commit
from tasks.choices import ExecutorRole
from tasks.models.instruction import Instruction
from tasks.models.shared import person, plans
from tasks.querysets import ContributionQuerySet, ExecutorQuerySet


class Executor(Worded, Recorded):
    """Who executes: an organisation, or a group as written until it is named. The first named organisation leads."""

    instruction = models.ForeignKey(
        Instruction, models.CASCADE, related_name="executors", verbose_name=_("instruction")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="executions",
        verbose_name=_("organisation"),
    )
    group = Trilingual(_("group as written"), max_length=200)
    role = models.CharField(_("role"), max_length=4, choices=ExecutorRole)
    role_basis = Trilingual(_("what the role rests on"), max_length=300)
    internal_due = models.DateField(_("own due date"), null=True, blank=True)
    assigned_on = models.DateField(_("assigned on"), null=True, editable=False)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True, editable=False)
    refused_on = models.DateField(_("refused on"), null=True, editable=False)
    refused_reason = models.TextField(_("why refused"), blank=True, default="", editable=False)
    released_on = models.DateField(_("released on"), null=True, editable=False)

    objects = ExecutorQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("executor"), _("executors")
        ordering = ["-role", "pk"]
        triggers = [
            *Recorded.Meta.triggers,
            at_commit(
                "tasks_check_lead",
                "instruction_id",
                name="one_lead",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
            Run("tasks_pass_ball", "instruction_id", name="ball", when=pgtrigger.After, operation=EACH_WRITE),
            plans("instruction_id", operation=EACH_WRITE),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_executor_role_known", condition=Q(role__in=ExecutorRole.values)
            ),
            models.CheckConstraint(
                name="tasks_executor_organisation_or_group",
                condition=Q(organisation__isnull=False, group_kk="", group_ru="")
                | (Q(organisation=None) & (~Q(group_kk="") | ~Q(group_ru=""))),
                violation_error_message=_("An executor is an organisation or a group as written, not both."),
            ),
            models.CheckConstraint(
                name="tasks_executor_group_never_leads",
                condition=Q(organisation__isnull=False) | ~Q(role=ExecutorRole.LEAD),
                violation_error_message=_("A group cannot lead: name the organisation."),
            ),
            models.UniqueConstraint(
                name="tasks_executor_organisation_once",
                fields=["instruction", "organisation"],
                condition=Q(organisation__isnull=False, released_on=None),
                violation_error_message=_("This organisation executes the instruction already."),
            ),
            models.UniqueConstraint(
                name="tasks_executor_one_lead",
                fields=["instruction"],
                condition=Q(role=ExecutorRole.LEAD, released_on=None),
                violation_error_message=_("The instruction has a responsible executor already."),
            ),
            models.CheckConstraint(
                name="tasks_executor_refused_with_reason",
                condition=Q(refused_on=None, refused_reason="")
                | (Q(refused_on__isnull=False) & ~Q(refused_reason="")),
                violation_error_message=_("Say why the assignment is refused."),
            ),
            models.CheckConstraint(
                name="tasks_executor_accepted_or_refused",
                condition=Q(accepted_on=None) | Q(refused_on=None),
                violation_error_message=_("What was accepted is not refused."),
            ),
        ]
        indexes = [
            models.Index(
                "instruction",
                name="tasks_executor_refused",
                condition=Q(refused_on__isnull=False, released_on=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation) if self.organisation_id else str(self.group)

    @property
    def is_lead(self) -> bool:
        return self.role == ExecutorRole.LEAD

    def is_late(self, today: date) -> bool:
        """A co-executor whose own day has passed and who sent nothing; the responsible executor is not stained by it.

        Reads the prefetched contributions.
        """
        due = self.internal_due
        return not self.is_lead and due is not None and due < today and not self.contributions.all()


class Contribution(Recorded):
    """What a co-executor sends to the responsible one. Sent, it stays as it is; a correction is another one."""

    executor = models.ForeignKey(
        Executor, models.CASCADE, related_name="contributions", verbose_name=_("co-executor")
    )
    text = models.TextField(_("text"))
    sent_on = models.DateField(_("sent on"))
    sent_by = person(_("sent by"))

    objects = ContributionQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("contribution"), _("contributions")
        ordering = ["sent_on", "pk"]
        triggers = [
            *Recorded.Meta.triggers,
            Run("tasks_keep_contribution", name="kept", when=pgtrigger.Before, operation=EACH_WRITE),
            plans(operation=pgtrigger.Insert),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_contribution_worded",
                condition=~Q(text=""),
                violation_error_message=_("Say what was done."),
            )
        ]

    def __str__(self) -> str:
        return self.text
