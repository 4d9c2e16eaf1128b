"""The acts that found and shape the city: as issued, and from which day each part of them applies."""

from datetime import date
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from alatau_portal.pages import parts
from alatau_portal.pages.frame import districts_for, frame, today
from core.choices import Basis
from core.dates import PartialDate
from core.models import LegalAct, LegalActSource, LegalActStage
from core.text import LANGUAGES, Text


class Stage(NamedTuple):
    """A day from which a part of the act applies; `applies`, once it has come."""

    on: date
    name: Text
    applies: bool


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
