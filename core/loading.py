"""Loads rows from data files, again and again, without undoing what people have done since.

A row is found by its natural key. What a column holds now is compared with what the loader itself last wrote there,
which the ledger knows. Equal: the file may say something new. Different: somebody has corrected it; it stays, and is
reported. A row that somebody removed is not made again; a row that somebody added is left alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.db import models
from django.db.models import Q

from core.choices import Operation
from core.dates import PartialDate
from core.models import CalendarDay, Change, LegalAct, LegalActSource, LegalActStage, Source
from core.text import Text

DATA = Path(__file__).parent / "data"
#: The database keeps these itself.
KEPT_BY_DATABASE = {"id", "created_at", "updated_at", "version"}

Record = Mapping[str, Any]


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


class Gone(LookupError):
    """A record refers to a row that somebody removed."""


@dataclass(frozen=True)
class Correction:
    """Somebody changed what the loader had written, and the file says something else still."""

    row: str
    column: str
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        return f"kept as corrected: {self.row}: {self.column} is {self.theirs!r}, the file says {self.ours!r}"


@dataclass(frozen=True)
class Removal:
    """Somebody removed a row that the file still has."""

    row: str

    def __str__(self) -> str:
        return f"kept as removed: {self.row}"


@dataclass(frozen=True)
class Update:
    row: Any
    old: dict[str, Any]


@dataclass
class Loaded:
    """Rows in the order of their records (None where the row is gone), and what was updated."""

    rows: list[Any] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)


class Loading:
    """One run of a loader: the rows it has seen by their code, and what it has to tell."""

    def __init__(self, actor: str) -> None:
        self.actor = actor
        self.counts: dict[str, int] = {}
        self.written = 0
        self.kept: list[Correction | Removal] = []
        self._codes: dict[type[models.Model], dict[str, int | None]] = {}

    def load(
        self,
        model: type[models.Model],
        records: Iterable[Record],
        *,
        key: Sequence[str] = ("code",),
        label: str = "",
        only_new: Iterable[str] = (),
    ) -> Loaded:
        """Bring the rows of the records into the table. Columns in `only_new` are written once, at the beginning."""
        table = _Table(model, self.actor, key, set(only_new))
        wanted = [self._columns(table, record) for record in records]
        loaded = table.bring([columns for columns in wanted if columns is not None])
        found = iter(loaded.rows)
        loaded.rows = [None if columns is None else next(found) for columns in wanted]
        if key == ("code",):
            self._remember(model, wanted, loaded.rows)
        self.kept += table.kept
        self.written += table.written
        if label:
            self.counts[label] = self.counts.get(label, 0) + sum(row is not None for row in loaded.rows)
        return loaded

    def load_cited(
        self, model: type[models.Model], records: Iterable[Record], citation: type[models.Model], **kwargs: Any
    ) -> Loaded:
        """Load records with `sources`: the first is the row's source, the others are cited."""
        records = list(records)
        lists = [record.get("sources") or [] for record in records]
        plain = [
            {**_without(record, "sources"), **({"source": sources[0]} if sources else {})}
            for record, sources in zip(records, lists, strict=True)
        ]
        loaded = self.load(model, plain, **kwargs)
        owner = next(f.name for f in citation._meta.concrete_fields if f.related_model is model)
        cited = [
            {owner: row.pk, "source": source}
            for row, sources in zip(loaded.rows, lists, strict=True)
            if row is not None
            for source in sources[1:]
        ]
        self.load_parts(citation, owner, [row.pk for row in loaded.rows if row], cited, key=(owner, "source"))
        return loaded

    def load_parts(
        self,
        model: type[models.Model],
        owner: str,
        owners: Iterable[int],
        records: Iterable[Record],
        *,
        key: Sequence[str],
        **kwargs: Any,
    ) -> Loaded:
        """Load what belongs to the owners; what the loader once wrote for them and the file no longer has, goes."""
        loaded = self.load(model, records, key=key, **kwargs)
        wanted = {row.pk for row in loaded.rows if row is not None}
        column = model._meta.get_field(owner).attname  # type: ignore[union-attr]
        ours = {
            pk
            for pk, values in _recall(model, self.actor).items()
            if values.get(column) in set(owners) and pk not in wanted
        }
        self.written += model._base_manager.filter(pk__in=ours).delete()[0] if ours else 0
        return loaded

    def find(self, model: type[models.Model], code: Any) -> Any:
        """The key of a row by its code in the files; a number is a key already."""
        if code is None or isinstance(code, int):
            return code
        found = self._codes.get(model, {})
        if code not in found:
            raise KeyError(f"no {model.__name__} {code!r} in the data files")
        if found[code] is None:
            raise Gone(code)
        return found[code]

    def _columns(self, table: "_Table", record: Record) -> dict[str, Any] | None:
        try:
            return dict(table.columns(record, self))
        except Gone:
            return None

    def _remember(
        self, model: type[models.Model], wanted: list[dict[str, Any] | None], rows: list[Any]
    ) -> None:
        codes = self._codes.setdefault(model, {})
        for columns, row in zip(wanted, rows, strict=True):
            if columns is not None:
                codes[columns["code"]] = row and row.pk


