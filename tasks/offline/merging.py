"""As it was when the file was made, as it is now, as it was typed: which of them is written, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tasks.offline.shape import Field, Fields

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Ask:
    """Both sides changed a field, to different things: a person says which holds."""

    field: str
    was: Field
    mine: Field
    theirs: Field


@dataclass
class Merge:
    write: Fields = field(default_factory=dict)
    asks: list[Ask] = field(default_factory=list)


def merge(was: Fields, mine: Fields, theirs: Fields, chosen: Mapping[str, str]) -> Merge:
    """What was not touched by the one is taken from the other; `chosen`: by field, where both have changed it."""
    found = Merge()
    for name, said in mine.items():
        before, now, said = was.get(name) or None, theirs.get(name) or None, said or None
        if said in (before, now):
            continue
        if now == before or chosen.get(name) == MINE:
            found.write[name] = said
        elif chosen.get(name) != THEIRS:
            found.asks.append(Ask(name, before, said, now))
    return found
