"""A person of an investor, with whom the office speaks."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.models import Recorded
from core.triggers import recorded
from investors.choices import Language
from investors.models.consent import ConsentRecord
from investors.models.enquiry import Enquiry
from investors.models.investor import Investor
from investors.querysets import ContactQuerySet


class Contact(Recorded):
    """Who speaks for an investor, held until the end of its term. The ledger keeps of it only that it changed.

    Erasure clears what is personal; that there was somebody stays.
    """

    investor = models.ForeignKey(
        Investor, models.PROTECT, related_name="contacts", verbose_name=_("investor")
    )
    person_name = models.CharField(_("name of the person"), max_length=200, blank=True, default="")
    position = models.CharField(_("position"), max_length=200, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    consent = models.ForeignKey(
        ConsentRecord,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("consent"),
    )
    enquiry = models.ForeignKey(
        Enquiry,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="contacts",
        verbose_name=_("enquiry"),
    )
    retention_until = models.DateField(
        _("kept until"), help_text=_("After this day the personal data are erased.")
    )
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("contact"), _("contacts")
        ordering = ["investor", "pk"]
        triggers = recorded(personal=["person_name", "position", "email", "phone"])
        constraints = [
            models.CheckConstraint(
                name="investors_contact_named_until_erased",
                condition=~Q(person_name="") & Q(erased_at=None)
                | Q(person_name="", position="", email="", phone="", erased_at__isnull=False),
                violation_error_message=_("Name the person; of somebody erased nothing is kept."),
            ),
            models.CheckConstraint(
                name="investors_contact_can_be_reached",
                condition=~Q(email="") | ~Q(phone="") | Q(erased_at__isnull=False),
                violation_error_message=_("Write an e-mail address or a phone."),
            ),
            models.UniqueConstraint(
                "investor",
                Lower("email"),
                name="investors_contact_one_per_email",
                condition=~Q(email=""),
                violation_error_message=_("This investor has a contact with this e-mail address already."),
            ),
        ]
        indexes = [
            models.Index("retention_until", name="investors_contact_until", condition=Q(erased_at=None)),
            models.Index(Lower("email"), name="investors_contact_by_email"),
        ]

    def __str__(self) -> str:
        return self.person_name or f"#{self.pk}"
