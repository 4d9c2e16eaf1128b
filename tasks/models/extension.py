"""More time: asked for, decided, and corrected only by another decision."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.fields import public_id
from core.models import Recorded
from core.triggers import EACH_WRITE, Run, at_commit, moves
from tasks.choices import DECIDED, EXTENSION_MOVES, UNDECIDED, ExtensionState
from tasks.models.instruction import Instruction
from tasks.models.shared import person
from tasks.querysets import ExtensionQuerySet

GRANTED = Q(state=ExtensionState.GRANTED)


class Extension(Recorded):
    """A request for another due date, and what was decided of it. `instruction.due` moves by it and by nothing else.

    `corrects`: the decision that this one takes the place of; the request is the same.
    """

    public_id = public_id("ALT-E-")
    instruction = models.ForeignKey(
        Instruction, models.CASCADE, related_name="extensions", verbose_name=_("instruction")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("asked by the organisation")
    )
    asked_by = person(_("asked by"))
    asked_for = person(_("asked for"))
    asked_on = models.DateField(_("asked on"))
    old_due = models.DateField(_("due before"))
    new_due = models.DateField(_("due asked for"))
    reason = models.TextField(_("reason"))
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ExtensionState,
        default=ExtensionState.REQUESTED,
        editable=False,
    )
    taken_up_by = person(_("taken up by"))
    decided_by = person(_("decided by"))
    decided_for = person(_("acting for"))
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    granted_due = models.DateField(_("due granted"), null=True, editable=False)
    refusal_reason = models.TextField(_("why refused"), blank=True, default="", editable=False)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )
    correction_reason = models.TextField(_("why corrected"), blank=True, default="", editable=False)

    objects = ExtensionQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("extension"), _("extensions")
        ordering = ["-pk"]
        triggers = [
            *Recorded.Meta.triggers,
            moves("state", EXTENSION_MOVES, [ExtensionState.REQUESTED, *DECIDED]),
            Run("tasks_check_extension", name="asked", when=pgtrigger.Before, operation=EACH_WRITE),
            at_commit("tasks_check_term", "instruction_id", name="term", operation=EACH_WRITE),
            Run("tasks_pass_ball", "instruction_id", name="ball", when=pgtrigger.After, operation=EACH_WRITE),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_extension_state_known", condition=Q(state__in=ExtensionState.values)
            ),
            models.UniqueConstraint(
                name="tasks_extension_one_open",
                fields=["instruction"],
                condition=Q(state__in=UNDECIDED),
                violation_error_message=_("An extension is asked for already: wait for the decision."),
            ),
            models.CheckConstraint(
                name="tasks_extension_forward",
                condition=Q(new_due__gt=F("old_due")),
                violation_error_message=_("The new date is later than the present one."),
            ),
            models.CheckConstraint(
                name="tasks_extension_asked_in_time",
                condition=Q(asked_on__lte=F("old_due")),
                violation_error_message=_("More time is asked for up to the due day, not after it."),
            ),
            models.CheckConstraint(
                name="tasks_extension_with_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why more time is needed."),
            ),
            models.CheckConstraint(
                name="tasks_extension_decision_signed",
                condition=Q(state__in=DECIDED, decided_by__isnull=False, decided_on__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_by=None, decided_on=None)),
                violation_error_message=_("A decision has its day and who decided."),
            ),
            models.CheckConstraint(
                name="tasks_extension_granted_with_date",
                condition=(GRANTED & Q(granted_due__isnull=False, granted_due__gt=F("old_due")))
                | (~GRANTED & Q(granted_due=None)),
                violation_error_message=_("The granted date is later than the present one."),
            ),
            models.CheckConstraint(
                name="tasks_extension_refused_with_reason",
                condition=~Q(state=ExtensionState.REFUSED) | ~Q(refusal_reason=""),
                violation_error_message=_("Say why more time is refused."),
            ),
            models.CheckConstraint(
                name="tasks_extension_correction_with_reason",
                condition=Q(corrects=None, correction_reason="")
                | (Q(corrects__isnull=False) & ~Q(correction_reason="")),
                violation_error_message=_("Say what was wrong with the decision before."),
            ),
        ]
        indexes = [
            models.Index(
                "state", "old_due", name="tasks_extension_undecided", condition=Q(state__in=UNDECIDED)
            ),
            models.Index("updated_at", "id", name="tasks_extension_by_update"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}: {self.old_due:%d.%m.%Y} → {self.granted_due or self.new_due:%d.%m.%Y}"

    @property
    def is_open(self) -> bool:
        return self.state in UNDECIDED
