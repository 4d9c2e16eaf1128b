"""Who is told of what happens in a request: the other side, and of one's own whoever did not do it himself."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from core import notices
from investors.models import Request
from investors.request_choices import Side


def people_of(request: Request, side: Side) -> QuerySet[User]:
    """Of the office whoever handles it, else all of it; of the investor everybody of the organisation."""
    today = timezone.localdate()
    if side == Side.INVESTOR:
        investors = User.objects.with_access(today).filter(role=Role.INVESTOR)
        return investors.filter(organisation=request.organisation_id)
    office = User.objects.office(today)
    handler = office.filter(pk=request.handler_id)
    return handler if handler.exists() else office


def tell(request: Request, kind: str, by: Any) -> None:
    for side in Side:
        others = people_of(request, side).exclude(pk=by.user_id)
        event = f"{kind}-{request.pk}-{request.version}"
        notices.notify(kind, others, event=event, subject=request, side=side)
