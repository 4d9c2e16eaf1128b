"""The timeline of the city: what was decided, begun and reached, and what is expected, each as its source dates it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alatau_portal.pages import addresses, legal, parts
from alatau_portal.pages.frame import districts_for, frame, today
from core.dates import PartialDate, last_day
from core.text import Text
from districts.choices import MilestoneStatus
from districts.models import District, Milestone, StageChange
from investors.models import Talk
from tasks.models import Instruction, InstructionSource, Meeting, MeetingDistrict


@dataclass
class Event:
    """Something with a date, past or expected. `silent`: its time has passed and nobody has said that it came."""

    on: PartialDate
    kind: str
    what: Any
    url: str = ""
    anchor: str = ""
    note: Text = field(default_factory=Text)
    sources: list[Any] = field(default_factory=list)
    districts: list[str] = field(default_factory=list)
    state: tuple[str, str] | None = None
    expected: bool = False
    silent: bool = False

    @property
    def place(self) -> tuple[date, str, bool]:
        """What is known only as a year comes after what is known better in it."""
        return (last_day(self.on), self.on.precision, self.silent)

    @property
    def mark(self) -> str:
        """The class of its mark on the line: it came, nobody has said so, or it is to come."""
        return "silent" if self.silent else "" if self.expected else "done"


class Moment(NamedTuple):
    """Events of one date, as exactly as it is known; `state` is that of its mark."""

    on: PartialDate
    state: str
    events: list[Event]


class Year(NamedTuple):
    """Moments of a year, those before today and those after it apart; 0 is the year of what has no date."""

    number: int
    past: list[Moment]
    ahead: list[Moment]
    is_this: bool


class Wanted(forms.Form):
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)

    def __init__(self, query: Any, districts: list[District]) -> None:
        super().__init__(query)
        names = [(one.code, str(one.name)) for one in districts]
        self.fields["district"].choices = [("", _("The whole city")), *names]


@login_not_required
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    user, day = request.user, today()
    districts = districts_for(user)
    form = Wanted(request.GET, districts)
    found: list[Event] = []
    if form.is_valid():
        district = next((one for one in districts if one.code == form.cleaned_data["district"]), None)
        found = events(user, day, district)
    context = {
        "form": form,
        "district": form.is_valid() and form.cleaned_data["district"],
        "years": years(found, day),
        "total": len(found),
        "today": day,
        **frame(districts, ()),
    }
    return render(request, "pages/timeline.html", context)


def events(user: Any, day: date, district: District | None) -> list[Event]:
    """Everything dated that this reader may see; acts are the whole city's."""
    city = [*_acts(user, day)] if district is None else []
    return [
        *city,
        *_meetings(user, district),
        *_instructions(user, district),
        *_talks(user, district),
        *_stages(user, district),
        *_milestones(user, day, district),
    ]


def years(found: Iterable[Event], day: date) -> list[Year]:
    """From the first year to the last, this year always among them; what has no date comes at the end."""
    dated = sorted((event for event in found if event.on), key=lambda event: event.place)
    by_year = {number: list(rows) for number, rows in groupby(dated, key=lambda event: event.on.day.year)}  # type: ignore[union-attr]
    if dated:
        by_year.setdefault(day.year, [])
    listed = [_year(number, rows, day) for number, rows in sorted(by_year.items())]
    if undated := [event for event in found if not event.on]:
        listed.append(Year(0, _moments(undated), [], False))
    return listed


def _year(number: int, rows: list[Event], day: date) -> Year:
    past = [event for event in rows if last_day(event.on) <= day]
    return Year(number, _moments(past), _moments(rows[len(past) :]), number == day.year)


def _moments(rows: list[Event]) -> list[Moment]:
    return [
        Moment(events[0].on, state, events)
        for (_day, _precision, state), found in groupby(
            rows, key=lambda one: (one.on.day, one.on.precision, one.mark)
        )
        if (events := list(found))
    ]


