"""What the reader found, and how it says so in JSON."""

import datetime
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the text with their place: text[start:end] == text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Task:
    """One instruction in its own words. `addressees`: codes of the register, otherwise the words as written.

    `lead` is one of them, or None where only an unnamed group is addressed; `due_text` is part of the text, or None.
    """

    text: str
    start: int
    end: int
    addressees: list[str]
    lead: str | None
    due: datetime.date | None
    due_text: str | None


@dataclass(slots=True)
class Event:
    kind: str | None = None
    date: datetime.date | None = None
    chair: str | None = None
    place: str | None = None


@dataclass(slots=True)
class Reading:
    """A draft that a person confirms. `text` is what offsets count in."""

    text: str
    event: Event = field(default_factory=Event)
    districts: list[str] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    participants: list[Span] = field(default_factory=list)
    agenda: list[Span] = field(default_factory=list)
    instructions: list[Task] = field(default_factory=list)
    decisions: list[Span] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)
    unrecognised: list[Span] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The published form: dates in ISO 8601, the text itself left out."""
        said = asdict(self)
        del said["text"]
        for part in (said["event"], *said["instructions"]):
            for key in ("date", "due"):
                if part.get(key):
                    part[key] = part[key].isoformat()
        return said
