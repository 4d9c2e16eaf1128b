"""Rows of a table of instructions: what is to be done, by whom, by when."""

import re

from tasks.reading.blocks import Block, is_number_only
from tasks.reading.bodies import bodies
from tasks.reading.dates import days
from tasks.reading.names import Named
from tasks.reading.terms import terms
from tasks.reading.text import Text

_COLUMNS = {
    "task": re.compile(
        r"поручени|содержани|мероприяти|задач|наименовани|решени|что |суть|текст|тапсырма"
        r"|іс-шара|мазмұн|шешім|атауы|не істе|мәтін|жұмыс"
    ),
    "along": re.compile(r"соисполнит|(?:тең|бірлес\w*)\s+орындау"),
    "who": re.compile(r"ответствен|исполнител|кто(?!\w)|кому|орган|жауапты|орындаушы|кім|свод"),
    "when": re.compile(r"срок|мерзім|дата|когда|қашан|уақыт"),
}
_RANKED = [(name, _COLUMNS[name]) for name in ("when", "along", "who", "task")]
Cell = tuple[int, int]


def columns(text: Text, row: Block) -> dict[str, int]:
    """{task | who | along | when: number of the cell} of a row of headings, else {}."""
    found: dict[str, int] = {}
    for number, cell in enumerate(row.cells):
        words = text.folded[slice(*cell)]
        for name, pattern in _RANKED:
            if len(words) < 60 and name not in found and pattern.search(words):
                found[name] = number
                break
    return found if "task" in found and len(found) > 1 else {}


def parts(text: Text, row: Block, named: list[Named], known: dict[str, int], width: int) -> dict[str, Cell]:
    """{task, who, when: cell} of a row; by the headings, otherwise by what the cells look like."""
    if known and len(row.cells) == width:
        return {name: row.cells[number] for name, number in known.items()}
    found: dict[str, Cell] = {}
    for cell in row.cells:
        if is_number_only(text, cell):
            continue
        length = cell[1] - cell[0]
        dated = bool(days(text.folded, *cell) or terms(text.folded, *cell))
        who = bodies(text, named, *cell)
        if (
            "task" not in found
            and not (dated and length < 30)
            and not (who and who[0].start - cell[0] < 3 and length < 60)
        ):
            found["task"] = cell
        elif "who" not in found and who:
            found["who"] = cell
        elif "when" not in found and dated:
            found["when"] = cell
    return found