def _acts(user: Any, day: date) -> Iterator[Event]:
    for act in legal.acts(user, day):
        address = addresses.act(act.code)
        number = f" № {act.number}" if act.number else ""
        title = format_html("{}{}: {}", capfirst(act.get_kind_display()), number, act.title)
        yield Event(PartialDate.parse(act.signed_on), _("Legal act"), title, address, sources=act.sources)
        for stage in act.in_force:
            yield Event(
                PartialDate.parse(stage.on),
                _("Entry into force"),
                format_html("{}: {}", act.title, stage.name) if stage.name else act.title,
                address,
                sources=act.sources,
                expected=not stage.applies,
            )


def _meetings(user: Any, district: District | None) -> Iterator[Event]:
    visited = MeetingDistrict.objects.filter(meeting=OuterRef("pk")).order_by("district__south_order")
    rows = Meeting.objects.visible_to(user).for_display().prefetch_related(None)
    if district is not None:
        rows = rows.filter(districts=district)
    for meeting in rows.annotate(visited=ArraySubquery(visited.values("district__code"))):
        yield Event(
            meeting.held,
            meeting.get_kind_display(),
            meeting.title,
            anchor=meeting.public_id,
            note=meeting.date_basis,
            sources=[meeting.source] if meeting.source else [],
            districts=meeting.visited,
        )


def _instructions(user: Any, district: District | None) -> Iterator[Event]:
    rows = Instruction.objects.visible_to(user).for_display().prefetch_related(None).with_visible_links(user)
    if district is not None:
        rows = rows.filter(Q(district=district) | Q(project__district=district, project_is_visible=True))
    for instruction in parts.cited(parts.citing(rows, InstructionSource, "instruction")):
        project = instruction.project if instruction.project_is_visible else None
        yield Event(
            instruction.issued,
            _("Instruction"),
            instruction.text,
            addresses.project(project.public_id, "instructions") if project else "",
            anchor=instruction.public_id,
            note=instruction.issued_basis,
            sources=instruction.sources,
            districts=[instruction.district.code] if instruction.district else [],
            state=(instruction.state, instruction.get_state_display()),
        )


def _talks(user: Any, district: District | None) -> Iterator[Event]:
    rows = Talk.objects.visible_to(user).for_display()
    for talk in rows if district is None else rows.filter(district=district):
        yield Event(
            talk.held,
            _("Talks"),
            format_html("{}: {}", talk.organisation.name, talk.subject),
            anchor=f"talk-{talk.pk}",
            note=talk.date_basis,
            sources=[talk.source],
            districts=[talk.district.code] if talk.district else [],
        )


def _stages(user: Any, district: District | None) -> Iterator[Event]:
    rows = (
        StageChange.objects.visible_to(user)
        .real()
        .select_related("source", "project__district")
        .order_by("pk")
    )
    for stage in rows if district is None else rows.filter(project__district=district):
        yield Event(
            stage.on,
            _("Status of a project"),
            stage.project.name,
            addresses.project(stage.project.public_id, "stages"),
            sources=[stage.source] if stage.source else [],
            districts=_where(stage.project),
            state=(stage.to_status, stage.get_to_status_display()),
        )


def _milestones(user: Any, day: date, district: District | None) -> Iterator[Event]:
    rows = (
        Milestone.objects.visible_to(user).real().select_related("source", "project__district").order_by("pk")
    )
    for milestone in rows if district is None else rows.filter(project__district=district):
        waits = milestone.status == MilestoneStatus.SCHEDULED
        on = milestone.met or milestone.forecast or milestone.baseline
        yield Event(
            on,
            _("Milestone"),
            format_html("{}: {}", milestone.project.name, milestone.name),
            addresses.project(milestone.project.public_id, "milestones"),
            sources=[milestone.source] if milestone.source else [],
            districts=_where(milestone.project),
            state=(milestone.status, milestone.get_status_display()),
            expected=waits,
            silent=waits and bool(on) and last_day(on) < day,
        )


def _where(project: Any) -> list[str]:
    return [project.district.code] if project.district else []
