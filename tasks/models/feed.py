"""Terms of an organisation in somebody's calendar: an address that only he has."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.models import Recorded
from core.triggers import recorded
from tasks.querysets import FeedQuerySet


class CalendarFeed(Recorded):
    """Whoever has the address reads what its owner may see; of the token in it only the hash is kept."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    language = models.CharField(
        _("language"), max_length=2, choices={"kk": "Қазақша", "ru": "Русский", "en": "English"}, default="kk"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    last_used_on = models.DateField(_("last used on"), null=True, editable=False)
    revoked_on = models.DateField(_("revoked on"), null=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("calendar of terms"), _("calendars of terms")
        ordering = ["-pk"]
        triggers = recorded(secret=["token_hash"], quiet=["last_used_on"])
        constraints = [
            models.CheckConstraint(
                name="tasks_calendarfeed_token_hashed", condition=Q(token_hash__regex=r"^[0-9a-f]{64}$")
            ),
            models.UniqueConstraint(
                name="tasks_calendarfeed_one_live",
                fields=["owner", "organisation"],
                condition=Q(revoked_on=None),
                violation_error_message=_("You have a calendar of this organisation already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
