"""The one register of organisations: state bodies, akimats, companies, funds."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import OrganisationKind
from accounts.querysets import OrganisationQuerySet
from core.choices import Confidence
from core.fields import Trilingual, required_when_public, search_column, search_index, sort_column
from core.models import Citation, LegalAct, Published, Recorded, Source, Worded


class Organisation(Published, Worded, Recorded):
    """Whoever instructs, executes, builds or invests. A user belongs to one, an investor profile extends one."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    name = Trilingual(_("name"), max_length=300)
    abbreviation = Trilingual(_("abbreviation"), max_length=30)
    aliases = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_("as texts call it; used to recognise it"),
    )
    about = Trilingual(_("what it is to the city"))
    country = models.CharField(_("country"), max_length=2, blank=True, default="", help_text=_("ISO 3166-1"))
    bin = models.CharField(_("BIN"), max_length=12, null=True, blank=True, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    legal_basis = models.ForeignKey(
        LegalAct,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("legal basis"),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("source")
    )
    other_sources = models.ManyToManyField(Source, through="OrganisationSource", related_name="+")
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence, blank=True, default="")
    search = search_column(
        "name_kk",
        "name_ru",
        "name_en",
        "abbreviation_kk",
        "abbreviation_ru",
        "abbreviation_en",
        Func(F("aliases"), function="core_words", output_field=models.TextField()),
    )
    sort_kk = sort_column()

    objects = OrganisationQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("organisation"), _("organisations")
        ordering = ["sort_kk", "pk"]
        constraints = [
            models.CheckConstraint(
                name="accounts_organisation_kind_known", condition=Q(kind__in=OrganisationKind.values)
            ),
            models.CheckConstraint(
                name="accounts_organisation_bin_valid",
                condition=Q(bin=None)
                | Q(Func(F("bin"), function="core_is_bin", output_field=models.BooleanField())),
                violation_error_message=_("The BIN has 12 digits, the last a check digit: look at it again."),
            ),
            models.CheckConstraint(
                name="accounts_organisation_bin_of_a_company",  # in a number of a person this place is a day: 0 to 3
                condition=Q(bin=None) | ~Q(bin__regex=r"^[0-9]{4}[0-3]"),
                violation_error_message=_(
                    "This is the number of a person (IIN), not of an organisation: the portal keeps none. "
                    "A BIN has 4, 5 or 6 in the fifth place."
                ),
            ),
            models.CheckConstraint(
                name="accounts_organisation_country_code",
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
            ),
            required_when_public("accounts_organisation_public_in_kk_and_ru", "name"),
        ]
        indexes = [
            search_index("accounts_organisation_search"),
            models.Index("sort_kk", "id", name="accounts_organisation_by_name"),
            models.Index("updated_at", "id", name="accounts_organisation_update"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class OrganisationSource(Citation):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [
            models.UniqueConstraint(
                name="accounts_organisationsource_once", fields=["organisation", "source"]
            )
        ]
