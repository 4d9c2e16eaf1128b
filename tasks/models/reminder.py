"""Reminders that nobody has to remember, and how high an overdue instruction is carried."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.models import Recorded
from core.triggers import Run
from tasks.choices import OF_A_DUTY, PLANNED_AHEAD, Concern, Dropped, Level, Recipients
from tasks.models.instruction import Instruction
from tasks.models.reporting import ReportingDuty, ReportingPeriod
from tasks.models.shared import person
from tasks.querysets import EscalationQuerySet, ReminderQuerySet, ReminderRuleQuerySet


def when(offset: int) -> str:
    """An offset of a rule in words."""
    days = abs(offset)
    if not days:
        return gettext("on the day of the term")
    words = (
        ngettext("%(days)s working day before the term", "%(days)s working days before the term", days)
        if offset < 0
        else ngettext("%(days)s working day after the term", "%(days)s working days after the term", days)
    )
    return words % {"days": days}


class ReminderRule(Recorded):
    """Who is reminded of a term, and how many working days before or after it."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    concerns = models.CharField(_("of what"), max_length=11, choices=Concern, default=Concern.INSTRUCTION)
    recipients = models.CharField(_("who is reminded"), max_length=10, choices=Recipients)
    offset = models.SmallIntegerField(
        _("working days from the term"), help_text=_("Before it: below nought. On the day: 0.")
    )
    is_active = models.BooleanField(_("in force"), default=True)

    objects = ReminderRuleQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("rule of reminders"), _("rules of reminders")
        ordering = ["concerns", "offset", "recipients"]
        triggers = [
            *Recorded.Meta.triggers,
            Run(
                "tasks_plan_all",
                str(PLANNED_AHEAD),
                name="planned",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                level=pgtrigger.Statement,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_reminderrule_recipients_known", condition=Q(recipients__in=Recipients.values)
            ),
            models.CheckConstraint(
                name="tasks_reminderrule_concern_known", condition=Q(concerns__in=Concern.values)
            ),
            models.CheckConstraint(
                name="tasks_reminderrule_whom_a_duty_knows",
                condition=~Q(concerns=Concern.DUTY) | Q(recipients__in=OF_A_DUTY),
                violation_error_message=_("Of reports that are owed these people are not reminded."),
            ),
            models.CheckConstraint(
                name="tasks_reminderrule_near_the_term",
                condition=Q(offset__range=(-30, 30)),
                violation_error_message=_("At most 30 working days before or after the term."),
            ),
            models.UniqueConstraint(
                name="tasks_reminderrule_once",
                fields=["concerns", "recipients", "offset"],
                violation_error_message=_("There is a rule for these people on this day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_recipients_display()}: {self.when}"

    @property
    def when(self) -> str:
        return when(self.offset)


class Reminder(models.Model):
    """One person is reminded of one term on one day. Planned and dropped by the database in the transaction of the
    change (`tasks_plan_reminders`, `tasks_plan_duty_reminders`), marked by the sender. Not in the ledger: a means,
    and its own trace.

    The term is that of an instruction, or the day on which the report of a duty for a period is due.
    `occurrence`: the day that it counts to; when the term moves, others count to the new one.
    """

    instruction = models.ForeignKey(
        Instruction,
        models.CASCADE,
        null=True,
        db_index=False,
        related_name="reminders",
        verbose_name=_("instruction"),
    )
    duty = models.ForeignKey(
        ReportingDuty,
        models.CASCADE,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("reporting duty"),
    )
    period = models.ForeignKey(
        ReportingPeriod,
        models.CASCADE,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("reporting period"),
    )
    rule = models.ForeignKey(
        ReminderRule, models.PROTECT, db_index=False, related_name="+", verbose_name=_("rule")
    )
    occurrence = models.DateField(_("counts to"))
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        db_index=False,
        related_name="+",
        verbose_name=_("recipient"),
    )
    planned_for = models.DateField(_("planned for"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    cancelled_at = models.DateTimeField(_("dropped at"), null=True)
    cancelled_because = models.CharField(
        _("why dropped"), max_length=10, choices=Dropped, blank=True, default=""
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("reminder"), _("reminders")
        constraints = [
            models.UniqueConstraint(
                name="tasks_reminder_once", fields=["instruction", "rule", "occurrence", "recipient"]
            ),
            models.UniqueConstraint(
                name="tasks_reminder_of_a_duty_once",
                fields=["duty", "period", "rule", "occurrence", "recipient"],
            ),
            models.CheckConstraint(
                name="tasks_reminder_of_one_term",
                condition=Q(instruction__isnull=False, duty=None, period=None)
                | Q(instruction=None, duty__isnull=False, period__isnull=False),
            ),
            models.CheckConstraint(
                name="tasks_reminder_dropped_with_reason",
                condition=Q(cancelled_at=None, cancelled_because="")
                | Q(cancelled_at__isnull=False, cancelled_because__in=Dropped.values),
            ),
            models.CheckConstraint(
                name="tasks_reminder_sent_or_dropped", condition=Q(sent_at=None) | Q(cancelled_at=None)
            ),
        ]
        indexes = [
            models.Index(
                "recipient",
                "planned_for",
                name="tasks_reminder_pending",
                condition=Q(sent_at=None, cancelled_at=None),
            ),
            models.Index("sent_at", name="tasks_reminder_sent", condition=Q(sent_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.planned_for:%d.%m.%Y} → {self.occurrence:%d.%m.%Y}"


class Escalation(Recorded):
    """An overdue instruction stands at a level until somebody there acknowledges it, or it is overdue no more.

    Opened by the daily job, closed by the database in the transaction of the change.
    """

    instruction = models.ForeignKey(
        Instruction, models.CASCADE, related_name="escalations", verbose_name=_("instruction")
    )
    level = models.SmallIntegerField(_("level"), choices=Level)
    due = models.DateField(_("overdue since"))
    opened_at = models.DateTimeField(_("opened at"))
    acknowledged_by = person(_("acknowledged by"))
    acknowledged_for = person(_("acting for"))
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, editable=False)
    note = models.TextField(_("what is done about it"), blank=True, default="")
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_because = models.CharField(
        _("why closed"), max_length=10, choices=Dropped, blank=True, default="", editable=False
    )

    objects = EscalationQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("escalation"), _("escalations")
        ordering = ["-pk"]
        triggers = [
            *Recorded.Meta.triggers,
            Run(
                "tasks_keep_escalation",
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
        ]
        constraints = [
            models.CheckConstraint(name="tasks_escalation_level_known", condition=Q(level__in=Level.values)),
            models.UniqueConstraint(
                name="tasks_escalation_once_a_term", fields=["instruction", "level", "due"]
            ),
            models.UniqueConstraint(
                name="tasks_escalation_one_open", fields=["instruction", "level"], condition=Q(closed_at=None)
            ),
            models.CheckConstraint(
                name="tasks_escalation_acknowledged_by_somebody",
                condition=Q(acknowledged_at=None, acknowledged_by=None, note="")
                | (Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False) & ~Q(note="")),
                violation_error_message=_("Say what is done about it."),
            ),
            models.CheckConstraint(
                name="tasks_escalation_closed_with_reason",
                condition=Q(closed_at=None, closed_because="")
                | Q(closed_at__isnull=False, closed_because__in=Dropped.values),
            ),
        ]
        indexes = [
            models.Index("level", "opened_at", name="tasks_escalation_open", condition=Q(closed_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.get_level_display()}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def waits(self) -> Any:
        """Nobody has acknowledged it."""
        return self.is_open and self.acknowledged_at is None