class _Table:
    """One table while it is loaded."""

    def __init__(
        self, model: type[models.Model], actor: str, key: Sequence[str], only_new: set[str]
    ) -> None:
        self.model = model
        self.fields: dict[str, Any] = {f.name: f for f in model._meta.concrete_fields}
        self.key = [self.fields[name].attname for name in key]
        self.ours: dict[str, Any] = {
            f.attname: f
            for f in model._meta.concrete_fields
            if not f.generated and f.name not in KEPT_BY_DATABASE | only_new
        }
        self.memory = {
            pk: {c: _value(f, raw[c]) for c, f in self.ours.items() if c in raw}
            for pk, raw in _recall(model, actor).items()
        }
        self.kept: list[Correction | Removal] = []
        self.written = 0

    def columns(self, record: Record, loading: Loading) -> Iterator[tuple[str, Any]]:
        """The columns of a record: codes become keys, a text three columns, a partial date three."""
        for name, value in record.items():
            if column := self.fields.get(name):
                if column.is_relation:
                    value = loading.find(column.related_model, value)
                yield column.attname, _value(column, value)
            elif f"{name}_day" in self.fields:
                date = _partial_date(value)
                yield from ((f"{name}_{part}", getattr(date, part)) for part in ("day", "precision", "text"))
            elif f"{name}_kk" in self.fields:
                yield from ((f"{name}_{tongue}", text) for tongue, text in Text.of(value)._asdict().items())
            else:
                raise KeyError(f"{self.model.__name__} has no {name!r}")

    def bring(self, wanted: list[dict[str, Any]]) -> Loaded:
        present = self._present(wanted)
        by_hand = {self._key(row.__dict__): pk for pk, row in present.items()}
        by_loader = {self._key(values): pk for pk, values in self.memory.items()}
        loaded, new = Loaded(), []
        for columns in wanted:
            key = self._key(columns)
            row = present.get(by_loader.get(key, by_hand.get(key, 0)), present.get(by_hand.get(key, 0)))
            if row is not None:
                loaded.updates += self._compare(row, columns)
            elif key in by_loader:
                self.kept.append(Removal(self._name(key)))
            else:
                row = self.model(**columns)
                new.append(row)
            loaded.rows.append(row)
        self._write(loaded.updates, new)
        return loaded

    def _present(self, wanted: list[dict[str, Any]]) -> dict[int, Any]:
        first = {columns[self.key[0]] for columns in wanted}
        rows = self.model._base_manager.filter(Q(pk__in=list(self.memory)) | Q(**{f"{self.key[0]}__in": first}))
        return {row.pk: row for row in rows}

    def _key(self, columns: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(columns.get(name) for name in self.key)

    def _name(self, key: Iterable[Any]) -> str:
        return " ".join([self.model._meta.db_table, *map(str, key)])

    def _compare(self, row: Any, given: dict[str, Any]) -> Iterator[Update]:
        """Take over what the file says anew; keep and report what somebody corrected."""
        last, old = self.memory.get(row.pk, {}), {}
        for name, column in self.ours.items():
            default = column.get_default()
            want, have = given.get(name, default), getattr(row, name)
            if have == want:
                continue
            if name in last and have == last[name]:
                old[name] = have
                setattr(row, name, want)
            elif name in given or last.get(name, default) != default:
                self.kept.append(Correction(self._name(self._key(given)), name, want, have))
        if old:
            yield Update(row, old)

    def _write(self, updates: list[Update], new: list[Any]) -> None:
        # What is given up comes before what is taken, so that "one chosen" never meets two.
        for update in sorted(updates, key=lambda u: any(getattr(u.row, name) is True for name in u.old)):
            update.row.save(update_fields=list(update.old))
        self.model._base_manager.bulk_create(new)
        self.written += len(updates) + len(new)


def _recall(model: type[models.Model], actor: str) -> dict[int, dict[str, Any]]:
    """What the actor last wrote into each row of the table, by the ledger; rows it removed itself are forgotten."""
    rows: dict[int, dict[str, Any]] = {}
    entries = Change.objects.filter(relation=model._meta.db_table, actor=actor).order_by("id")
    for pk, op, new, old in entries.values_list("row_key", "op", "new", "old"):
        if op == Operation.REMOVED:
            rows.pop(pk, None)
        elif op == Operation.CREATED:
            rows[pk] = new
        else:
            rows.setdefault(pk, {}).update({column: new[column] for column in old})
    return rows


def _value(column: Any, raw: Any) -> Any:
    """A value of a file or of the ledger as the model holds it (a decimal must not pass through a float)."""
    return column.to_python(str(raw) if isinstance(raw, float) else raw)


def _partial_date(value: Any) -> PartialDate:
    """“2024-06”, or {date: "2024-06", text: "June 2024"} where the source prints it otherwise."""
    if not isinstance(value, dict):
        return PartialDate.parse(value)
    date = PartialDate.parse(value.get("date"))
    return PartialDate(date.day, date.precision, value["text"])


def _without(record: Record, *names: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in names}
