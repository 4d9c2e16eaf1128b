"""How often somebody did something of late. Not in the ledger: means, not facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateCount(models.Model):
    """How often `who` (a keyed hash: neither an address nor a name) did what the scope says since `window_start`."""

    scope = models.CharField(_("what is counted"), max_length=40)
    who = models.CharField(_("who, as a hash"), max_length=64)
    window_start = models.DateTimeField(_("counted since"))
    count = models.PositiveIntegerField(_("times"), default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("count of requests"), _("counts of requests")
        constraints = [
            models.UniqueConstraint(name="core_ratecount_once", fields=["scope", "who", "window_start"]),
        ]
        indexes = [models.Index("window_start", name="core_ratecount_by_age")]

    def __str__(self) -> str:
        return f"{self.scope} {self.window_start:%d.%m.%Y %H:%M}"
