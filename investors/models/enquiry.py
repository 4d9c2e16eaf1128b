"""An enquiry of somebody who thinks of investing, and what he was answered."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.models import Recorded, StoredFile
from core.triggers import Run, moves, recorded
from districts.choices import Sector
from districts.models import District, LandPlot
from investors.choices import ENQUIRY_MOVES, EnquiryStart, EnquiryState, Language
from investors.models.consent import ConsentRecord
from investors.models.investor import Investor
from investors.models.opportunity import Opportunity
from investors.querysets import EnquiryQuerySet, HouseQuerySet
from investors.receipts import SHAPE

S = EnquiryState
#: What erasure clears; the ledger knows only that it changed.
PERSONAL = ["person_name", "position", "email", "phone", "text", "file_name"]
_CLEARED = Q(**dict.fromkeys(PERSONAL, ""))
_REACHABLE = ~Q(person_name="") & ~Q(email="") & ~Q(text="")


def _about(to: Any, label: Any) -> Any:
    return models.ForeignKey(
        to, models.PROTECT, null=True, blank=True, related_name="enquiries", verbose_name=label
    )


class Enquiry(Recorded):
    """Who asks, what for, and what became of it.

    `client_uuid`: made with the first step, so that what is sent twice is there once. `domain`: of the website or the
    e-mail address, to find who asked before. `promised_on`: the day by which the office answers.
    """

    receipt = models.CharField(_("receipt number"), max_length=14, unique=True)
    client_uuid = models.UUIDField(_("number given by the form"), unique=True)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    organisation_name = models.CharField(_("company or organisation"), max_length=200)
    search_name = models.GeneratedField(
        expression=Func(F("organisation_name"), function="core_fold"),
        output_field=models.CharField(max_length=400),
        db_persist=True,
    )
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166-1"))
    bin = models.CharField(_("BIN"), max_length=12, blank=True, default="")
    website = models.CharField(_("website"), max_length=200, blank=True, default="")
    domain = models.CharField(_("domain"), max_length=253, blank=True, default="", editable=False)
    person_name = models.CharField(_("contact person"), max_length=200, blank=True, default="")
    position = models.CharField(_("position"), max_length=200, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    sectors = ArrayField(
        models.CharField(max_length=40, choices=Sector), verbose_name=_("sectors"), default=list, blank=True
    )
    district = _about(District, _("district"))
    plot = _about(LandPlot, _("land plot"))
    opportunity = _about(Opportunity, _("opportunity"))
    hectares = models.DecimalField(_("hectares"), max_digits=9, decimal_places=2, null=True, blank=True)
    power_mw = models.DecimalField(_("power, MW"), max_digits=8, decimal_places=2, null=True, blank=True)
    water_m3_day = models.DecimalField(
        _("water, m³ a day"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    rail = models.BooleanField(_("railway siding"), null=True, blank=True)
    jobs = models.PositiveIntegerField(_("jobs"), null=True, blank=True)
    starts = models.CharField(_("when to begin"), max_length=9, choices=EnquiryStart, blank=True, default="")
    text = models.TextField(_("text"), blank=True, default="")
    file = _about(StoredFile, _("file"))
    file_name = models.CharField(_("file name"), max_length=255, blank=True, default="", editable=False)
    state = models.CharField(_("state"), max_length=9, choices=EnquiryState, default=S.NEW)
    consent = models.OneToOneField(
        ConsentRecord, models.PROTECT, related_name="enquiry", verbose_name=_("consent")
    )
    submitted_at = models.DateTimeField(_("received at"), db_default=Now(), editable=False)
    promised_on = models.DateField(_("answer promised by"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    handler = _about(settings.AUTH_USER_MODEL, _("who answers"))
    duplicate_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("duplicate of"),
    )
    investor = _about(Investor, _("investor"))
    close_reason = models.TextField(_("why it was closed"), blank=True, default="")
    erasure_asked_at = models.DateTimeField(_("erasure asked for at"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    reminded = models.PositiveSmallIntegerField(
        _("how far the reminders have gone"), default=0, editable=False
    )
    is_demo = models.BooleanField(_("invented"), default=False, editable=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("enquiry"), _("enquiries")
        ordering = ["promised_on", "pk"]
        triggers = [
            *recorded(personal=[*PERSONAL, "domain"], quiet=["reminded"]),
            moves("state", ENQUIRY_MOVES, [S.NEW]),
            Run(
                "investors_keep_enquiry",
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]
        constraints = [
            models.CheckConstraint(name="investors_enquiry_receipt_shape", condition=Q(receipt__regex=SHAPE)),
            models.CheckConstraint(
                name="investors_enquiry_country_code", condition=Q(country__regex=r"^[A-Z]{2}$")
            ),
            models.CheckConstraint(
                name="investors_enquiry_bin_of_a_company",  # an IIN has 0 to 3 in this place: no number of a person
                condition=Q(bin="")
                | Q(bin__regex=r"^[0-9]{4}[456]")
                & Q(Func(F("bin"), function="core_is_bin", output_field=models.BooleanField())),
                violation_error_message=_("The BIN has 12 digits, the last a check digit: look at it again."),
            ),
            models.CheckConstraint(
                name="investors_enquiry_sectors_known", condition=Q(sectors__contained_by=Sector.values)
            ),
            models.CheckConstraint(
                name="investors_enquiry_needs_positive",
                condition=(Q(hectares=None) | Q(hectares__gt=0))
                & (Q(power_mw=None) | Q(power_mw__gt=0))
                & (Q(water_m3_day=None) | Q(water_m3_day__gt=0)),
                violation_error_message=_("What is needed is more than nought."),
            ),
            models.CheckConstraint(
                name="investors_enquiry_whole_or_erased",
                condition=(Q(erased_at=None) & _REACHABLE) | (Q(erased_at__isnull=False) & _CLEARED),
            ),
            models.CheckConstraint(
                name="investors_enquiry_answered_when",
                condition=~Q(state=S.ANSWERED) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="investors_enquiry_converted_to",
                condition=~Q(state=S.CONVERTED) | Q(investor__isnull=False),
            ),
            models.CheckConstraint(
                name="investors_enquiry_closed_why", condition=~Q(state=S.CLOSED) | ~Q(close_reason="")
            ),
            models.CheckConstraint(
                name="investors_enquiry_duplicate_of_another",
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=F("id")),
            ),
        ]
        indexes = [
            GinIndex(OpClass(F("search_name"), name="gin_trgm_ops"), name="investors_enquiry_by_name"),
            models.Index("state", "promised_on", "id", name="investors_enquiry_queue"),
            models.Index("domain", name="investors_enquiry_by_domain", condition=~Q(domain="")),
            models.Index("bin", name="investors_enquiry_by_bin", condition=~Q(bin="")),
        ]

    def __str__(self) -> str:
        return self.receipt


class EnquiryReply(Recorded):
    """What the office answered, in whose words, and when."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="replies", verbose_name=_("enquiry"))
    text = models.TextField(_("text"), blank=True, default="")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("answered by")
    )
    sent_at = models.DateTimeField(_("sent at"), db_default=Now(), editable=False)

    objects = HouseQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("answer to an enquiry"), _("answers to enquiries")
        ordering = ["sent_at", "pk"]
        triggers = recorded(personal=["text"])

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.sent_at:%d.%m.%Y %H:%M}"


class EnquiryFile(models.Model):
    """A file that waits while its sender looks over the answers. Not in the ledger, and gone once the enquiry is sent
    or a day has passed. The bytes lie in the database: nothing of a stranger is stored before he sends it."""

    client_uuid = models.UUIDField(_("number given by the form"), unique=True)
    name = models.CharField(_("file name"), max_length=255)
    content = models.BinaryField(_("content"))
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("file that waits"), _("files that wait")
        indexes = [models.Index("created_at", name="investors_enquiryfile_by_age")]

    def __str__(self) -> str:
        return self.name
