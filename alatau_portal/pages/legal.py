"""The acts that found and shape the city: as issued, and from which day each part of them applies."""

from datetime import date
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from alatau_portal.pages import parts
from alatau_portal.pages.frame import districts_for, frame, today
from core.choices import ActKind, Basis
from core.dates import PartialDate
from core.models import LegalAct, LegalActSource, LegalActStage
from core.text import LANGUAGES, Text


class Stage(NamedTuple):
    """A day from which a part of the act applies; `applies`, once it has come."""

    on: date
    name: Text
    applies: bool


class Regime(NamedTuple):
    """Which acts apply on a day, and what of them is still to come."""

    acts: list["ActRow"]
    #: The first day to come from which more of them applies.
    next_on: date | None


class ActRow(NamedTuple):
    """As much of an act as the page of a district shows."""

    code: str
    kind: str
    number: str
    signed_on: date
    title: Text
    stages: list[Stage]
    sources: list[parts.SourceRef]


class Title(NamedTuple):
    """The title in one language, as it was issued or as we translate it."""

    language: str
    words: str
    ours: bool


def acts(user: Any, day: date) -> list[LegalAct]:
    """All acts, the newest first, each with its sources, `titles` and `in_force`; one query."""
    stages = LegalActStage.objects.filter(act=OuterRef("pk")).order_by("in_force_on", "pk")
    columns = {"on": "in_force_on", **{f"name_{language}": f"name_{language}" for language in LANGUAGES}}
    rows = LegalAct.objects.visible_to(user).select_related("source").order_by("-signed_on", "-pk")
    rows = rows.annotate(stage_rows=ArraySubquery(stages.values(json=JSONObject(**columns))))
    found = parts.cited(parts.citing(rows, LegalActSource, "act"))
    for act in found:
        act.in_force = [_stage(row, day) for row in act.stage_rows]
        act.titles = _titles(act)
    return found


def joined[M: Model](rows: QuerySet[M]) -> QuerySet[M]:
    """The queryset that `regime` reads: all acts beside each row, within its query."""
    stages = LegalActStage.objects.filter(act=OuterRef("pk")).order_by("in_force_on", "pk")
    stage = {"on": "in_force_on", **{f"name_{code}": f"name_{code}" for code in LANGUAGES}}
    columns = {name: name for name in ("code", "kind", "number", "signed_on", "stage_rows")}
    columns |= {f"title_{code}": f"title_{code}" for code in LANGUAGES}
    acts = LegalAct.objects.annotate(stage_rows=ArraySubquery(stages.values(json=JSONObject(**stage))))
    acts = acts.order_by("-signed_on", "-pk").values(json=JSONObject(**columns, **parts.SOURCE))
    return rows.annotate(act_rows=ArraySubquery(acts))


def regime(row: Any, day: date) -> Regime:
    """Acts with stages of entry into force first: they say what applies now and what will."""
    told = sorted((_act(one, day) for one in row.act_rows), key=lambda act: not act.stages)
    coming = [stage.on for act in told for stage in act.stages if not stage.applies]
    return Regime(told, min(coming, default=None))


def _act(row: dict[str, Any], day: date) -> ActRow:
    source = parts.source_ref(row)
    return ActRow(
        row["code"],
        str(ActKind(row["kind"]).label),
        row["number"],
        parse_date(row["signed_on"]) or date.min,
        Text(*(row[f"title_{code}"] or "" for code in LANGUAGES)),
        [_stage(one, day) for one in row["stage_rows"]],
        [source] if source else [],
    )


def _stage(row: dict[str, Any], day: date) -> Stage:
    on = parse_date(row["on"]) or date.max
    return Stage(on, Text(*(row[f"name_{language}"] or "" for language in LANGUAGES)), on <= day)


def _titles(act: LegalAct) -> list[Title]:
    """The title that the reader is shown, then the others as issued; a translation of ours is no title as issued."""
    _words, shown = act.title.shown()
    known = [
        Title(language, words, getattr(act, f"basis_{language}") == Basis.OURS)
        for language, words in act.title._asdict().items()
        if words
    ]
    return sorted(
        (title for title in known if title.language == shown or not title.ours),
        key=lambda title: title.language != shown,
    )


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    found = acts(request.user, today())
    dates = [PartialDate.parse(act.signed_on) for act in found]
    context = {"acts": found, **frame(districts_for(request.user), dates)}
    return render(request, "pages/legal_acts.html", context)
