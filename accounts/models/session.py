"""Where somebody is signed in."""

from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.querysets import SessionQuerySet


class Session(AbstractBaseSession):
    """A session that knows whose it is: he sees where he is signed in and can end it. Not in the ledger: a means.

    Network, browser and the times stand in its data, which only the portal reads (accounts.sessions).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions", verbose_name=_("user")
    )

    objects = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("session of a browser")  # type: ignore[assignment]
        verbose_name_plural = _("sessions of browsers")  # type: ignore[assignment]

    @classmethod
    def get_session_store_class(cls) -> Any:
        from accounts.sessions import SessionStore  # which knows this model

        return SessionStore

    def __str__(self) -> str:
        return f"session of {self.user_id}"
