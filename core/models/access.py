"""Who looked at personal data, and who took what out of the portal. Not in the ledger: it has a term of its own."""

from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.choices import AccessKind
from core.policies import sees_everything
from core.triggers import Run

#: The database refuses to remove what is younger.
KEPT_DAYS = 365


class AccessQuerySet(models.QuerySet["AccessLog"]):
    def visible_to(self, user: Any) -> Self:
        """The house; nobody else learns who reads what."""
        return self if sees_everything(user) else self.none()

    def of(self, rows: dict[type[models.Model], list[int]]) -> Self:
        """Who looked at any of these rows, newest first."""
        found = Q(pk__in=[])
        for model, keys in rows.items():
            found |= Q(model=model._meta.label_lower, rows__overlap=keys)
        return self.filter(found)


class AccessLog(models.Model):
    """One look: who, at which rows, when, for what. Written by `core.access.log`; nobody changes it."""

    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    who = models.CharField(
        _("who"), max_length=40, help_text=_("as in the ledger: user:7, client:3; it outlives them")
    )
    action = models.CharField(_("did what"), max_length=10, choices=AccessKind)
    model = models.CharField(_("register"), max_length=60, blank=True, default="")
    rows = ArrayField(models.BigIntegerField(), verbose_name=_("keys of the rows"), default=list)
    number = models.PositiveIntegerField(_("number of rows"), null=True)
    purpose = models.CharField(_("for what"), max_length=200, blank=True, default="")

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("access to data"), _("accesses to data")
        ordering = ["-pk"]
        triggers = [
            Run(
                "core_keep_access",
                str(KEPT_DAYS),
                name="term",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
            ),
            Run(
                "core_refuse",
                name="keep",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Truncate,
                level=pgtrigger.Statement,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="core_accesslog_action_known", condition=Q(action__in=AccessKind.values)
            ),
            models.CheckConstraint(name="core_accesslog_by_somebody", condition=~Q(who="")),
        ]
        indexes = [
            models.Index("who", F("id").desc(), name="core_accesslog_of_a_person"),
            GinIndex(fields=["rows"], name="core_accesslog_rows"),
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.get_action_display()} {self.model}"
