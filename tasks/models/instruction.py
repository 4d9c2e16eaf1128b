"""An instruction (тапсырма, поручение) and who executes it."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.choices import Confidence
from core.fields import (
    PartialDateField,
    Trilingual,
    numbered,
    partial_date_check,
    public_id,
    required_when_public,
    search_column,
    search_index,
)
from core.models import Citation, Published, Recorded, Source, Worded
from core.triggers import Run, at_commit, moves
from districts.models import District, Project
from tasks.choices import CONTROLLED, INSTRUCTION_MOVES, WAITING, ControlKind, ExecutorRole, InstructionState
from tasks.models.protocol import ProtocolItem
from tasks.querysets import ExecutorQuerySet, InstructionQuerySet

EXPECTED = ~Q(expected_result_kk="") | ~Q(expected_result_ru="")


class Instruction(Published, Worded, Recorded):
    """What is to be done, by whom, by when. `state`, `due` and `original_due` change only in `tasks.services`.

    Without a due date it stays registered, "term not set", and is never overdue. Overdue is computed, never stored.
    """

    public_id = public_id("ALT-I-")
    code = models.SlugField(_("code"), max_length=60, unique=True, null=True, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True, default="")
    source_item = models.ForeignKey(
        ProtocolItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instructions",
        verbose_name=_("protocol item"),
    )
    text = Trilingual(_("text"))
    expected_result = Trilingual(_("expected result"))
    control_kind = models.CharField(_("control"), max_length=15, choices=ControlKind, blank=True, default="")
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="issued_instructions", verbose_name=_("given by")
    )
    controller = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("controller"),
    )
    issued = PartialDateField(_("given on"))
    issued_basis = Trilingual(_("what the date rests on"), max_length=300)
    term_note = Trilingual(_("term as said"), max_length=400)
    original_due = models.DateField(_("first due"), null=True, blank=True, editable=False)
    due = models.DateField(_("due"), null=True, blank=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=InstructionState,
        default=InstructionState.REGISTERED,
        editable=False,
    )
    cancelled_reason = models.TextField(_("why cancelled"), blank=True, default="", editable=False)
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instructions",
        verbose_name=_("district"),
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="instructions", verbose_name=_("project")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    occurs_on = models.DateField(_("occurrence of"), null=True, blank=True)
    later = Trilingual(_("what came of it"), max_length=500)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="instructions", verbose_name=_("source")
    )
    other_sources = models.ManyToManyField(Source, through="InstructionSource", related_name="+")
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence, blank=True, default="")
    search = search_column("text_kk", "text_ru", "text_en", "number", numbered("ALT-I-"))

    objects = InstructionQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("instruction"), _("instructions")
        ordering = ["-issued_day", "-pk"]
        triggers = [
            *Recorded.Meta.triggers,
            moves("state", INSTRUCTION_MOVES, [InstructionState.REGISTERED]),
            Run("tasks_keep_first_due", name="first_due", when=pgtrigger.Before, operation=pgtrigger.Update),
            at_commit(
                "tasks_check_lead", "id", name="one_lead", operation=pgtrigger.Insert | pgtrigger.Update
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_instruction_state_known", condition=Q(state__in=InstructionState.values)
            ),
            models.CheckConstraint(
                name="tasks_instruction_controlled_has_due",
                condition=~Q(state__in=CONTROLLED) | Q(due__isnull=False),
                violation_error_message=_("An instruction on control has a due date: set it first."),
            ),
            models.CheckConstraint(
                name="tasks_instruction_controlled_has_result",
                condition=~Q(state__in=CONTROLLED) | EXPECTED,
                violation_error_message=_(
                    "An instruction on control has an expected result: write it first."
                ),
            ),
            # No extension exists yet, so the due date is the first one; the trigger of extensions will take this over.
            models.CheckConstraint(
                name="tasks_instruction_due_moves_by_extension",
                condition=Q(due=None, original_due=None)
                | Q(due__isnull=False, original_due__isnull=False, due=F("original_due")),
                violation_error_message=_("A due date moves only by a granted extension."),
            ),
            # No final report exists yet, so nothing can be removed from control.
            models.CheckConstraint(
                name="tasks_instruction_executed_by_final_report",
                condition=~Q(state=InstructionState.EXECUTED),
                violation_error_message=_(
                    "Only an accepted final report removes an instruction from control."
                ),
            ),
            models.CheckConstraint(
                name="tasks_instruction_cancelled_with_reason",
                condition=~Q(state=InstructionState.CANCELLED) | ~Q(cancelled_reason=""),
                violation_error_message=_("Say why the instruction is cancelled."),
            ),
            models.CheckConstraint(
                name="tasks_instruction_occurrence_of_parent",
                condition=Q(occurs_on=None) | Q(parent__isnull=False),
            ),
            models.UniqueConstraint(
                name="tasks_instruction_one_per_occurrence",
                fields=["parent", "occurs_on"],
                condition=Q(occurs_on__isnull=False),
            ),
            partial_date_check("tasks_instruction_issued_partial", "issued"),
            required_when_public("tasks_instruction_public_in_kk_and_ru", "text"),
        ]
        indexes = [
            search_index("tasks_instruction_search"),
            models.Index("issued_day", "id", name="tasks_instruction_by_day"),
            models.Index("due", "id", name="tasks_instruction_by_due"),
            models.Index("updated_at", "id", name="tasks_instruction_by_update"),
            models.Index(
                name="tasks_instruction_open_by_due",
                fields=["due"],
                condition=Q(state__in=CONTROLLED) & ~Q(state=InstructionState.EXECUTED),
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)

    def is_overdue(self, today: date) -> bool:
        """The due day has passed and nothing final was handed in."""
        return self.state in WAITING and self.due is not None and self.due < today


class InstructionSource(Citation):
    instruction = models.ForeignKey(Instruction, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [
            models.UniqueConstraint(name="tasks_instructionsource_once", fields=["instruction", "source"])
        ]


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
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True, editable=False)
    refused_reason = models.TextField(_("why refused"), blank=True, default="", editable=False)

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
                condition=Q(organisation__isnull=False),
                violation_error_message=_("This organisation executes the instruction already."),
            ),
            models.UniqueConstraint(
                name="tasks_executor_one_lead",
                fields=["instruction"],
                condition=Q(role=ExecutorRole.LEAD),
                violation_error_message=_("The instruction has a responsible executor already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation) if self.organisation_id else str(self.group)
