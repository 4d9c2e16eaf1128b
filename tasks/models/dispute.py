"""A figure that the centre holds is contested by whoever knows it from the field: another value, why, and whence."""

import pgtrigger
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core import formats
from core.choices import Qualifier
from core.fields import PartialDateField, partial_date_check, public_id
from core.models import Recorded, StoredFile
from core.triggers import EACH_WRITE, Run, moves
from districts.choices import Unit
from districts.models import Figure
from tasks.models.shared import person
from tasks.querysets.disputes import DisputeQuerySet
from tasks.reporting_choices import DISPUTE_DECIDED, DISPUTE_MOVES, DisputeState, WordsLanguage


class FigureDispute(Recorded):
    """What an organisation says instead of a figure, in the unit of that figure. Once filed only its state moves.

    `recorded`: the figure that was entered when it was upheld; the contested one stays beside it.
    """

    public_id = public_id("ALT-D-")
    figure = models.ForeignKey(Figure, models.PROTECT, related_name="disputes", verbose_name=_("figure"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("contested by the organisation")
    )
    value = models.DecimalField(_("value instead"), max_digits=24, decimal_places=4)
    value_max = models.DecimalField(
        _("up to (of a range)"), max_digits=24, decimal_places=4, null=True, blank=True
    )
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    as_of = PartialDateField(_("as of"))
    motive = models.TextField(_("why the figure is wrong"))
    language = models.CharField(_("language of the words"), max_length=2, choices=WordsLanguage)
    source_text = models.TextField(_("source in words"), blank=True, default="")
    source_url = models.TextField(
        _("address of the source"), blank=True, default="", validators=[URLValidator(["http", "https"])]
    )
    source_file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source as a file"),
    )
    filed_by = person(_("filed by"))
    state = models.CharField(
        _("state"), max_length=9, choices=DisputeState, default=DisputeState.OPEN, editable=False
    )
    decided_by = person(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decision_note = models.TextField(_("why so decided"), blank=True, default="", editable=False)
    recorded = models.OneToOneField(
        Figure,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="recorded_for",
        verbose_name=_("figure that was entered"),
    )

    objects = DisputeQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("dispute of a figure"), _("disputes of figures")
        ordering = ["-pk"]
        triggers = [
            *Recorded.Meta.triggers,
            moves("state", DISPUTE_MOVES, [DisputeState.OPEN]),
            Run("tasks_keep_dispute", name="kept", when=pgtrigger.Before, operation=EACH_WRITE),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_figuredispute_state_known", condition=Q(state__in=DisputeState.values)
            ),
            models.UniqueConstraint(
                name="tasks_figuredispute_one_open",
                fields=["figure", "organisation"],
                condition=Q(state=DisputeState.OPEN),
                violation_error_message=_(
                    "Your organisation contests this figure already: wait for the decision, or withdraw."
                ),
            ),
            models.CheckConstraint(
                name="tasks_figuredispute_worded",
                condition=~Q(motive=""),
                violation_error_message=_("Say why the figure is wrong."),
            ),
            models.CheckConstraint(
                name="tasks_figuredispute_with_source",
                condition=~Q(source_text="") | ~Q(source_url="") | Q(source_file__isnull=False),
                violation_error_message=_("Name the source: in words, by its address or as a file."),
            ),
            models.CheckConstraint(
                name="tasks_figuredispute_range_upwards",
                condition=Q(value_max=None) | Q(value_max__gt=F("value")),
                violation_error_message=_("The upper end of a range is above the lower one."),
            ),
            models.CheckConstraint(
                name="tasks_figuredispute_not_below_nought",
                condition=Q(value__gte=0),
                violation_error_message=_("The number is not below nought."),
            ),
            models.CheckConstraint(
                name="tasks_figuredispute_decision_signed",
                condition=Q(state__in=DISPUTE_DECIDED, decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decision_note="")
                | ~Q(state__in=DISPUTE_DECIDED) & Q(decided_by=None, decided_at=None, decision_note=""),
                violation_error_message=_("A decision has its time, who decided, and why."),
            ),
            models.CheckConstraint(
                name="tasks_figuredispute_decided_by_another",
                condition=Q(filed_by=None) | Q(decided_by=None) | ~Q(decided_by=F("filed_by")),
                violation_error_message=_("Nobody decides on his own dispute."),
            ),
            models.CheckConstraint(
                name="tasks_figuredispute_upheld_with_figure",
                condition=Q(state=DisputeState.UPHELD, recorded__isnull=False)
                | ~Q(state=DisputeState.UPHELD) & Q(recorded=None),
                violation_error_message=_("What is upheld has its new figure, and nothing else has."),
            ),
            partial_date_check("tasks_figuredispute_as_of_partial", "as_of"),
            models.CheckConstraint(
                name="tasks_figuredispute_dated",
                condition=Q(as_of_day__isnull=False),
                violation_error_message=_("Say of which day the value is."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}: {formats.number(self.value, get_language())}"

    @property
    def is_open(self) -> bool:
        return self.state == DisputeState.OPEN
