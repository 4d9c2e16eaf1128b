"""What the pages of an enquiry carry from one to the next: signed, so that it is ours, and on no server."""

import time
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.http import QueryDict

SALT = "investors.enquiry-state"
#: Of a state, in signs: what the three steps take at the most, packed.
LONGEST = 100_000
#: Of what one step holds, before it is packed.
MOST_OF_A_STEP = 8_000


@dataclass
class State:
    """`answers`: what was typed, by step and field, as it was typed. `about`: public ids of what the reader came from.

    `begun`: when the first page was given, in seconds; `consent`: number of the text that was shown.
    """

    number: str = field(default_factory=lambda: str(uuid4()))
    begun: float = field(default_factory=time.time)
    about: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    consent: int = 0

    @property
    def client_uuid(self) -> UUID:
        return UUID(self.number)

    def typed(self, step: str) -> QueryDict | None:
        """As a form takes it; None where the step was not answered yet."""
        if step not in self.answers:
            return None
        data = QueryDict(mutable=True)
        for name, values in self.answers[step].items():
            data.setlist(name, values)
        return data

    def keep(self, step: str, names: Any, sent: QueryDict) -> bool:
        """False, and nothing kept, where it is more than any of the fields takes."""
        told = {name: sent.getlist(name) for name in names if name in sent}
        if sum(len(value) for values in told.values() for value in values) > MOST_OF_A_STEP:
            return False
        self.answers[step] = told
        return True

    def signed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)


def read(signed: str) -> State | None:
    """The state that a page sent back; None where it is none of ours."""
    if not signed or len(signed) > LONGEST:
        return None
    try:
        told: Any = signing.loads(signed, salt=SALT)
        return State(**told)
    except (signing.BadSignature, TypeError, ValueError):
        return None
