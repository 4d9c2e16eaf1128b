"""A form that makes something new is taken once, however often it is sent."""

from typing import Any

from django.core.cache import cache
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from core.exceptions import Conflict

KEPT = 24 * 3600


def token() -> str:
    return get_random_string(20)


class Once:
    """Around the call of the service: a second sending is a conflict; what was refused may be sent again."""

    def __init__(self, user: Any, typed: str) -> None:
        self.key = f"once:{user.pk}:{typed[:40]}" if typed else ""

    def __enter__(self) -> None:
        if self.key and not cache.add(self.key, 1, KEPT):
            raise Conflict(_("This form was sent already: what it made stands in the register."))

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if error is not None and self.key:
            cache.delete(self.key)
