"""Who may do what with requests: asked by services to refuse, by pages to show a button.

Two sides: the project office, and the investors of the organisation. Everybody else who sees a request only reads.
"""

from typing import Any

from django.utils.translation import gettext as _

from accounts.choices import Role
from core.exceptions import Forbidden
from investors.models import Request
from investors.request_choices import Side

#: Of either side.
WRITING = {"reply", "hand_over"}
#: Of whoever asked.
ASKING = {"withdraw"}
#: Of the office alone.
PROMISING = {"move_promise"}
CLOSING = {"close"}


def side_of(user: Any, organisation_id: int | None) -> Side | None:
    """For which side of the requests of this organisation the user writes; None: for neither."""
    if getattr(user, "role", "") == Role.OFFICE or getattr(user, "is_superuser", False):
        return Side.OFFICE
    is_own = getattr(user, "is_investor", False) and user.organisation_id == organisation_id
    return Side.INVESTOR if is_own and organisation_id is not None else None


def may_ask(user: Any, organisation_id: int | None) -> bool:
    return side_of(user, organisation_id) is not None


def may(user: Any, verb: str, request: Request) -> bool:
    """Whether the user has the right, and the request is where the verb has a meaning."""
    return _has_right(user, verb, request) and is_possible(verb, request)


def _has_right(user: Any, verb: str, request: Request) -> bool:
    side = side_of(user, request.organisation_id)
    if side is None:
        return False
    if verb in WRITING:
        return True
    if verb in ASKING:
        return side == request.asker
    if verb in CLOSING:
        return side == Side.OFFICE or side == request.asker
    return verb in PROMISING and side == Side.OFFICE


def is_possible(verb: str, request: Request) -> bool:
    """Nothing once it has ended; a promise moves only while it runs."""
    if request.is_final:
        return False
    if verb in PROMISING:
        return request.holder == Side.OFFICE
    return True


def require(user: Any, verb: str, request: Request) -> Side:
    """The side for which the user acts; Forbidden where he has no right to this verb."""
    side = side_of(user, request.organisation_id)
    if side is None or not _has_right(user, verb, request):
        raise Forbidden(refusal(verb))
    return side


def refusal(verb: str) -> str:
    if verb in PROMISING:
        return _("Only the project office may do this.")
    if verb in ASKING | CLOSING:
        return _("Only the side that asked may do this.")
    return _("Only the project office and the investors of the organisation write in a request.")
