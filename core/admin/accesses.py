"""Who looked at personal data and who took what out, to look at."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import display
from unfold.paginator import InfinitePaginator

from core.admin.base import LookAdmin
from core.admin.columns import word
from core.admin.history import said_by, who_is
from core.models import AccessLog

TONES = {"list": "info", "open": "info", "export": "warning", "download": "warning", "erase": "danger"}


@admin.register(AccessLog)
class AccessLogAdmin(LookAdmin):
    """Newest first and never counted. `?q=user:7` finds a person, `?q=investors.enquiry 12` a row."""

    list_display = ["moment", "by_whom", word("action", _("did what"), TONES), "register", "keys", "purpose"]
    list_filter = ["action", ("at", RangeDateTimeFilter)]
    search_fields = ["who", "model", "purpose"]
    search_help_text = _("Who (user:7), register (investors.enquiry), key of a row, name of a file")
    ordering = ["-pk"]
    paginator = InfinitePaginator
    fields = readonly_fields = ["moment", "by_whom", "action", "register", "keys", "number", "purpose"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return AccessLog.objects.visible_to(request.user).annotate(named=said_by(F("who"))).order_by("-pk")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """A number among the words is the key of a row."""
        words = search_term.split()
        keys = [int(one) for one in words if one.isdecimal() and len(one) < 18]
        if keys:
            queryset = queryset.filter(rows__contains=keys)
        rest = " ".join(one for one in words if not one.isdecimal())
        return super().get_search_results(request, queryset, rest)

    @display(description=_("when"), ordering="id")
    def moment(self, look: AccessLog) -> str:
        return date_format(timezone.localtime(look.at), "SHORT_DATETIME_FORMAT")

    @display(description=_("who"))
    def by_whom(self, look: Any) -> str:
        return look.named or who_is(look.who, {})

    @display(description=_("register"))
    def register(self, look: AccessLog) -> str:
        try:
            return str(apps.get_model(look.model)._meta.verbose_name) if look.model else "—"
        except (LookupError, ValueError):
            return look.model

    @display(description=_("keys of the rows"))
    def keys(self, look: AccessLog) -> str:
        shown = ", ".join(map(str, look.rows[:10]))
        return f"{shown} … ({len(look.rows)})" if len(look.rows) > 10 else shown or "—"
