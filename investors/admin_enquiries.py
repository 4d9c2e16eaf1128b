"""Enquiries, consents and contacts in the admin: to look at, with the verbs of the office; who looks is kept."""

from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from core.admin import QUALITY, VERBS, LedgerAdmin, LookAdmin, VerbForm, changed, queue, verb_page, word
from investors import services
from investors.choices import ENQUIRY_WAITING
from investors.models import ConsentRecord, ConsentText, Contact, Enquiry
from investors.policies import may
from investors.words import DONE, LABELS

STATE = {
    "new": "warning",
    "triaged": "info",
    "answered": "success",
    "converted": "success",
    "closed": "",
    "spam": "danger",
}
VERBS.update(DONE)
queue(
    Enquiry,
    "overdue",
    _("Enquiries that were not answered in time"),
    lambda rows, today: rows.filter(state__in=ENQUIRY_WAITING, promised_on__lt=today),
    tone="danger",
)
queue(
    Enquiry,
    "waiting",
    _("Enquiries that wait for an answer"),
    lambda rows, today: rows.filter(state__in=ENQUIRY_WAITING),
)
queue(
    Enquiry,
    "erasure",
    _("Enquirers who ask for erasure"),
    lambda rows, today: rows.filter(erasure_asked_at__isnull=False, erased_at=None),
    tone="danger",
)
queue(
    Contact,
    "over",
    _("Contacts that are kept longer than their term"),
    lambda rows, today: rows.filter(erased_at=None, retention_until__lt=today),
    group=QUALITY,
)


class Confirm(VerbForm):
    """For verbs that ask nothing but to be sure."""


class Answer(VerbForm):
    text = forms.CharField(label=_("Answer"), widget=UnfoldAdminTextareaWidget(attrs={"rows": 12}))


class Close(VerbForm):
    reason = forms.CharField(label=_("Why it is closed"), max_length=500, widget=UnfoldAdminTextInputWidget)
    words = forms.CharField(
        label=_("What the enquirer is told"),
        help_text=_("Needed where nothing was answered yet."),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 8}),
    )


class Verb(NamedTuple):
    """`act(enquiry, by=user, **facts)` is the service."""

    right: str
    form: type[VerbForm]
    act: Callable[..., Any]
    said: Any
    icon: str


OF_ENQUIRIES = {
    "take": Verb(
        "take_enquiry",
        Confirm,
        services.take_enquiry,
        _("You are reminded of the promised day."),
        "person_add",
    ),
    "answer": Verb(
        "answer_enquiry",
        Answer,
        services.answer_enquiry,
        _("It goes by mail, in the language of the enquiry."),
        "reply",
    ),
    "close": Verb(
        "close_enquiry", Close, services.close_enquiry, _("Nothing more is done after this."), "task_alt"
    ),
    "spam": Verb("mark_spam", Confirm, services.mark_spam, _("Nobody is written to."), "block"),
    "restore": Verb("unmark_spam", Confirm, services.unmark_spam, _("It waits for an answer again."), "undo"),
}


def _page_of(name: str, verb: Verb) -> Any:
    def page(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        if not may(request.user, verb.right):
            raise PermissionDenied
        return verb_page(
            self,
            request,
            object_id,
            title=LABELS[verb.right],
            form=verb.form,
            intro=lambda enquiry: verb.said,
            stands=lambda enquiry: [
                (_("State"), enquiry.get_state_display()),
                (_("Answer promised by"), f"{enquiry.promised_on:%d.%m.%Y}"),
            ],
            act=lambda enquiry, facts: verb.act(enquiry, by=request.user, **facts),
            done=_("Done."),
        )

    page.__name__ = name
    return action(description=LABELS[verb.right], url_path=name, icon=verb.icon)(page)


@admin.register(Enquiry)
class EnquiryAdmin(LookAdmin):
    rules: ClassVar[dict[str, Any]] = {}
    list_display = [
        "receipt", "organisation_name", "country", word("state", _("state"), STATE), "promised_on", "submitted_at",
        "answered_at", "handler",
    ]  # fmt: skip
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("handler", AutocompleteSelectFilter),
        "district",
        ("promised_on", RangeDateFilter),
        "is_demo",
    ]
    list_select_related = ["handler"]
    search_fields = ["receipt", "search_name", "bin", "domain"]
    search_help_text = _("Number, organisation, BIN, domain")
    ordering = ["promised_on", "pk"]
    actions_detail = list(OF_ENQUIRIES)
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("receipt", "state"),
                    ("submitted_at", "promised_on", "answered_at"),
                    ("handler", "investor"),
                    ("organisation_name", "country", "bin"),
                    ("website", "language"),
                    ("person_name", "position"),
                    ("email", "phone"),
                    ("sectors", "district"),
                    ("plot", "opportunity"),
                    ("hectares", "power_mw", "water_m3_day"),
                    ("rail", "jobs", "starts"),
                    "text",
                    ("file", "consent"),
                    ("close_reason", "duplicate_of"),
                    ("erasure_asked_at", "erased_at", "is_demo"),
                ]
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).visible_to(request.user)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Those that the signed-in person may use, and that the enquiry is ready for."""
        enquiry: Any = self.get_object(request, unquote(str(object_id)))
        if enquiry is None:
            return []
        offered = {
            name
            for name, verb in OF_ENQUIRIES.items()
            if may(request.user, verb.right) and services.is_possible(enquiry, verb.right)
        }
        return [
            one for one in super().get_actions_detail(request, object_id) if one.method.__name__ in offered
        ]

    def view_on_site(self, enquiry: Enquiry) -> str:
        return reverse("review-enquiry", args=[enquiry.receipt])


for _name, _verb in OF_ENQUIRIES.items():
    setattr(EnquiryAdmin, _name, _page_of(_name, _verb))


@admin.register(Contact)
class ContactAdmin(LedgerAdmin):
    list_display = [
        "person_name",
        "investor",
        "position",
        "language",
        "retention_until",
        "erased_at",
        changed,
    ]
    list_filter = [("language", ChoicesDropdownFilter), ("retention_until", RangeDateFilter)]
    list_select_related = ["investor__organisation"]
    search_fields = ["investor__organisation__search"]
    search_help_text = _("Organisation")
    ordering = ["retention_until", "pk"]
    autocomplete_fields = ["investor"]
    readonly_fields = ["consent", "enquiry", "erased_at"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("investor", "language"),
                    ("person_name", "position"),
                    ("email", "phone"),
                    "retention_until",
                    ("consent", "enquiry", "erased_at"),
                ]
            },
        )
    ]


@admin.register(ConsentText)
class ConsentTextAdmin(LookAdmin):
    list_display = ["purpose", "number", "in_force_from", "created_at"]
    search_fields = ["text_kk", "text_ru", "text_en"]
    ordering = ["purpose", "-number"]
    fields = ["purpose", "number", "in_force_from", "text_kk", "text_ru", "text_en"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).visible_to(request.user)


@admin.register(ConsentRecord)
class ConsentRecordAdmin(LookAdmin):
    list_display = ["given_at", "text", "language", "withdrawn_at"]
    search_fields = ["text__text_kk", "text__text_ru", "text__text_en"]
    list_filter = [("language", ChoicesDropdownFilter), ("given_at", RangeDateFilter)]
    list_select_related = ["text"]
    ordering = ["-given_at", "-pk"]
    fields = ["text", "language", "given_at", "withdrawn_at"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).visible_to(request.user)
