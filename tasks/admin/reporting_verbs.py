"""Verbs of duties, periods and progress reports in the admin: what they ask, and the services that they call."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from core.admin import VerbForm
from tasks import services
from tasks.admin.verb_forms import Day, OrganisationField, Words
from tasks.admin.verbs import Verb
from tasks.models import ProgressReport, ReportingDuty, ReportingPeriod
from tasks.reporting_choices import NoteField, ProgressState


class EndForm(VerbForm):
    until = Day(label=_("Last day on which it is owed"), required=True)


class HandOverForm(VerbForm):
    organisation = OrganisationField(label=_("To the organisation"), required=True)
    since = Day(label=_("Since"), required=True)


class ReopenForm(VerbForm):
    until = Day(label=_("Reports are taken until"), required=True)
    reason = Words(label=_("Why"))


class MoveForm(VerbForm):
    due_on = Day(label=_("Reports are due on"), required=True)
    grace_until = Day(label=_("Reports are taken until"), required=True)
    reason = Words(label=_("Why"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= {"due_on": self.thing.due_on, "grace_until": self.thing.grace_until}


class ReturnForm(VerbForm):
    """One field; where more is to be said, the page of the review has all of them."""

    field = forms.ChoiceField(label=_("Field"), choices=NoteField, widget=UnfoldAdminSelectWidget)
    note = Words(label=_("What is to be corrected"))


def _is_submitted(thing: ProgressReport, user: Any) -> bool:
    return thing.state == ProgressState.SUBMITTED and not thing.period.is_locked


def _always(thing: ReportingDuty, user: Any) -> bool:
    return True


def _is_open(thing: ReportingPeriod, user: Any) -> bool:
    return not thing.is_locked


OF_DUTIES = {
    "end_duty": Verb(
        "end_duty",
        EndForm,
        lambda thing, user, facts: services.end_duty(thing, by=user, **facts),
        _("For periods after this day nothing is owed; what was reported stays."),
        _("The duty ends on this day."),
        "event_busy",
        _always,
    ),
    "hand_over_duty": Verb(
        "hand_over_duty",
        HandOverForm,
        lambda thing, user, facts: services.hand_over_duty(thing, by=user, **facts),
        _("What was reported stays with the organisation that reported it."),
        _("The duty is handed over."),
        "swap_horiz",
        _always,
    ),
}
OF_PERIODS = {
    "lock_period": Verb(
        "lock_period",
        VerbForm,
        lambda thing, user, facts: services.lock_period(thing, by=user),
        _(
            "Nothing of it changes any more: no report, no answer, no note. It may be opened again with a reason."
        ),
        _("The period is locked: nothing of it changes any more."),
        "lock",
        _is_open,
    ),
    "reopen_period": Verb(
        "reopen_period",
        ReopenForm,
        lambda thing, user, facts: services.reopen_period(thing, by=user, **facts),
        _("Reports are taken again, up to and on this day; the reason stands in the history."),
        _("The period is open again."),
        "lock_open",
        lambda thing, user: thing.is_locked,
    ),
    "move_due": Verb(
        "move_due",
        MoveForm,
        lambda thing, user, facts: services.move_due(thing, by=user, **facts),
        _("Reminders follow the new days; the reason stands in the history."),
        _("The days are moved."),
        "edit_calendar",
        _is_open,
    ),
}
OF_REPORTS = {
    "accept_progress": Verb(
        "accept_progress",
        VerbForm,
        lambda thing, user, facts: services.accept_progress(thing, by=user),
        _("Its figures stand from now on; whoever prepared or signed it cannot accept it."),
        _("The report is accepted."),
        "task_alt",
        _is_submitted,
    ),
    "return_progress": Verb(
        "return_progress",
        ReturnForm,
        lambda thing, user, facts: services.return_progress(
            thing, by=user, notes={facts["field"]: facts["note"]}
        ),
        _("It goes back to its organisation, which reads what is to be corrected."),
        _("The report is returned."),
        "undo",
        _is_submitted,
    ),
}
