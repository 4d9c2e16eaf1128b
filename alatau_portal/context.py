"""What every page needs: the menu's districts and the addresses of the page in the other languages."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import ApiClient, Invitation, User
from core import ledger
from core.models import Change
from districts.models import District

#: Who works here is no data of the city.
PEOPLE = [model._meta.db_table for model in (User, Invitation, ApiClient)]


def data_as_of() -> datetime.date | None:
    """The day of the newest change of the registers, or the day that the page looks back to."""
    moment = ledger.instant.get()
    if moment is None:
        changes = Change.objects.exclude(relation__in=PEOPLE).order_by("-pk")
        moment = changes.values_list("at", flat=True).first()
    return moment and timezone.localdate(moment)


def portal(request: HttpRequest) -> dict[str, Any]:
    return {
        "data_as_of": SimpleLazyObject(data_as_of),
        "nav_districts": SimpleLazyObject(lambda: list(District.objects.order_by("south_order"))),
        "alternates": [
            (code, settings.PUBLIC_URL + translate_url(request.path, code)) for code, _name in settings.LANGUAGES
        ],
    }
