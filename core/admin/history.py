"""History that can be read: who did what to a thing, when and why, and what changed by it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import CharField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils import formats
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.choices import Operation
from core.models import Change

#: What the verbs of the ledger are called; an app adds its own.
VERBS: dict[str, Any] = {
    "add": gettext_lazy("added"),
    "amend": gettext_lazy("amended"),
    "remove": gettext_lazy("removed"),
    "load": gettext_lazy("loaded from sources"),
    "import": gettext_lazy("imported from a table"),
    "set_visibility": gettext_lazy("set the visibility"),
    "erase": gettext_lazy("erased personal data"),
    "make_ready": gettext_lazy("made it ready to publish"),
    "publish": gettext_lazy("published it"),
    "send_back": gettext_lazy("sent it back"),
    "take_down": gettext_lazy("took it down"),
    "save_draft": gettext_lazy("changed the draft"),
    "discard_draft": gettext_lazy("discarded the draft"),
    "confirm_translations": gettext_lazy("confirmed the translations"),
    "sql": gettext_lazy("changed in the database"),
}
#: Verbs of a save as a whole: of each row in it the ledger knows better what was done.
SAVES = {"add", "amend"}
DONE = {
    Operation.CREATED: VERBS["add"],
    Operation.CHANGED: VERBS["amend"],
    Operation.REMOVED: VERBS["remove"],
}
#: What the machine keeps for itself.
KEPT = {"id", "version", "created_at", "updated_at"}
NOTHING = (None, "", [], {})

#: What a row of a part is called, where the model has no name for its readers; filled by the parts themselves.
PART_NAMES: dict[type[models.Model], Any] = {}

type Part = tuple[type[models.Model], models.ForeignKey]
type Names = dict[tuple[type[models.Model], Any], str]


@dataclass
class Entry:
    """One change, ready to be read."""

    at: Any
    who: str
    verb: str
    note: str
    what: str
    op: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)


def history_of(thing: models.Model, parts: Iterable[Part] = ()) -> models.QuerySet[Change]:
    """Changes of the object and of its parts, those that left it too, newest first."""
    wanted = Q(relation=thing._meta.db_table, row_key=thing.pk)
    for relation, keys in _keys_of_parts(thing, parts).items():
        wanted |= Q(relation=relation, row_key__in=keys)
    return Change.objects.filter(wanted).order_by("-at", "-id")


def _keys_of_parts(thing: models.Model, parts: Iterable[Part]) -> dict[str, set[int]]:
    """By table, in one query: the parts there are, and those that the ledger saw go. The ledger is asked by index."""
    found = []
    for part, key in parts:
        named = Value(part._meta.db_table, CharField())
        there = part._base_manager.order_by().filter(**{key.name: thing}).annotate(table=named, key=F("pk"))
        gone = Change.objects.filter(relation=part._meta.db_table, old__contains={key.column: thing.pk})
        found += [
            there.values_list("table", "key"),
            gone.annotate(table=named, key=F("row_key")).values_list("table", "key"),
        ]
    keys: dict[str, set[int]] = {}
    if found:
        for table, number in found[0].union(*found[1:]).order_by():
            keys.setdefault(table, set()).add(number)
    return keys


def verb_of(change: Change) -> str:
    """In words: of a save row by row, what was added, amended, removed."""
    if change.verb in SAVES:
        return str(DONE[Operation(change.op)])
    return str(VERBS.get(change.verb, change.verb))


def said_by(actor: models.F) -> Subquery:
    """The name of the person behind an actor, for lists of changes; nothing for machines."""
    named = Coalesce(NullIf("full_name", Value("")), "username")
    people = get_user_model()._base_manager.annotate(
        actor=Concat(Value("user:"), Cast("pk", CharField())), named=named
    )
    return Subquery(people.filter(actor=OuterRef(actor.name)).values("named")[:1])


def entries(changes: Iterable[Change]) -> list[Entry]:
    """The changes in words; names of what they point at are fetched a model at a time."""
    changes = list(changes)
    names = _names(changes)
    return [
        Entry(
            at=change.at,
            who=who_is(change.actor, names),
            verb=verb_of(change),
            note=change.note,
            what=called(change),
            op=change.op,
            lines=list(_lines(change, names)),
        )
        for change in changes
    ]


@cache
def _model_of(relation: str) -> type[models.Model] | None:
    return next(
        (model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == relation),
        None,
    )


@cache
def _columns(model: type[models.Model]) -> dict[str, models.Field]:
    return {column.column: column for column in model._meta.concrete_fields if not column.generated}


def table_of(change: Change) -> type[models.Model] | None:
    """The model whose row changed."""
    return _model_of(change.relation)


def _touched(change: Change) -> list[str]:
    """Columns worth a line: those that changed, or those that a new or a removed row filled."""
    if change.op == Operation.CHANGED:
        return [column for column in change.old or {} if column not in KEPT]
    row = change.new or change.old or {}
    return [column for column, value in row.items() if column not in KEPT and value not in NOTHING]


def _names(changes: list[Change]) -> Names:
    wanted: dict[type[models.Model], set[Any]] = {}
    for change in changes:
        kind, _colon, key = change.actor.partition(":")
        if kind == "user" and key.isdigit():
            wanted.setdefault(get_user_model(), set()).add(int(key))
        model = _model_of(change.relation)
        for column in _touched(change) if model else ():
            target = getattr(_columns(model).get(column), "related_model", None)
            if target:
                values = {(row or {}).get(column) for row in (change.old, change.new)}
                wanted.setdefault(target, set()).update(values - {None})
    return {
        (model, key): str(row)
        for model, keys in wanted.items()
        for key, row in model._base_manager.in_bulk(keys).items()
    }


def who_is(actor: str, names: Names) -> str:
    """An actor of the ledger in words; `names` knows the people."""
    kind, _colon, key = actor.partition(":")
    if kind == "user" and key.isdigit():
        return names.get((get_user_model(), int(key)), actor)
    words = {
        "client": _("API client %(name)s"),
        "system": _("the system (%(name)s)"),
        "sql": _("the database (%(name)s)"),
    }
    return words[kind] % {"name": key} if kind in words else actor


def called(change: Change) -> str:
    """What kind of row changed."""
    model = _model_of(change.relation)
    return str(PART_NAMES.get(model) or model._meta.verbose_name) if model else change.relation


def _lines(change: Change, names: Names) -> Iterable[tuple[str, str, str]]:
    model = _model_of(change.relation)
    columns = _columns(model) if model else {}
    for name in _touched(change):
        if model and name not in columns:
            continue  # generated, or a column of another time
        column = columns.get(name)
        label = (
            _(str(column.verbose_name)) if column else name
        )  # of a table that only joins Django made it up
        old, new = ((row or {}).get(name) for row in (change.old, change.new))
        yield label, _shown(column, old, names), _shown(column, new, names)


def _shown(column: models.Field | None, value: Any, names: Names) -> str:
    if value in NOTHING:
        return "—"
    if value == "…":
        return "«…»"
    if column is None:
        return str(value)
    if column.related_model:
        return names.get((column.related_model, value), f"#{value}")
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return _plain(column, value)


def _plain(column: models.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(column, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return formats.date_format(localtime(moment), "SHORT_DATETIME_FORMAT")
    if isinstance(column, models.DateField) and (day := parse_date(str(value))):
        return formats.date_format(day, "SHORT_DATE_FORMAT")
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        words = dict(getattr(getattr(column, "base_field", None), "flatchoices", ()))
        return ", ".join(str(words.get(item, item)) for item in value)
    return str(value)
