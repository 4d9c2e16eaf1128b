"""The table against its own Table Schema, and the description of its file against the file."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from alatau_portal.open_data.checks.reading import Files

NAME = "projects.csv"


def _number(cell: str) -> bool:
    try:
        return Decimal(cell).is_finite()
    except InvalidOperation:
        return False


def _by(read: Callable[[str], Any]) -> Callable[[str], bool]:
    def judge(cell: str) -> bool:
        try:
            read(cell)
        except ValueError:
            return False
        return True

    return judge


KINDS: dict[str, Callable[[str], bool]] = {
    "string": lambda cell: True,
    "number": _number,
    "integer": lambda cell: re.fullmatch(r"-?\d+", cell) is not None,
    "boolean": lambda cell: cell in ("true", "false"),
    "date": _by(date.fromisoformat),
    "datetime": _by(datetime.fromisoformat),
}


def faults(files: Files) -> Iterator[str]:
    fields = files.schema["fields"]
    if files.header != [field["name"] for field in fields]:
        yield f"{NAME}: the header is not what datapackage.json says"
        return
    if not files.rows:
        yield f"{NAME}: has no rows"
    for field in fields:
        for number, row in enumerate(files.rows, 2):
            if fault := _of_cell(row[field["name"]], field):
                yield f"{NAME}: line {number}, {field['name']}: {fault}"
    key = files.schema["primaryKey"]
    yield from (
        f"{NAME}: {key} {one} stands twice" for one, n in Counter(r[key] for r in files.rows).items() if n > 1
    )
    body = files.made[NAME]
    if (files.table["bytes"], files.table["hash"]) != (len(body), f"sha256:{sha256(body).hexdigest()}"):
        yield f"datapackage.json: size or hash is not that of {NAME}"


def _of_cell(cell: str, field: dict[str, Any]) -> str:
    rules = field.get("constraints", {})
    if cell == "":
        return "is required" if rules.get("required") else ""
    if not KINDS[field["type"]](cell):
        return f"{cell!r} is no {field['type']}"
    if "enum" in rules and cell not in rules["enum"]:
        return f"{cell!r} is not in the list of codes"
    if "pattern" in rules and not re.fullmatch(rules["pattern"], cell):
        return f"{cell!r} is not of the shape"
    if field.get("format") == "uri" and not re.fullmatch(r"https?://\S+", cell):
        return f"{cell!r} is no address"
    return ""
