"""A talk with an organisation: not a project, not an agreement."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.fields import PartialDateField, Trilingual, partial_date_check, required_when_public
from core.models import Published, Recorded, Source, Worded
from districts.models import District
from investors.querysets import TalkQuerySet


class Talk(Published, Worded, Recorded):
    """With whom, when, where, about what, and what came of it (empty: no outcome is known)."""

    code = models.SlugField(_("code"), max_length=60, unique=True, null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="talks", verbose_name=_("with whom")
    )
    held = PartialDateField(_("held on"))
    date_basis = Trilingual(_("what the date rests on"), max_length=300)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="talks", verbose_name=_("district")
    )
    subject = Trilingual(_("subject"), max_length=400)
    outcome = Trilingual(_("outcome"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="talks", verbose_name=_("source"))

    objects = TalkQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("talk"), _("talks")
        ordering = ["-held_day", "-pk"]
        constraints = [
            partial_date_check("investors_talk_held_partial", "held"),
            required_when_public("investors_talk_public_in_kk_and_ru", "subject"),
        ]
        indexes = [models.Index("held_day", "id", name="investors_talk_by_day")]

    def __str__(self) -> str:
        return str(self.subject)
