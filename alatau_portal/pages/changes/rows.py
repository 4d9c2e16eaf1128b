"""Which entries of the ledger are worth a sentence, and what the reader may know of each.

An entry is told to an outsider when what it is about is open to him now, was open to him then, and so was the project
or organisation that it belongs to. What was internal when it happened is not told later either.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    JSONField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, JSONObject

from accounts.models import Organisation
from alatau_portal.pages.changes.subjects import OWNERS, subject_of
from core.choices import Operation
from core.models import Change, LegalAct, Source
from core.policies import levels_open_to, sees_everything
from core.querysets import ReadAt, shown_to
from core.text import LANGUAGES
from districts.models import (
    Claim,
    District,
    Document,
    Figure,
    LandPlot,
    Milestone,
    MilestoneMove,
    Project,
    ProjectParty,
    Publication,
    PublishedFigure,
    StageChange,
)
from investors.choices import OpportunityState
from investors.models import Investor, Opportunity, Talk
from tasks.models import Instruction, Meeting

#: Verbs under which a program writes by the hundred: told as one entry.
BULK = ("load", "import")
#: How many entries are read at a time, and how often, until enough of them are found that the reader may see.
WINDOW, WINDOWS = 100, 4


def _texts(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}_{language}" for name in names for language in LANGUAGES)


class Told(NamedTuple):
    """What of a table is told: columns whose change is an event, and columns that are amended."""

    kind: str
    model: type[Any]
    events: tuple[str, ...] = ()
    amended: tuple[str, ...] = ()
    added: bool = True

    @property
    def published(self) -> bool:
        """Its rows have a visibility of their own."""
        return "visibility" in self.events


VALUE = ("value", "value_max", "qualifier", "unit", "currency", "as_of_day", "as_of_precision")
PROJECT = (*_texts("name", "purpose", "note"), "kind", "sectors", "district_id", "geometry")
TOLD = {
    told.model._meta.db_table: told
    for told in (
        Told("projects", Project, ("visibility", "suspended_since"), PROJECT),
        Told("projects", StageChange),
        Told("projects", ProjectParty, ("until",)),
        Told("projects", Milestone, ("status",), _texts("name")),
        Told("projects", MilestoneMove),
        Told("projects", District, (), (*_texts("name", "profile", "location"), "boundary"), added=False),
        Told("figures", Figure, ("visibility", "chosen", *VALUE)),
        Told("figures", Claim, ("visibility", "chosen", *_texts("text"))),
        Told("figures", PublishedFigure, ("visibility",)),
        Told("land", LandPlot, ("visibility",), (*_texts("name"), "area_ha", "geometry")),
        Told("land", Opportunity, ("visibility", "state"), _texts("name")),
        Told("investors", Investor, ("visibility", "stage"), _texts("profile")),
        Told("investors", Organisation, ("visibility",), _texts("name")),
        Told("investors", Talk, ("visibility", *_texts("outcome")), _texts("subject")),
        Told("meetings", Meeting, ("visibility",), (*_texts("title", "place"), "held_day")),
        Told("meetings", Instruction, ("visibility", "state", "due"), _texts("text", "later")),
        Told("projects", Publication, ("taken_down_at",), added=False),
        Told("sources", Source, (), ("publisher", "title", "addresses", "published_day")),
        Told("sources", Document, ("visibility",), (*_texts("name"), "file_id")),
        Told("sources", LegalAct, (), (*_texts("title"), "number", "signed_on")),
    )
}
#: What the entry of a load counts, in this order; the rest are parts of these.
COUNTED = (Project, Investor, Organisation, Instruction, Meeting, Figure, Claim, LegalAct, Source)
CHOSEN = [Figure._meta.db_table, Claim._meta.db_table]


def of_kind(kind: str) -> dict[str, Told]:
    return {table: told for table, told in TOLD.items() if kind in ("", told.kind)}


@dataclass
class Found:
    """Entries that are told one by one, each with `about` (what the reader may know of it), and what loads wrote.

    `floor` is the place down to which the ledger was read; 0 is its beginning.
    """

    singles: list[Change]
    loads: list["Load"]
    floor: int = 0


@dataclass
class Load:
    """What one run has written anew or brought up to date: numbers of rows by table, and the last of its entries."""

    at: datetime
    actor: str
    op: str
    place: int
    numbers: dict[str, int]

    def lies_within(self, floor: int, below: int | None) -> bool:
        return self.place >= floor and (below is None or self.place < below)


def entries(user: Any, limit: int, below: int | None, kind: str = "", district: Any = None) -> Found:
    """At least the newest `limit` below a place, as far as the reader may know of them; two queries a window."""
    rows = _within(_worth_telling(user, kind), district)
    rows = rows.annotate(instead=_instead(user)).order_by("-id")
    found = Found([], [])
    for _window in range(WINDOWS):
        window = list((rows if below is None else rows.filter(id__lt=below))[:WINDOW])
        floor = found.floor = window[-1].pk if len(window) == WINDOW else 0
        loads = [] if district else [_loads(user, kind, below, floor)]
        singles, written = _read(window, loads, user)
        found.singles.extend(singles)
        found.loads.extend(load for load in written if load.lies_within(floor, below))
        if floor == 0 or len(found.singles) >= limit:
            break
        below = floor
    return found


def _loads(user: Any, kind: str, below: int | None, floor: int) -> QuerySet[Change]:
    """What each load has written, table by table, as far as the reader may see it, with its last entry."""
    tables = [model for model in COUNTED if kind in ("", TOLD[model._meta.db_table].kind)]
    rows = Change.objects.filter(verb__in=BULK, relation__in=[model._meta.db_table for model in tables])
    here = rows.filter(id__gte=floor) if below is None else rows.filter(id__gte=floor, id__lt=below)
    visible = Q(pk__in=[])
    for model in tables:
        seen = (
            Q() if model in (LegalAct, Source) else Q(row_key__in=model.objects.visible_to(user).values("pk"))
        )
        visible |= Q(relation=model._meta.db_table) & seen
    rows = _open_then(rows, user).filter(visible, xid__in=here.values("xid")).exclude(op=Operation.REMOVED)
    told = JSONObject(xid="xid", at="at", actor="actor", op="op", number=Count("pk"), last=Max("id"))
    return rows.order_by().values("xid", "at", "actor", "relation", "op").annotate(json=told)


def _worth_telling(user: Any, kind: str) -> QuerySet[Change]:
    by_hand = ~Q(verb__in=BULK)
    wanted = Q(pk__in=[])
    for table, told in of_kind(kind).items():
        entries = Q(op=Operation.CHANGED, old__has_any_keys=list(told.events))
        entries |= by_hand & Q(op=Operation.CHANGED, old__has_any_keys=list(told.amended))
        if told.added:
            entries |= (Q() if told.model is MilestoneMove else by_hand) & Q(op=Operation.CREATED)
        if sees_everything(user):
            entries |= by_hand & Q(op=Operation.REMOVED)
        wanted |= Q(relation=table) & entries
    first_stage = Q(relation=StageChange._meta.db_table, new__from_status="")  # told with the project
    draft = Q(relation=Opportunity._meta.db_table, new__state=OpportunityState.DRAFT)  # told when it opens
    return _open_then(Change.objects.filter(wanted).exclude(first_stage | draft), user)


def _open_then(rows: QuerySet[Change], user: Any) -> QuerySet[Change]:
    """Without what was not published when it was written, an embargo included; that it was lifted is told then."""
    if sees_everything(user):
        return rows
    published = [table for table, told in TOLD.items() if told.published]
    since = Cast(KeyTextTransform("published_at", "new"), DateTimeField())
    rows = rows.annotate(level=KeyTextTransform("visibility", "new"), since=since)
    by_then = Q(since=None) | Q(since__lte=F("at")) | Q(since__lte=ReadAt(), old__has_key="visibility")
    return rows.filter(
        ~Q(relation__in=published) | (Q(level__in=levels_open_to(user)) & by_then),
        ~Q(relation__in=CHOSEN) | Q(new__chosen=True),
    )


def _within(rows: QuerySet[Change], district: Any) -> QuerySet[Change]:
    """Entries about a district and what is in it."""
    if district is None:
        return rows
    here = Project.objects.filter(district=district)
    key = Cast(KeyTextTransform("project_id", "new"), BigIntegerField())
    return rows.annotate(project=key).filter(
        Q(new__district_id=district.pk)
        | Q(project__in=here.values("pk"))
        | Q(relation=District._meta.db_table, row_key=district.pk)
        | Q(
            relation=MilestoneMove._meta.db_table,
            row_key__in=MilestoneMove.objects.filter(milestone__project__in=here).values("pk"),
        )
    )


def _read(window: list[Change], loads: list[QuerySet], user: Any) -> tuple[list[Change], list[Load]]:
    """What the reader may know of these entries, and of the loads among them: one query for all."""
    keys: dict[str, set[int]] = {}
    for row in window:
        keys.setdefault(row.relation, set()).add(row.row_key)
    subjects = [
        subject_of(TOLD[table].model, user)
        .filter(pk__in=found)
        .annotate(table=Value(table, TextField()), key=F("pk"))
        for table, found in keys.items()
    ]
    written = [load.annotate(table=F("relation"), key=Value(0, BigIntegerField())) for load in loads]
    parts = [part.order_by().values_list("table", "key", "json") for part in (*subjects, *written)]
    rows = list(parts[0].union(*parts[1:], all=True).order_by() if len(parts) > 1 else chain(*parts))
    known = {(table, key): json for table, key, json in rows if key}
    for row in window:
        row.about = known.get((row.relation, row.row_key))
    numbered = [(table, json) for table, key, json in rows if not key]
    return [row for row in window if _is_readable(row, user)], _gathered(numbered)


def _gathered(numbered: Iterable[tuple[str, dict[str, Any]]]) -> list[Load]:
    """The numbers of one run together; what it added apart from what it brought up to date."""
    loads: dict[tuple[str, str], Load] = {}
    for table, told in numbered:
        at = datetime.fromisoformat(told["at"])
        load = loads.setdefault((told["xid"], told["op"]), Load(at, told["actor"], told["op"], 0, {}))
        load.numbers[table] = told["number"]
        load.place = max(load.place, told["last"])
    return list(loads.values())


def _is_readable(row: Any, user: Any) -> bool:
    if sees_everything(user):
        return row.about is not None or row.op == Operation.REMOVED
    return row.about is not None and all(
        was_open(row.about[f"{owner}_was"], row, levels_open_to(user))
        for owner in OWNERS
        if row.about.get(owner)
    )


def was_open(history: Iterable[dict[str, Any]], row: Change, levels: Collection[str]) -> bool:
    """Whether a thing was open to these levels when the entry was written, by what it was last set to before."""
    before = [step for step in history if step["place"] < row.pk]
    return bool(before) and before[-1]["level"] in levels and began(before[-1]["since"], row.at) <= row.at


def began(since: str | None, at: datetime) -> datetime:
    """When what was written at this moment became public: then, or at the end of its embargo."""
    return max(at, datetime.fromisoformat(since)) if since else at


def _instead(user: Any) -> Case:
    """Of a figure that was chosen: the one that was shown before, if that is published still."""
    given_up = Change.objects.filter(
        relation=Figure._meta.db_table,
        xid=OuterRef("xid"),
        id__lt=OuterRef("id"),
        op=Operation.CHANGED,
        old__chosen=True,
    ).exclude(row_key=OuterRef("row_key"))
    for column in ("measure", "district_id", "project_id"):
        theirs, ours = (
            Coalesce(KeyTextTransform(column, row), Value(""), output_field=TextField())
            for row in ("new", OuterRef("new"))
        )
        given_up = given_up.annotate(**{f"its_{column}": theirs}).filter(**{f"its_{column}": ours})
    open_now = Q()
    if not sees_everything(user):
        published = Figure.objects.filter(shown_to(user), pk=OuterRef("row_key"))
        open_now = Q(Exists(published))
    last = given_up.order_by("-id").values(told=Case(When(open_now, then="new")) if open_now else F("new"))
    chosen = Q(relation=Figure._meta.db_table, op=Operation.CHANGED, new__chosen=True)
    return Case(When(chosen, then=Subquery(last[:1])), output_field=JSONField())
