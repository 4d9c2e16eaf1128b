"""That somebody's personal data were erased on request: what was cleared, what is kept, and nothing of who he was."""

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.ledger import RecordedQuerySet
from core.models.recorded import Recorded
from core.policies import sees_everything


def subject_hash(typed: str) -> str:
    """A keyed hash of an e-mail address or a receipt: the same is recognised, nobody reads it back."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"erasure:" + typed.strip().lower().encode(), hashlib.sha256).hexdigest()


class ErasureQuerySet(RecordedQuerySet["Erasure"]):
    def visible_to(self, user: Any) -> "ErasureQuerySet":
        return self if sees_everything(user) else self.none()

    def of(self, typed: str) -> "ErasureQuerySet":
        """Whether this address or receipt was erased before, and when."""
        return self.filter(subject=subject_hash(typed))


class Erasure(Recorded):
    """`report`: by register, how many rows were cleared and how many are kept."""

    subject = models.CharField(
        max_length=64, editable=False, help_text=_("a keyed hash of what was asked by")
    )
    ground = models.CharField(_("ground"), max_length=500)
    done_by = models.CharField(_("who erased"), max_length=40)
    done_at = models.DateTimeField(_("erased at"), db_default=Now(), editable=False)
    report = models.JSONField(_("report"))

    objects = ErasureQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("erasure of personal data"), _("erasures of personal data")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="core_erasure_subject_hashed", condition=Q(subject__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(name="core_erasure_on_a_ground", condition=~Q(ground="")),
        ]

    def __str__(self) -> str:
        return f"{self.done_at:%d.%m.%Y}"
