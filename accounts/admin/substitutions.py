"""Who acts for whom while somebody is away, in the admin: appointed and ended by the services."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSingleDateWidget

from accounts import services
from accounts.admin.people import Issued
from accounts.models import Substitution
from accounts.policies import may
from core.admin import VERBS, AddForm, VerbForm, queue, verb_page

VERBS.update(
    {
        "appoint_substitute": gettext_lazy("appointed a substitute"),
        "end_substitution": gettext_lazy("ended the substitution"),
    }
)

queue(
    Substitution,
    "now",
    gettext_lazy("Substitutions in force today"),
    lambda rows, today: rows.in_force(today),
    tone="info",
)


class AppointForm(AddForm):
    since = forms.DateField(label=gettext_lazy("First day"), widget=UnfoldAdminSingleDateWidget)
    until = forms.DateField(label=gettext_lazy("Last day"), widget=UnfoldAdminSingleDateWidget)


class EndForm(VerbForm):
    last = forms.DateField(label=gettext_lazy("Last day"), widget=UnfoldAdminSingleDateWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["last"] = timezone.localdate()


@admin.register(Substitution)
class SubstitutionAdmin(Issued):
    list_display = ["person", "substitute", "since", "until", "stands", "act"]
    list_display_links = ["person", "substitute"]
    list_select_related = ["person", "substitute"]
    search_fields = ["person__full_name", "person__username", "substitute__full_name", "act"]
    search_help_text = gettext_lazy("Names, the act")
    autocomplete_fields = ["person", "substitute"]
    ordering = ["-pk"]
    add_form = AppointForm
    add_fieldsets = [(None, {"fields": [("person", "substitute"), ("since", "until"), "act"]})]
    fieldsets = [*add_fieldsets]
    actions_detail = ["end"]

    @display(description=gettext_lazy("First day"), ordering="during")
    def since(self, row: Substitution) -> str:
        return date_format(row.during.lower, "SHORT_DATE_FORMAT")

    @display(description=gettext_lazy("Last day"))
    def until(self, row: Substitution) -> str:
        return date_format(_last(row), "SHORT_DATE_FORMAT")

    @display(
        description=gettext_lazy("state"),
        label={"now": "success", "later": "info", "over": "", "void": "warning"},
    )
    def stands(self, row: Substitution) -> tuple[str, str]:
        today = timezone.localdate()
        if today > _last(row):
            return "over", _("over")
        if not row.person.has_access:
            return "void", _("gives no rights: that account is closed")
        return ("now", _("now")) if row.during.lower <= today else ("later", _("later"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["since", "until"] if obj else []

    def make(self, request: HttpRequest, facts: dict[str, Any]) -> Substitution:
        return services.appoint_substitute(by=request.user, **facts)

    @action(
        description=gettext_lazy("End the substitution"),
        url_path="end",
        icon="event_busy",
        permissions=["end"],
    )
    def end(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return verb_page(
            self,
            request,
            object_id,
            title=_("End the substitution"),
            form=EndForm,
            intro=lambda row: _("What was done under it stays signed for the person who was away."),
            act=lambda row, facts: services.end_substitution(row, by=request.user, last=facts["last"]),
            done=_("The last day is set."),
        )

    def has_end_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "end_substitution")


def _last(row: Substitution) -> Any:
    return row.during.upper - timedelta(days=1)
