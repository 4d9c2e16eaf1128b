"""Who may see what, as far as the ground floor can say. `user` is a User, an ApiClient or AnonymousUser."""

from typing import Any

from core.choices import Visibility


def sees_everything(user: Any) -> bool:
    """Office, leadership and auditors read every row."""
    return getattr(user, "sees_everything", False)


def levels_open_to(user: Any) -> list[str]:
    """The visibilities that this user may read without belonging to the row."""
    if sees_everything(user):
        return list(Visibility)
    if getattr(user, "is_investor", False):
        return [Visibility.PUBLIC, Visibility.INVESTOR]
    return [Visibility.PUBLIC]
