"""Names of other systems: each organisation finds its own, and knows nothing of another's."""

from typing import Any, Self

from django.core.exceptions import ObjectDoesNotExist

from core.ledger import RecordedQuerySet


def scheme_of(user: Any) -> str:
    """Whose names this caller speaks: of his organisation; the house, which is none, shares those of its role.

    Empty where the past is read and his organisation was not in the register then: nothing had a name of its.
    """
    if getattr(user, "organisation_id", None) is not None:
        try:
            return str(user.organisation.code)
        except ObjectDoesNotExist:
            return ""
    return f"role:{user.role}" if getattr(user, "role", "") else ""


class ReferenceQuerySet(RecordedQuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Those of his own scheme: nobody is told what a thing is called elsewhere."""
        return self.filter(scheme=scheme_of(user))
