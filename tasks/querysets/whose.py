"""Whose a row is: the reader's organisation, those whom he acts for, and who decides."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.choices import FOR_AN_ORGANISATION, Role
from accounts.models import Substitution, User

#: Of an organisation: those who decide of the instructions that it gave.
SIGNS = Q(role=Role.LEADERSHIP) | Q(role__in=sorted(FOR_AN_ORGANISATION), may_sign=True)


def signers_of(organisation: Any) -> QuerySet[User]:
    """Those who decide for this organisation and may come in today."""
    return User.objects.with_access(timezone.localdate()).filter(SIGNS, organisation=organisation)


def organisations_of(user: Any, field: str = "organisation") -> Any:
    """Rows of the organisation of this user and of those whom he acts for today; None where he has neither."""
    if getattr(user, "user_id", None) is None and getattr(user, "organisation_id", None) is None:
        return None
    acted_for = Substitution.objects.by(user, timezone.localdate()).values("person__organisation")
    mine = Q(**{f"{field}__in": acted_for})
    if user.organisation_id is not None:
        mine |= Q(**{field: user.organisation_id})
    return mine
