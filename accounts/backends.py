"""The one place where a password is judged, whatever page asks for it."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from accounts import entrance
from accounts.models import User
from accounts.services import attempts


class Passwords(AuthenticationBackend):
    """allauth's, with growing waits, and with as much work for a name that nobody has as for one that somebody has."""

    _judged: dict[int, bool]

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """TooMany: this was tried too often of late, and is not judged."""
        if request is None or not credentials.get("password"):
            return super().authenticate(request, **credentials)
        login = str(credentials.get("username") or credentials.get("email") or "")
        browser = entrance.known_browser(request, login)
        right = attempts.password(login, entrance.network(request), browser)
        user = super().authenticate(request, **credentials)
        if user is not None:
            right()
        return user

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        self._judged = {}
        return super()._authenticate(request, **credentials)

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        """Once a person: he may be found by his name and by his address, and each judging would cost the same again.

        A right password of an account that is closed is a wrong one: nobody is told of it.
        """
        if user is None:
            return None
        self._did_check_password = True
        if user.pk not in self._judged:
            self._judged[user.pk] = user.check_password(password)
        return user if self._judged[user.pk] and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Asked at each request too: whoever may not come in any more is out at once."""
        return isinstance(user, User) and user.has_access
