"""Consent to hold personal data: the words of it, and who gave it when."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.fields import Trilingual
from core.models import Recorded
from core.triggers import Run
from investors.choices import ConsentPurpose, Language
from investors.querysets import ConsentTextQuerySet, HouseQuerySet


class ConsentText(Recorded):
    """The words that somebody consents to; other words are another number."""

    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose)
    number = models.PositiveSmallIntegerField(_("number of the text"))
    text = Trilingual(_("text"))
    in_force_from = models.DateField(_("in force from"))

    objects = ConsentTextQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("text of consent"), _("texts of consent")
        ordering = ["purpose", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="investors_consenttext_one_per_number", fields=["purpose", "number"]
            ),
            models.CheckConstraint(
                name="investors_consenttext_in_three_languages",
                condition=~Q(text_kk="") & ~Q(text_ru="") & ~Q(text_en=""),
                violation_error_message=_("A text of consent stands in Kazakh, Russian and English."),
            ),
        ]
        triggers = [
            *Recorded.Meta.triggers,
            Run(
                "investors_keep_consent_text",
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} № {self.number}"


class ConsentRecord(Recorded):
    """Somebody consented to a text in a language. The hour is that of the database."""

    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="records", verbose_name=_("text"))
    language = models.CharField(_("language"), max_length=2, choices=Language)
    given_at = models.DateTimeField(_("given at"), db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)

    objects = HouseQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("consent"), _("consents")
        ordering = ["-given_at", "-pk"]
        triggers = [
            *Recorded.Meta.triggers,
            Run(
                "investors_keep_consent",
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} {self.given_at:%d.%m.%Y}"
