"""Loads the data files of the portal into its registers; `core.merging` says what happens to corrections by hand.

A record of a file uses the names of its model's fields: {code: gate, name: {kk: …, ru: …, en: …}, as_of: "2025-09-29",
sources: [SEED, S1]}. Other rows are named by their code. Each app loads its own models, with its own files.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from django.db import models

from core.dates import PartialDate
from core.merging import Correction, Merged, Removal, Table, Wanted, recall, value_of
from core.models import CalendarDay, LegalAct, LegalActSource, LegalActStage, Source
from core.text import Text

DATA = Path(__file__).parent / "data"

Record = Mapping[str, Any]


class Gone(LookupError):
    """A record refers to a row that somebody removed."""


class Loading:
    """One run of a loader: the rows it has met, by their code, and what it has to tell."""

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
    ) -> Merged:
        """Bring the records into the model's table; a record whose parent somebody removed is passed over."""
        table = Table(model, self.actor, key, only_new)
        wanted = [self._wanted(table, record, key) for record in records]
        merged = table.merge([want for want in wanted if want])
        found = iter(merged.rows)
        merged.rows = [next(found) if want else None for want in wanted]
        if "code" in key:
            self._remember(model, wanted, merged.rows)
        self.kept += merged.kept
        self.written += merged.created + len(merged.updates)
        if label:
            self.counts[label] = self.counts.get(label, 0) + sum(row is not None for row in merged.rows)
        return merged

    def load_parts(
        self,
        model: type[models.Model],
        owner: str,
        owners: Iterable[int],
        records: Iterable[Record],
        *,
        key: Sequence[str],
    ) -> Merged:
        """Load what belongs to the owners; what the loader once wrote for them and the file no longer has, goes."""
        merged = self.load(model, records, key=key)
        wanted = {row.pk for row in merged.rows if row is not None}
        owned = set(owners)
        ours = [pk for pk, row in recall(model, self.actor).items() if row.get(f"{owner}_id") in owned]
        if dropped := set(ours) - wanted:
            self.written += model._base_manager.filter(pk__in=dropped).delete()[0]
        return merged

    def load_cited(
        self,
        model: type[models.Model],
        citation: type[models.Model],
        records: Iterable[Record],
        **options: Any,
    ) -> Merged:
        """Load records with `sources`: the first is the row's own source, the others are cited."""
        records = list(records)
        sources = [list(record.get("sources") or []) for record in records]
        merged = self.load(model, map(_with_first_source, records), **options)
        owner = next(f.name for f in citation._meta.concrete_fields if f.related_model is model)
        rows = [row for row in merged.rows if row is not None]
        others = [
            {owner: row.pk, "source": source}
            for row, codes in zip(merged.rows, sources, strict=True)
            if row is not None
            for source in codes[1:]
        ]
        self.load_parts(citation, owner, [row.pk for row in rows], others, key=(owner, "source"))
        return merged

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

    def _wanted(self, table: Table, record: Record, key: Sequence[str]) -> Wanted | None:
        try:
            columns = dict(self._columns(table, record))
        except Gone:
            return None
        return Wanted(" ".join(str(record.get(name, columns.get(name))) for name in key), columns)

    def _columns(self, table: Table, record: Record) -> Iterator[tuple[str, Any]]:
        """The columns of a record: a code becomes a key, a text three columns, a partial date three."""
        for name, value in record.items():
            if column := table.fields.get(name):
                if column.is_relation:
                    value = self.find(column.related_model, value)
                yield column.attname, value_of(column, value)
            elif f"{name}_day" in table.fields:
                date = _partial_date(value)
                yield from ((f"{name}_{part}", getattr(date, part)) for part in ("day", "precision", "text"))
            elif f"{name}_kk" in table.fields:
                yield from (
                    (f"{name}_{language}", text) for language, text in Text.of(value)._asdict().items()
                )
            else:
                raise KeyError(f"{table.model.__name__} has no {name!r}")

    def _remember(self, model: type[models.Model], wanted: list[Wanted | None], rows: list[Any]) -> None:
        codes = self._codes.setdefault(model, {})
        for want, row in zip(wanted, rows, strict=True):
            if want:
                codes[want.columns["code"]] = row and row.pk


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def apart(records: Iterable[Record], *names: str) -> list[Record]:
    """The records without what belongs to other tables."""
    return [{name: value for name, value in record.items() if name not in names} for record in records]


def parts(records: Iterable[Record], name: str, owner: str) -> list[Record]:
    """What stands below the records under a name, each part with the code of its owner."""
    return [{owner: record["code"], **part} for record in records for part in record.get(name) or []]


def load(loading: Loading) -> None:
    """Sources, legal acts and the working calendar."""
    loading.load(Source, read(DATA / "sources.yaml"), label="sources")
    acts = read(DATA / "legal_acts.yaml")
    loading.load_cited(LegalAct, LegalActSource, apart(acts, "stages"), label="legal acts")
    stages = parts(acts, "stages", "act")
    loading.load(LegalActStage, stages, key=("act", "in_force_on"), label="stages of entry into force")
    loading.load(CalendarDay, read(DATA / "calendar.yaml"), key=("date",), label="calendar days")


def _with_first_source(record: Record) -> Record:
    sources = record.get("sources") or [None]
    return {**{name: value for name, value in record.items() if name != "sources"}, "source": sources[0]}


def _partial_date(value: Any) -> PartialDate:
    """“2024-06”, or {date: "2024-06", text: "June 2024"} where the source prints it otherwise."""
    if not isinstance(value, Mapping):
        return PartialDate.parse(value)
    date = PartialDate.parse(value.get("date"))
    return PartialDate(date.day, date.precision, value["text"])
