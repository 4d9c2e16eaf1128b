"""What sources say: figures (measured) and claims (everything else). Contradictions are all kept, one is chosen."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core import formats
from core.choices import Confidence, Qualifier, Visibility
from core.fields import PartialDateField, Trilingual, partial_date_check
from core.models import Citation, Published, Recorded, Source, Worded
from districts.choices import ClaimField, Measure, Unit
from districts.models.district import District
from districts.models.project import Project
from districts.querysets import ClaimQuerySet, StatementQuerySet


class Statement(Published, Recorded):
    """What a source says of the city, a district or a project (of the city where both are empty)."""

    code = models.SlugField(_("code"), max_length=120, unique=True, null=True, blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("district")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("project")
    )
    as_of = PartialDateField(_("as of"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("source")
    )
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence)
    chosen = models.BooleanField(
        _("chosen"), default=False, help_text=_("the one that is shown where sources contradict each other")
    )
    note = Trilingual(_("note"))

    class Meta(Recorded.Meta):
        abstract = True


def with_source_and_date(constraint: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=constraint,
        condition=Q(visibility=Visibility.INTERNAL) | (Q(source__isnull=False) & Q(as_of_day__isnull=False)),
        violation_error_message=_("What is published names its source and its date."),
    )


class Figure(Statement):
    """A number with its unit, qualifier, date and source. `part_of`: named in the same statement as a share of it."""

    measure = models.CharField(_("measure"), max_length=40, choices=Measure)
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=4, null=True, blank=True)
    value_max = models.DecimalField(
        _("up to (of a range)"), max_digits=24, decimal_places=4, null=True, blank=True
    )
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    printed = models.CharField(_("as printed"), max_length=200, blank=True, default="")
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    other_sources = models.ManyToManyField(Source, through="FigureSource", related_name="+")

    objects = StatementQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name, verbose_name_plural = _("figure"), _("figures")
        ordering = ["measure", "-chosen", "pk"]
        constraints = [
            models.CheckConstraint(
                name="districts_figure_one_subject", condition=Q(district=None) | Q(project=None)
            ),
            models.UniqueConstraint(
                name="districts_figure_one_chosen",
                fields=["district", "project", "measure"],
                condition=Q(chosen=True),
                nulls_distinct=False,
                violation_error_message=_("Another figure of this measure is chosen already."),
            ),
            with_source_and_date("districts_figure_published_with_source_and_date"),
            models.CheckConstraint(name="districts_figure_has_value", condition=Q(value__isnull=False)),
            models.CheckConstraint(
                name="districts_figure_range_upwards",
                condition=Q(value_max=None) | Q(value_max__gt=F("value")),
            ),
            models.CheckConstraint(
                name="districts_figure_money_with_currency",
                condition=Q(unit=Unit.MONEY, currency__regex=r"^[A-Z]{3}$")
                | (~Q(unit=Unit.MONEY) & Q(currency="")),
                violation_error_message=_("Money has a currency, everything else has none."),
            ),
            models.CheckConstraint(
                name="districts_figure_qualifier_known", condition=Q(qualifier__in=Qualifier.values)
            ),
            partial_date_check("districts_figure_as_of_partial", "as_of"),
        ]
        indexes = [
            models.Index(name="districts_figure_of_project", fields=["project", "measure"]),
            models.Index(name="districts_figure_of_district", fields=["district", "measure"]),
        ]

    def __str__(self) -> str:
        value = "—" if self.value is None else formats.number(self.value, get_language())
        return f"{self.get_measure_display()}: {value}"


class FigureSource(Citation):
    figure = models.ForeignKey(Figure, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [
            models.UniqueConstraint(name="districts_figuresource_once", fields=["figure", "source"])
        ]


class Claim(Worded, Statement):
    """What a source says of anything that is not a measure, in its own words or our translation of them."""

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("organisation"),
    )
    field = models.CharField(_("about"), max_length=20, choices=ClaimField)
    text = Trilingual(_("what is said"))
    value = models.CharField(
        _("value"), max_length=60, blank=True, default="", help_text=_("a code, where it is one")
    )
    other_sources = models.ManyToManyField(Source, through="ClaimSource", related_name="+")

    objects = ClaimQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name, verbose_name_plural = _("claim"), _("claims")
        ordering = ["field", "-chosen", "pk"]
        constraints = [
            models.CheckConstraint(
                name="districts_claim_one_subject",
                condition=Q(district=None, project=None)
                | Q(district=None, organisation=None)
                | Q(project=None, organisation=None),
            ),
            models.UniqueConstraint(
                name="districts_claim_one_chosen",
                fields=["district", "project", "organisation", "field"],
                condition=Q(chosen=True),
                nulls_distinct=False,
                violation_error_message=_("Another claim about this is chosen already."),
            ),
            models.CheckConstraint(
                name="districts_claim_says_something",
                condition=~Q(text_kk="") | ~Q(text_ru="") | ~Q(text_en=""),
            ),
            with_source_and_date("districts_claim_published_with_source_and_date"),
            partial_date_check("districts_claim_as_of_partial", "as_of"),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.text}"


class ClaimSource(Citation):
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [models.UniqueConstraint(name="districts_claimsource_once", fields=["claim", "source"])]
