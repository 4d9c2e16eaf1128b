"""An instruction (тапсырма, поручение)."""

from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.choices import Confidence, Visibility
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
from tasks.choices import (
    CONTROLLED,
    INSTRUCTION_MOVES,
    OPEN,
    WAITING,
    ControlKind,
    EvidenceKind,
    InstructionState,
    LintCode,
    Recurrence,
)
from tasks.models.protocol import ProtocolItem
from tasks.models.shared import person, plans
from tasks.querysets import InstructionQuerySet

EXPECTED = ~Q(expected_result_kk="") | ~Q(expected_result_ru="")
WRITTEN = pgtrigger.Insert | pgtrigger.Update


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
    evidence_kind = models.CharField(
        _("proof asked for"),
        max_length=8,
        choices=EvidenceKind,
        blank=True,
        default="",
        help_text=_("The final report brings at least one of this kind."),
    )
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
    passed_over = models.JSONField(_("warnings passed over"), default=list, blank=True, editable=False)
    passed_reason = models.TextField(_("why passed over"), blank=True, default="", editable=False)
    cancelled_reason = models.TextField(_("why cancelled"), blank=True, default="", editable=False)
    removal_proposed_by = person(_("removal proposed by"))
    removal_proposed_at = models.DateTimeField(_("removal proposed at"), null=True, editable=False)
    removed_by = person(_("removed from control by"))
    removed_for = person(_("acting for"))
    executed_on = models.DateField(_("removed from control on"), null=True, editable=False)
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
    remainder_of = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="remainder",
        verbose_name=_("remainder of"),
    )
    recurrence = models.CharField(
        _("recurs"), max_length=9, choices=Recurrence, blank=True, default="", editable=False
    )
    recurrence_day = models.PositiveSmallIntegerField(_("on day"), null=True, editable=False)
    recurs_since = models.DateField(_("recurs since"), null=True, editable=False)
    occurs_on = models.DateField(_("occurrence of"), null=True, blank=True, editable=False)
    later = Trilingual(_("what came of it"), max_length=500)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="instructions", verbose_name=_("source")
    )
    other_sources = models.ManyToManyField(Source, through="InstructionSource", related_name="+")
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence, blank=True, default="")
    is_demo = models.BooleanField(_("invented, for trying out"), default=False, editable=False)
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
            at_commit("tasks_check_term", "id", name="term", operation=WRITTEN),
            at_commit("tasks_check_report", "id", name="report_in_step", operation=WRITTEN),
            at_commit("tasks_check_parts", name="parts", operation=WRITTEN),
            Run(
                "tasks_keep_instruction",
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
            Run(
                "tasks_keep_real",
                name="of_real_project",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
            Run("tasks_pass_ball", "id", name="ball", when=pgtrigger.After, operation=WRITTEN),
            plans("id", operation=pgtrigger.Update),
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
            models.CheckConstraint(
                name="tasks_instruction_due_with_first_due",
                condition=Q(due=None, original_due=None) | Q(due__isnull=False, original_due__isnull=False),
                violation_error_message=_("A due date moves only by a granted extension."),
            ),
            models.CheckConstraint(
                name="tasks_instruction_executed_with_day_and_name",
                condition=Q(
                    state=InstructionState.EXECUTED, executed_on__isnull=False, removed_by__isnull=False
                )
                | (~Q(state=InstructionState.EXECUTED) & Q(executed_on=None, removed_by=None)),
                violation_error_message=_("A removal from control has its day and who removed."),
            ),
            models.CheckConstraint(
                name="tasks_instruction_proposed_while_reported",
                condition=Q(removal_proposed_by=None, removal_proposed_at=None)
                | Q(
                    removal_proposed_by__isnull=False,
                    removal_proposed_at__isnull=False,
                    state__in=[InstructionState.REPORTED, InstructionState.EXECUTED],
                ),
                violation_error_message=_("Removal is proposed of what is reported."),
            ),
            models.CheckConstraint(
                name="tasks_instruction_removed_by_two",
                condition=Q(removed_by=None)
                | (Q(removal_proposed_by__isnull=False) & ~Q(removed_by=models.F("removal_proposed_by"))),
                violation_error_message=_("One proposes the removal, another removes."),
            ),
            models.CheckConstraint(
                name="tasks_instruction_recurs_on_a_day",
                condition=Q(recurrence="", recurrence_day=None, recurs_since=None)
                | (
                    Q(recurrence_day__isnull=False, recurs_since__isnull=False)
                    & (
                        Q(recurrence=Recurrence.WEEKLY, recurrence_day__range=(1, 7))
                        | Q(
                            recurrence__in=[Recurrence.MONTHLY, Recurrence.QUARTERLY],
                            recurrence_day__range=(1, 31),
                        )
                    )
                ),
                violation_error_message=_("Say on which day it recurs: 1–7 of a week, 1–31 of a month."),
            ),
            models.CheckConstraint(
                name="tasks_instruction_demo_apart",
                condition=Q(is_demo=False)
                | Q(project=None, source=None, source_item=None, visibility=Visibility.INTERNAL),
                violation_error_message=_(
                    "What is invented belongs to no real project and is not published."
                ),
            ),
            models.CheckConstraint(
                name="tasks_instruction_cancelled_with_reason",
                condition=~Q(state=InstructionState.CANCELLED) | ~Q(cancelled_reason=""),
                violation_error_message=_("Say why the instruction is cancelled."),
            ),
            models.CheckConstraint(
                name="tasks_instruction_warned_with_reason",
                condition=Q(passed_over=[], passed_reason="") | (~Q(passed_over=[]) & ~Q(passed_reason="")),
                violation_error_message=_("Say why the warnings are passed over."),
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
                condition=Q(state__in=OPEN),
            ),
            models.Index("state", "due", "id", name="tasks_instruction_by_state"),
        ]

    def __str__(self) -> str:
        return str(self.text)

    @property
    def passed_words(self) -> list[Any]:
        """The warnings that were passed over, in words."""
        return [LintCode(code).label for code in self.passed_over]

    def is_overdue(self, today: date) -> bool:
        """The due day has passed and nothing final was handed in."""
        return self.state in WAITING and self.due is not None and self.due < today


class InstructionSource(Citation):
    instruction = models.ForeignKey(Instruction, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [
            models.UniqueConstraint(name="tasks_instructionsource_once", fields=["instruction", "source"])
        ]
