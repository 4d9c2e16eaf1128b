"""Figures of the whole that were said in public: what was said, where, when and by whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core import formats
from core.choices import Confidence, Qualifier, Visibility
from core.fields import PartialDateField, Trilingual, partial_date_check
from core.models import Citation, Published, Recorded, Source, Worded
from districts.choices import DocumentLanguage, Measure, Unit
from districts.figure_choices import FigureScope
from districts.figure_querysets import PublishedFigureQuerySet
from districts.models.district import District


class PublishedFigure(Published, Worded, Recorded):
    """One figure as somebody said it. It is never corrected by what was said later: that is another row.

    `scope` says of what: the city, a district, or a pool of projects, which `pool` names as it was counted then.
    """

    code = models.SlugField(_("code"), max_length=120, unique=True, null=True, blank=True)
    measure = models.CharField(_("measure"), max_length=40, choices=Measure)
    scope = models.CharField(_("said of"), max_length=8, choices=FigureScope)
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="published_figures",
        verbose_name=_("district"),
    )
    pool = Trilingual(_("which projects are counted"), max_length=300)
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=4)
    value_max = models.DecimalField(
        _("up to (of a range)"), max_digits=24, decimal_places=4, null=True, blank=True
    )
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    as_of = PartialDateField(_("as of"))
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="published_figures",
        verbose_name=_("where it was said"),
    )
    said_on = PartialDateField(_("said on"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="published_figures",
        verbose_name=_("organisation that said it"),
    )
    said_by = Trilingual(_("who said it"), max_length=300)
    quote = models.TextField(
        _("quote"), blank=True, default="", help_text=_("word for word, in the language of the source")
    )
    quote_language = models.CharField(
        _("language of the quote"), max_length=2, choices=DocumentLanguage, blank=True, default=""
    )
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence)
    note = Trilingual(_("note"))
    other_sources = models.ManyToManyField(Source, through="PublishedFigureSource", related_name="+")

    objects = PublishedFigureQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("published figure"), _("published figures")
        ordering = ["-said_on_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="districts_publishedfigure_scope_told",
                condition=Q(scope=FigureScope.CITY, district=None, pool_kk="", pool_ru="", pool_en="")
                | Q(scope=FigureScope.DISTRICT, district__isnull=False, pool_kk="", pool_ru="", pool_en="")
                | (Q(scope=FigureScope.POOL) & (~Q(pool_kk="") | ~Q(pool_ru="") | ~Q(pool_en=""))),
                violation_error_message=_(
                    "A district is named where it is said of one, and which projects are counted where it is said "
                    "of a pool; of the whole city neither."
                ),
            ),
            models.CheckConstraint(
                name="districts_publishedfigure_pool_in_kk_and_ru",
                condition=~Q(visibility=Visibility.PUBLIC, scope=FigureScope.POOL)
                | (~Q(pool_kk="") & ~Q(pool_ru="")),
                violation_error_message=_("What is published needs its text in Kazakh and in Russian."),
            ),
            models.CheckConstraint(
                name="districts_publishedfigure_published_with_source_and_date",
                condition=Q(visibility=Visibility.INTERNAL)
                | (Q(source__isnull=False) & Q(said_on_day__isnull=False)),
                violation_error_message=_("What is published names its source and its date."),
            ),
            models.CheckConstraint(
                name="districts_publishedfigure_range_upwards",
                condition=Q(value_max=None) | Q(value_max__gt=F("value")),
            ),
            models.CheckConstraint(
                name="districts_publishedfigure_money_with_currency",
                condition=Q(unit=Unit.MONEY, currency__regex=r"^[A-Z]{3}$")
                | (~Q(unit=Unit.MONEY) & Q(currency="")),
                violation_error_message=_("Money has a currency, everything else has none."),
            ),
            models.CheckConstraint(
                name="districts_publishedfigure_qualifier_known", condition=Q(qualifier__in=Qualifier.values)
            ),
            models.CheckConstraint(
                name="districts_publishedfigure_quote_with_language",
                condition=Q(quote="", quote_language="")
                | (~Q(quote="") & Q(quote_language__in=DocumentLanguage.values)),
                violation_error_message=_(
                    "A quote has its language, and no language stands without a quote."
                ),
            ),
            partial_date_check("districts_publishedfigure_as_of_partial", "as_of"),
            partial_date_check("districts_publishedfigure_said_on_partial", "said_on"),
        ]
        indexes = [
            models.Index("said_on_day", "id", name="districts_pubfigure_by_day"),
            models.Index("updated_at", "id", name="districts_pubfigure_by_update"),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}: {formats.number(self.value, get_language())}"


class PublishedFigureSource(Citation):
    """Where else the same was told."""

    published_figure = models.ForeignKey(PublishedFigure, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [
            models.UniqueConstraint(
                name="districts_publishedfiguresource_once", fields=["published_figure", "source"]
            )
        ]
