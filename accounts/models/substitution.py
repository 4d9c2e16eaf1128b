"""Who acts for whom, during which days, by which act."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.querysets import SubstitutionQuerySet
from core.models import Recorded


class Substitution(Recorded):
    """During these days one person has the other's rights over instructions too; what he does so is signed for him.

    `during` is a range of days, the last one not in it.
    """

    person = models.ForeignKey(
        User, models.PROTECT, related_name="substituted", verbose_name=_("who is away")
    )
    substitute = models.ForeignKey(
        User, models.PROTECT, related_name="substitutions", verbose_name=_("who acts for him")
    )
    during = DateRangeField(_("during"))
    act = models.CharField(
        _("act"), max_length=300, help_text=_("the order that it rests on, with its number and date")
    )

    objects = SubstitutionQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("substitution"), _("substitutions")
        ordering = ["-pk"]
        constraints = [
            ExclusionConstraint(
                name="accounts_substitution_one_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message=_("Somebody else acts for this person on some of these days."),
            ),
            models.CheckConstraint(
                name="accounts_substitution_by_another",
                condition=~Q(person=F("substitute")),
                violation_error_message=_("Nobody acts for himself."),
            ),
            models.CheckConstraint(
                name="accounts_substitution_has_days",
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
                violation_error_message=_("Give the first and the last day."),
            ),
            models.CheckConstraint(
                name="accounts_substitution_by_act",
                condition=~Q(act=""),
                violation_error_message=_("Name the act that it rests on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} → {self.person}"
