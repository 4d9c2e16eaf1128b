"""Requests for more time, reports, contributions and who held the ball: to look at. Requests are decided here, too."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from core.admin import LookAdmin, VerbForm, queue, word
from tasks import services
from tasks.admin.columns import EXTENSION, REPORT, days_held, ended, of_instruction, since
from tasks.admin.instruction_verbs import stands
from tasks.admin.parts import Looked
from tasks.admin.verb_forms import CorrectForm, GrantForm, ReasonForm
from tasks.admin.verbs import Verb, Verbs
from tasks.choices import DECIDED, FINAL, UNDECIDED, ExtensionState, Holder, ReportState
from tasks.models import Contribution, Evidence, ExecutionReport, Extension, HoldInterval, Instruction
from tasks.words import RULES

queue(
    Extension,
    "asked",
    gettext_lazy("Requests for more time that nobody has decided"),
    lambda rows, today: rows.undecided(),
)
queue(
    ExecutionReport,
    "waiting",
    gettext_lazy("Reports that wait for an answer"),
    lambda rows, today: rows.filter(state=ReportState.SUBMITTED),
)
queue(
    HoldInterval,
    "office",
    gettext_lazy("Instructions on which the project office has to move next"),
    lambda rows, today: rows.now().filter(holder=Holder.OFFICE),
    tone="info",
)


class ControlLook(LookAdmin):
    """Of what belongs to an instruction: as visible as that is."""

    rules = RULES
    list_display_links = [of_instruction]
    list_select_related: Any = ["instruction", "organisation"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).visible_to(request.user)

    def instruction_of(self, thing: Any) -> Instruction:
        return thing.instruction

    def view_on_site(self, thing: Any) -> str:
        return reverse("instruction", args=[self.instruction_of(thing).public_id])


def _correct(thing: Extension, user: Any, facts: dict[str, Any]) -> Any:
    return services.correct(thing, by=user, why=facts["why"], due=facts["due"], reason=facts["reason"])


def _correctable(thing: Extension, user: Any) -> bool:
    replaced = Extension.objects.filter(corrects=thing).exists()
    return thing.state in DECIDED and not replaced and thing.instruction.state not in FINAL


DECISIONS: dict[str, Verb] = {
    "take_up": Verb(
        "take_up",
        VerbForm,
        lambda thing, user, facts: services.take_up(thing, by=user),
        gettext_lazy("The request stays open; the executor sees that somebody looks into it."),
        gettext_lazy("The request is taken up."),
        "pan_tool",
        lambda thing, user: thing.state == ExtensionState.REQUESTED,
    ),
    "grant": Verb(
        "grant",
        GrantForm,
        lambda thing, user, facts: services.grant(thing, by=user, due=facts["due"]),
        gettext_lazy("The term of the instruction moves. The first due date is shown beside it for ever."),
        gettext_lazy("More time is granted."),
        "more_time",
        lambda thing, user: thing.state in UNDECIDED,
    ),
    "refuse": Verb(
        "refuse",
        ReasonForm,
        lambda thing, user, facts: services.refuse(thing, by=user, reason=facts["reason"]),
        gettext_lazy("The term stays; whoever asked reads the reason."),
        gettext_lazy("More time is refused."),
        "timer_off",
        lambda thing, user: thing.state in UNDECIDED,
    ),
    "correct": Verb(
        "correct",
        CorrectForm,
        _correct,
        gettext_lazy("A new decision takes the place of this one; both stay in the register."),
        gettext_lazy("The decision is corrected."),
        "published_with_changes",
        _correctable,
    ),
}


@admin.register(Extension)
class ExtensionAdmin(Verbs, ControlLook):
    verbs = DECISIONS
    list_display = [
        "public_id",
        of_instruction,
        "organisation",
        word("state", gettext_lazy("state"), EXTENSION),
        "asked_on",
        "old_due",
        "new_due",
        "granted_due",
        "decided_by",
    ]
    list_display_links = ["public_id", of_instruction]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("organisation", AutocompleteSelectFilter),
        ("asked_on", RangeDateFilter),
    ]
    list_select_related = ["instruction", "organisation", "decided_by"]
    search_fields = ["public_id", "reason", "instruction__search"]
    search_help_text = gettext_lazy("Number of the request, its reason, words of the instruction")
    ordering = ["-pk"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("public_id", "state"),
                    "instruction",
                    ("organisation", "asked_on"),
                    ("asked_by", "asked_for"),
                    ("old_due", "new_due"),
                    "reason",
                    "taken_up_by",
                    ("decided_on", "granted_due"),
                    ("decided_by", "decided_for"),
                    "refusal_reason",
                    ("corrects", "correction_reason"),
                ]
            },
        )
    ]

    def stands(self, thing: Extension) -> list[tuple[Any, Any]]:
        days = (date_format(day, "SHORT_DATE_FORMAT") for day in (thing.old_due, thing.new_due))
        asked = [
            (_("asked by the organisation"), thing.organisation),
            (_("more time"), " → ".join(days)),
            (_("reason"), thing.reason),
        ]
        if thing.state in DECIDED:
            asked.append((_("decision"), f"{thing.get_state_display()}. {_decision(thing)}"))
        return [(_("instruction"), thing.instruction), *asked, *stands(thing.instruction)]


def _decision(thing: Extension) -> str:
    if thing.granted_due:
        return date_format(thing.granted_due, "SHORT_DATE_FORMAT")
    return thing.refusal_reason


class EvidencePart(Looked):
    model = Evidence
    fields = readonly_fields = ["kind", "file", "url", "note"]
    list_select_related = ["file"]
    show_change_link = False


@admin.register(ExecutionReport)
class ExecutionReportAdmin(ControlLook):
    list_display = [
        of_instruction,
        "kind",
        word("state", gettext_lazy("state"), REPORT),
        "organisation",
        "submitted_on",
        "returns",
        "decided_by",
    ]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        "kind",
        ("organisation", AutocompleteSelectFilter),
        ("submitted_on", RangeDateFilter),
    ]
    list_select_related = ["instruction", "organisation", "decided_by"]
    search_fields = ["text", "instruction__search"]
    search_help_text = gettext_lazy("Words of the report or of the instruction")
    ordering = ["-pk"]
    inlines = [EvidencePart]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "instruction",
                    ("kind", "state"),
                    ("organisation", "author"),
                    "submitted_on",
                    "text",
                    ("decided_on", "decided_by"),
                    ("returns", "return_note"),
                ]
            },
        )
    ]


@admin.register(Contribution)
class ContributionAdmin(ControlLook):
    list_display = ["contributed_to", "executor", "text", "sent_on", "sent_by"]
    list_display_links = ["contributed_to"]
    list_filter = [("sent_on", RangeDateFilter)]
    list_select_related = ["executor__instruction", "executor__organisation", "sent_by"]
    search_fields = ["text", "executor__instruction__search"]
    search_help_text = gettext_lazy("Words of the contribution or of the instruction")
    ordering = ["-pk"]
    inlines = [EvidencePart]
    fieldsets = [(None, {"fields": ["contributed_to", "executor", "text", ("sent_on", "sent_by")]})]

    @display(description=gettext_lazy("instruction"))
    def contributed_to(self, contribution: Contribution) -> str:
        return of_instruction(contribution.executor)

    def instruction_of(self, thing: Any) -> Instruction:
        return thing.executor.instruction


@admin.register(HoldInterval)
class HoldIntervalAdmin(ControlLook):
    list_display = [of_instruction, "holder", "organisation", since, ended, days_held]
    list_filter = ["holder", ("organisation", AutocompleteSelectFilter)]
    search_fields = ["instruction__search"]
    search_help_text = gettext_lazy("Words of the instruction")
    ordering = ["-pk"]
    fieldsets = [(None, {"fields": ["instruction", ("holder", "organisation"), (since, ended), days_held]})]
