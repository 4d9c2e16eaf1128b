"""Verbs of the project office for many instructions at once."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action

from core.admin import LedgerAdmin, bulk_page
from tasks import services
from tasks.admin.verb_forms import Day, OfficeField
from tasks.models import Instruction
from tasks.policies import Desk, is_office


class ManyOnControl(forms.Form):
    due = Day(label=gettext_lazy("Due"), help_text=gettext_lazy("For those that have no term yet."))
    controller = OfficeField(
        label=gettext_lazy("Controller"), help_text=gettext_lazy("Who checks the report; empty: you.")
    )


class BulkControl:
    """For the list of instructions. The service judges each row by itself."""

    actions = (*LedgerAdmin.actions, "put_many_on_control", "propose_many_removals")

    def has_control_permission(self, request: HttpRequest) -> bool:
        return any(is_office(principal.person) for principal in Desk(request.user).principals)

    @action(description=gettext_lazy("Put on control…"), permissions=["control"])
    def put_many_on_control(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse:
        def act(row: Instruction, facts: dict[str, Any]) -> Instruction:
            due = None if row.original_due else facts["due"]
            return services.put_on_control(row, by=request.user, due=due, controller=facts["controller"])

        return self._many(
            request,
            queryset,
            code="put_many_on_control",
            title=_("Put on control"),
            form=ManyOnControl,
            act=act,
        )

    @action(description=gettext_lazy("Propose removal from control…"), permissions=["control"])
    def propose_many_removals(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse:
        return self._many(
            request,
            queryset,
            code="propose_many_removals",
            title=_("Propose removal from control"),
            form=forms.Form,
            act=lambda row, facts: services.propose_removal(row, by=request.user),
        )

    def _many(self, request: HttpRequest, queryset: models.QuerySet, **more: Any) -> HttpResponse:
        return bulk_page(self, request, queryset, heading=_("How it stands"), now=_now, **more)


def _now(row: Instruction) -> str:
    due = date_format(row.due, "SHORT_DATE_FORMAT") if row.due else _("term not set")
    return f"{row.get_state_display()} · {due}"
