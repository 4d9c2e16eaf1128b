"""All that is held of one person, found by his e-mail address: to give it to him, or to erase it.

A kind of holding is a list the ground floor owns and the apps fill in `ready()`. Later kinds may ask what earlier ones
found: the notices of a user, the consent of an enquiry.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import access, ledger
from core.choices import AccessKind
from core.exceptions import Conflict
from core.models import AccessLog, Erasure, Outbox
from core.models.erasure import subject_hash


@dataclass
class Person:
    """Who is asked about; `found` fills as the kinds are asked one by one."""

    email: str
    receipt: str = ""
    found: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def typed(self) -> str:
        return self.email or self.receipt

    def rows(self, *codes: str) -> list[Any]:
        return [row for code in codes for row in self.found.get(code, [])]


@dataclass(frozen=True)
class Kind:
    """`columns`: what of a row is given to the person. `erase(row, by)`: clears it; without it `kept` says why not."""

    code: str
    title: Any
    find: Callable[[Person], Iterable[Any]]
    columns: tuple[str, ...]
    erase: Callable[[Any, Any], None] | None = None
    kept: Any = ""
    #: Whether there is anything left to clear in this row.
    holds: Callable[[Any], bool] = lambda row: True
    #: What columns are called that have no name of their own in the three languages.
    labels: Mapping[str, Any] = field(default_factory=dict)
    #: Whether a look at a row is kept by its key: not where the key itself opens something.
    is_logged: bool = True


class Held(NamedTuple):
    kind: Kind
    rows: list[Any]

    @property
    def to_erase(self) -> list[Any]:
        return [row for row in self.rows if self.kind.holds(row)] if self.kind.erase else []


KINDS: dict[str, Kind] = {}
#: Ways from what was typed to an e-mail address: f(person) fills `person.email`.
WAYS: list[Callable[[Person], None]] = []


def register(*kinds: Kind) -> None:
    KINDS.update({kind.code: kind for kind in kinds})


def gather(*, email: str = "", receipt: str = "") -> tuple[Person, list[Held]]:
    """What is held, kind by kind; kinds of which nothing is held are left out."""
    person = Person(email.strip().lower(), receipt.strip().upper())
    for way in WAYS:
        way(person)
    for kind in kinds():
        person.found[kind.code] = list(kind.find(person))
    return person, [Held(kind, person.found[kind.code]) for kind in kinds() if person.found[kind.code]]


def kinds() -> list[Kind]:
    """In the order in which they are asked."""
    return [*KINDS.values(), LETTERS, ACCESSES]


def told(held: list[Held]) -> dict[str, list[dict[str, Any]]]:
    """The same as plain values, for a file."""
    return {
        one.kind.code: [{name: plain(getattr(row, name)) for name in one.kind.columns} for row in one.rows]
        for one in held
    }


def plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, dict | list | int | float | bool | type(None)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def log_look(user: Any, held: list[Held], action: str = AccessKind.OPEN) -> None:
    """Who asks for a person is kept like everybody who looks at him."""
    rows = [row for one in held if one.kind.is_logged for row in one.rows]
    access.log(user, rows, action, purpose="personal-data")


def log_export(user: Any, held: list[Held]) -> None:
    log_look(user, held, AccessKind.EXPORT)


@transaction.atomic
def erase(person: Person, held: list[Held], *, by: Any, ground: str) -> Erasure:
    """Clear what may be cleared; the report says what, and what is kept. The caller has asked whether he may."""
    if not any(one.to_erase for one in held):
        raise Conflict(_("Nothing is left to erase."))
    cleared: dict[str, int] = {}
    with ledger.acting(by, "erase", ground):
        for one in held:
            for row in one.to_erase:
                if one.kind.is_logged:
                    access.log(by, row, AccessKind.ERASE, purpose="personal-data")
                one.kind.erase(row, by)  # type: ignore[misc]
            if one.to_erase:
                cleared[one.kind.code] = len(one.to_erase)
        kept = {one.kind.code: len(one.rows) for one in held if one.kind.erase is None}
        return Erasure.objects.create(
            subject=subject_hash(person.typed),
            ground=ground,
            done_by=by.ledger_name,
            report={"cleared": cleared, "kept": kept},
        )


def _stop_letter(letter: Outbox, by: Any) -> None:
    """A letter on its way is not sent any more."""
    now = timezone.now()
    Outbox.objects.filter(pk=letter.pk, delivered_at=None, given_up_at=None).update(given_up_at=now)
    Outbox.objects.filter(pk=letter.pk).update(payload={}, last_error="")


def _looks(person: Person) -> models.QuerySet:
    """Who looked at what is his."""
    rows: dict[type[models.Model], list[int]] = {}
    for row in person.rows(*KINDS):
        if access.personal_columns(type(row)):
            rows.setdefault(type(row), []).append(row.pk)
    return AccessLog.objects.of(rows).order_by("pk") if rows else AccessLog.objects.none()


LETTERS = Kind(
    "letters",
    _("Mail written to this address"),
    lambda person: Outbox.objects.filter(payload__to__iexact=person.email) if person.email else [],
    columns=("created_at", "delivered_at", "payload"),
    erase=_stop_letter,
)
ACCESSES = Kind(
    "accesses",
    _("Who looked at these data"),
    _looks,
    columns=("at", "who", "action", "model", "purpose"),
    kept=_("Kept for a year: it proves who read the data, and holds none of them."),
    is_logged=False,
)
