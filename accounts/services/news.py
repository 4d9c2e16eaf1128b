"""News of a person's own account."""

from django.utils import timezone

from accounts.models import User
from core import notices


def tell_of_security(user: User, what: str) -> None:
    """By bell and mail, whatever he chose: it may have been somebody else."""
    event = f"{what}-{user.pk}-{timezone.now():%Y%m%d%H%M%S%f}"
    notices.notify("security", [user], event=event, what=what)
