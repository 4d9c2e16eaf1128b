"""Editions of the open data: looked at here, and withdrawn with words by the office."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextareaWidget

from accounts.choices import Role
from alatau_portal.models import OpenDataEdition
from alatau_portal.open_data import editions
from core.admin import MACHINE, VERBS, LookAdmin, VerbForm, queue, verb_page
from core.text import Text

VERBS["withdraw"] = gettext_lazy("withdrew")

queue(
    OpenDataEdition,
    "refused",
    gettext_lazy("Open data that did not pass the checks: the last good edition stays"),
    lambda rows, today: rows.filter(
        refused_at__isnull=False, pk=OpenDataEdition.objects.aggregate(newest=Max("pk"))["newest"]
    ),
    group=MACHINE,
    tone="danger",
)


def _words(label: str, required: bool = True) -> forms.CharField:
    widget = UnfoldAdminTextareaWidget(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=400, required=required, widget=widget)


class WithdrawForm(VerbForm):
    reason_kk = _words(gettext_lazy("Why, in Kazakh: the public reads it in the place of the files"))
    reason_ru = _words(gettext_lazy("Why, in Russian"))
    reason_en = _words(gettext_lazy("Why, in English"), required=False)


@admin.register(OpenDataEdition)
class OpenDataEditionAdmin(LookAdmin):
    list_display = ["published_at", "day", "stands"]
    list_filter = [("day", RangeDateFilter)]
    search_fields = ["made_for", "reason_kk", "reason_ru", "reason_en"]
    search_help_text = gettext_lazy("Address, prefix, why it was withdrawn")
    fields = readonly_fields = [
        "published_at",
        "copy",
        "marked_at",
        "next_at",
        "refused_at",
        "found",
        "withdrawn_at",
        "withdrawn_by",
        "reason_kk",
        "reason_ru",
        "reason_en",
    ]
    rules: ClassVar[Mapping[str, Any]] = {}
    actions_detail = ["withdraw"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("report")

    @display(
        description=gettext_lazy("state"),
        label={"withdrawn": "warning", "refused": "danger", "good": "success"},
    )
    def stands(self, edition: OpenDataEdition) -> tuple[str, str]:
        if edition.withdrawn_at:
            return "withdrawn", _("Withdrawn")
        return ("refused", _("A newer one was refused")) if edition.refused_at else ("good", _("Checked"))

    @display(description=gettext_lazy("permanent copy"))
    def copy(self, edition: OpenDataEdition) -> Any:
        if edition.day is None:
            return "-"
        return format_html('<a href="{}">{}</a>', reverse("open-data"), edition.day)

    @display(description=gettext_lazy("faults"))
    def found(self, edition: OpenDataEdition) -> Any:
        return format_html_join("", "<div>{}</div>", ((fault,) for fault in edition.faults)) or "-"

    def has_withdraw_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        edition = None if object_id is None else self.get_object(request, object_id)
        is_gone = edition is not None and edition.withdrawn_at is not None
        return getattr(request.user, "role", "") == Role.OFFICE and not is_gone

    @action(description=gettext_lazy("Withdraw"), url_path="withdraw", icon="block", permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def act(edition: OpenDataEdition, facts: dict[str, Any]) -> None:
            reason = Text(facts["reason_kk"], facts["reason_ru"], facts["reason_en"])
            editions.withdraw(edition, by=request.user, reason=reason)

        return verb_page(
            self,
            request,
            object_id,
            title=_("Withdraw the edition"),
            form=WithdrawForm,
            intro=lambda edition: _(
                "The files are removed for ever; their addresses say since when and why. What must not be public is "
                "taken down in the register first: the next edition would hold it again."
            ),
            act=act,
            done=_("The edition is withdrawn."),
        )
