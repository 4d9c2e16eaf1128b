"""What every page needs: the menu's districts and the addresses of the page in the other languages."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from alatau_portal.pages import language
from districts.models import District


def portal(request: HttpRequest) -> dict[str, Any]:
    """Lazy: the admin, fragments and mails ask for none of it."""
    return {
        "nav_districts": SimpleLazyObject(lambda: list(District.objects.order_by("south_order"))),
        "alternates": SimpleLazyObject(lambda: language.alternates(request)),
    }
