"""A whole register in the formats beside JSON: the same rows, visibility, filters and order.

A file is written first and sent afterwards: an error is a problem document rather than half a file, and a slow reader
holds no connection of the database.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NamedTuple

import shapely
from django.db import models
from rest_framework.renderers import BaseRenderer

from core.api.columns import Cell, Table
from core.api.fields import NUMBER
from core.api.spreadsheet import write_xlsx

IN_MEMORY = 2_000_000
ROWS_AT_ONCE = 500


class Format(NamedTuple):
    """How a register is written, and as what it is sent."""

    media_type: str
    write: Callable[[Table, IO[bytes]], None]
    parameters: str = ""

    @property
    def content_type(self) -> str:
        return self.media_type + self.parameters

    def renderer(self) -> BaseRenderer:
        """What content is negotiated with; it renders nothing."""
        return type("FileRenderer", (BaseRenderer,), {"media_type": self.media_type, "format": ""})()


def passing(rows: Iterator[models.Model]) -> Iterator[models.Model]:
    """The same rows, each chunk let go when it is over.

    What was prefetched refers to its owner, and he to it: such rings wait for a full collection of garbage, which is
    rare in a large process, and a long register would be in memory as a whole until then.
    """
    chunk: list[models.Model] = []
    for row in rows:
        if len(chunk) == ROWS_AT_ONCE:
            _let_go(chunk)
            chunk = []
        chunk.append(row)
        yield row
    _let_go(chunk)


def _let_go(rows: Iterable[Any]) -> None:
    """Open the rings of rows that nobody reads any more: prefetched lists, and what leads back from them."""
    for row in rows:
        held = list(row.__dict__.pop("_prefetched_objects_cache", {}).values())
        held += [value for value in row.__dict__.values() if isinstance(value, list)]
        row._state.fields_cache.clear()
        for several in held:
            found = getattr(several, "_result_cache", several) or ()
            _let_go(one for one in found if isinstance(one, models.Model))


def written(table: Table, as_what: Format) -> IO[bytes]:
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the response closes it
    try:
        as_what.write(table, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def safe(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front; a number stays one."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str) and cell[:1] in set("=+-@\t\r\n") - {""} and not re.fullmatch(NUMBER, cell):
        return f"'{cell}"
    return cell


#: Where a spreadsheet that splits at semicolons or tabs would begin a cell; a list with hyphens stays one.
WITHIN = re.compile(r"([;\t])(?=[=+\-@])|([\r\n])(?=[=+@]|-\S)")


def safe_within(cell: Cell) -> Cell:
    """Excel in Kazakh and Russian splits a CSV at semicolons, and does not heed the quotes of another separator."""
    return WITHIN.sub(r"\g<0>'", cell) if isinstance(cell, str) else cell


def write_csv(table: Table, file: IO[bytes]) -> None:
    """RFC 4180 in UTF-8, without a byte order mark; the header holds the names of the fields."""
    text = TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    out = csv.writer(text)
    out.writerow(column.name for column in table.columns)
    out.writerows([safe_within(safe(column.read(row))) for column in table.columns] for row in table.rows)
    text.detach()


def write_geojson(table: Table, file: IO[bytes]) -> None:
    """A FeatureCollection (RFC 7946), a feature a line; what has no known place has no geometry."""
    columns = [column for column in table.columns if column.name != table.geometry]
    file.write(b'{"type": "FeatureCollection", "name": %s, "features": [' % _json(table.title))
    for place, row in enumerate(table.rows):
        feature = {
            "type": "Feature",
            "id": row[table.key],
            "geometry": outwards(row[table.geometry]),
            "properties": {column.name: column.read(row) for column in columns},
        }
        file.write((b",\n" if place else b"\n") + _json(feature))
    file.write(b"\n]}\n")


def outwards(geometry: Any) -> Any:
    """Outer rings against the clock, as RFC 7946 wants them."""
    if geometry is None:
        return None
    return json.loads(shapely.to_geojson(shapely.orient_polygons(shapely.geometry.shape(geometry))))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


FORMATS = {
    "csv": Format("text/csv", write_csv, "; charset=utf-8; header=present"),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "geojson": Format("application/geo+json", write_geojson),
}
