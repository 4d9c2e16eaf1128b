"""What every page needs: the menu's districts and the addresses of the page in the other languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject

from districts.models import District


def portal(request: HttpRequest) -> dict[str, Any]:
    return {
        "nav_districts": SimpleLazyObject(lambda: list(District.objects.order_by("south_order"))),
        "alternates": [
            (code, settings.PUBLIC_URL + translate_url(request.path, code))
            for code, _name in settings.LANGUAGES
        ],
    }
