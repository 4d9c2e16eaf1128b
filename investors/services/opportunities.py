"""The life of an opportunity: opened, matched with an investor, closed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ApiClient, User
from core import ledger
from core.exceptions import Conflict
from investors.choices import OpportunityState
from investors.models import Opportunity
from investors.policies import require

type Actor = User | ApiClient


@transaction.atomic
def open_opportunity(opportunity: Opportunity, *, by: Actor, note: str = "") -> Opportunity:
    """Investors may answer it. It is published before; one that was matched in vain opens again."""
    return _move(opportunity, OpportunityState.OPEN, by, "open_opportunity", note)


@transaction.atomic
def match_opportunity(opportunity: Opportunity, *, by: Actor, note: str) -> Opportunity:
    """An investor is found. With whom stays in the history of the house."""
    if not note.strip():
        raise ValidationError({"note": [_("Say with whom it is matched, and on what basis.")]})
    return _move(opportunity, OpportunityState.MATCHED, by, "match_opportunity", note)


@transaction.atomic
def close_opportunity(opportunity: Opportunity, *, by: Actor, note: str) -> Opportunity:
    """Nothing is offered any more."""
    if not note.strip():
        raise ValidationError({"note": [_("Say why the opportunity is closed.")]})
    return _move(opportunity, OpportunityState.CLOSED, by, "close_opportunity", note)


def _move(opportunity: Opportunity, to: str, by: Actor, verb: str, note: str) -> Opportunity:
    row = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    require(by, verb)
    if not row.can_become(to):
        raise Conflict(
            _("What is “%(now)s” cannot become “%(next)s”.")
            % {"now": row.get_state_display(), "next": OpportunityState(to).label}
        )
    row.state = to
    row.validate_constraints()
    with ledger.acting(by, verb, note.strip()):
        row.save(update_fields=["state"])
    row.refresh_from_db()
    return row
