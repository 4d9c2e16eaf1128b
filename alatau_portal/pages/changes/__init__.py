"""What changed lately, in sentences, from the ledger: as much of it as the reader may know."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from alatau_portal.pages import addresses
from alatau_portal.pages.changes import rows as ledger
from alatau_portal.pages.changes.where import address
from alatau_portal.pages.changes.words import sentence
from alatau_portal.pages.frame import districts_for, frame
from alatau_portal.pages.parts import SourceRef
from core import formats, seals
from core.choices import Operation
from core.dates import PartialDate
from core.models import LegalAct, Source
from core.policies import sees_everything
from districts.models import Claim, Figure, Project
from investors.models import Investor
from tasks.models import Instruction, Meeting

PAGE = 30
KINDS = {
    "projects": gettext_lazy("Projects and districts"),
    "figures": gettext_lazy("Figures and statements"),
    "land": gettext_lazy("Land and opportunities"),
    "investors": gettext_lazy("Investors and organisations"),
    "meetings": gettext_lazy("Meetings and instructions"),
    "sources": gettext_lazy("Sources, documents and legal acts"),
}


@dataclass
class News:
    """One thing that happened, ready to be read."""

    place: int
    at: datetime
    sentence: SafeString
    url: str
    actor: str
    basis: str = ""
    source: SourceRef | None = None
    who: str = field(default="", init=False)

    @property
    def when(self) -> str:
        return at_almaty(self.at)

    @property
    def day(self) -> str:
        return formats.day_text(localtime(self.at).date(), get_language())

    @property
    def time(self) -> str:
        return f"{localtime(self.at):%H:%M}"


class Page(NamedTuple):
    """News, and the place below which there may be more; 0 where there is none."""

    news: list[News]
    older: int


def at_almaty(instant: datetime) -> str:
    """Day and time in Almaty, in the reader's language."""
    local = localtime(instant)
    return f"{formats.day_text(local.date(), get_language())}, {local:%H:%M}"


def latest(user: Any, limit: int) -> list[News]:
    """The newest entries that this reader may see; two queries, and one for the names of staff."""
    return page_of(user, limit).news


def page_of(user: Any, limit: int, below: int | None = None, kind: str = "", district: Any = None) -> Page:
    """Up to `limit` entries of the ledger below a place, newest first."""
    entries = ledger.entries(user, limit + 1, below, kind, district)
    found = [_single(row, sees_everything(user)) for row in entries.singles]
    found += [_load(load) for load in entries.loads]
    found = sorted(found, key=lambda one: -one.place)
    older = found[limit - 1].place if len(found) > limit else entries.floor
    if sees_everything(user):
        _name_actors(found[:limit])
    return Page(found[:limit], older)


def _single(row: Any, with_basis: bool) -> News:
    about = row.about or {}
    source = None
    if about.get("source_code"):
        day = about["day"] and datetime.fromisoformat(about["day"]).date()
        published = PartialDate(day, about["precision"], about["printed"])
        source = SourceRef(about["source_code"], about["publisher"], published)
    return News(
        place=row.pk,
        at=row.at if with_basis or not row.new else ledger.began(row.new.get("published_at"), row.at),
        sentence=sentence(row),
        url=address(row),
        actor=row.actor,
        basis=row.note if with_basis else "",
        source=source,
    )


def _counted(model: type[Any], number: int) -> str:
    """A number of rows with its noun; written out, so that each language has its own plural."""
    words = {
        Project: ngettext("%(number)s project", "%(number)s projects", number),
        Investor: ngettext("%(number)s investor", "%(number)s investors", number),
        Organisation: ngettext("%(number)s organisation", "%(number)s organisations", number),
        Instruction: ngettext("%(number)s instruction", "%(number)s instructions", number),
        Meeting: ngettext("%(number)s meeting", "%(number)s meetings", number),
        Figure: ngettext("%(number)s figure", "%(number)s figures", number),
        Claim: ngettext("%(number)s statement", "%(number)s statements", number),
        LegalAct: ngettext("%(number)s legal act", "%(number)s legal acts", number),
        Source: ngettext("%(number)s source", "%(number)s sources", number),
    }
    return words[model] % {"number": formats.number(number, get_language())}


def _load(load: ledger.Load) -> News:
    counts = [
        _counted(model, load.numbers[model._meta.db_table])
        for model in ledger.COUNTED
        if model._meta.db_table in load.numbers
    ]
    words = (
        _("The register was loaded from its sources: %(what)s")
        if load.op == Operation.CREATED
        else _("The register was brought up to date from its sources: %(what)s")
    )
    told = format_html("{}", words % {"what": ", ".join(counts)})
    return News(load.place, load.at, told, addresses.page("about-data"), load.actor)


def _name_actors(found: list[News]) -> None:
    """Staff see who acted."""
    names = names_of(one.actor for one in found)
    for one in found:
        one.who = names[one.actor]


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """A user by his name, a program by its own."""
    names = {actor: _program(actor) for actor in actors}
    keys = {int(key): actor for actor in names if (key := actor.removeprefix("user:")).isdigit()}
    for key, user in (get_user_model()._base_manager.in_bulk(keys) if keys else {}).items():
        names[keys[key]] = str(user)
    return names


def _program(actor: str) -> str:
    kind, _colon, name = actor.partition(":")
    words = {
        "client": _("API client %(name)s"),
        "system": _("the system (%(name)s)"),
        "sql": _("the database (%(name)s)"),
    }
    return words[kind] % {"name": name} if kind in words else actor


class Wanted(forms.Form):
    """What the address asks for. What it asks wrongly is told at its field."""

    kind = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, query: Any, districts: list[Any]) -> None:
        super().__init__(query)
        self.districts = {one.code: one for one in districts}
        self.fields["kind"].choices = [
            ("", _("Everything")),
            *((kind, str(name)) for kind, name in KINDS.items()),
        ]
        names = [(code, str(one.name)) for code, one in self.districts.items()]
        self.fields["district"].choices = [("", _("All districts")), *names]


@login_not_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The whole feed, thirty entries a page, by district or by kind."""
    districts = districts_for(request.user)
    form = Wanted(request.GET, districts)
    page = Page([], 0)
    if form.is_valid():
        asked = form.cleaned_data
        district = form.districts.get(asked["district"])
        page = page_of(request.user, PAGE, asked["before"], asked["kind"], district)
    context = {
        "form": form,
        "changes": page.news,
        "older": _at(request, before=page.older) if page.older else "",
        "seal": seals.newest() if sees_everything(request.user) else None,  # moves with what is internal
        "newest": _at(request, before=None) if request.GET.get("before") else "",
        **frame(districts, ()),
    }
    return render(request, "pages/changes.html", context)


def _at(request: HttpRequest, **changed: Any) -> str:
    """The address of this page with one thing asked otherwise."""
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path
