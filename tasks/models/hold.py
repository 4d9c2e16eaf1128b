"""Who held an instruction, and how long."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.models import Recorded
from core.triggers import EACH_WRITE, Run, at_commit
from tasks.choices import Holder
from tasks.models.instruction import Instruction
from tasks.querysets import HoldQuerySet


class HoldInterval(Recorded):
    """Somebody had to move next during this time. Written by the database itself (`tasks_pass_ball`), never by hand.

    Open at its end: he still has to. Closed instructions are held by nobody.
    """

    instruction = models.ForeignKey(
        Instruction, models.CASCADE, related_name="holds", verbose_name=_("instruction")
    )
    holder = models.CharField(_("held by"), max_length=8, choices=Holder)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("organisation")
    )
    during = DateTimeRangeField(_("during"))

    objects = HoldQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("time of holding"), _("times of holding")
        ordering = ["instruction", "during"]
        triggers = [
            *Recorded.Meta.triggers,
            Run("tasks_keep_clock", name="by_database", when=pgtrigger.After, operation=EACH_WRITE),
            at_commit("tasks_check_clock", name="held", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_holdinterval_holder_known", condition=Q(holder__in=Holder.values)
            ),
            ExclusionConstraint(
                name="tasks_holdinterval_one_at_a_time",
                expressions=[("instruction", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]
        indexes = [
            models.Index("instruction", name="tasks_holdinterval_now", condition=Q(during__upper_inf=True)),
            models.Index(
                "holder", "organisation", name="tasks_holdinterval_whose", condition=Q(during__upper_inf=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation) if self.organisation_id else self.get_holder_display()
