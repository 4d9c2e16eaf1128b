"""What is judged, and how a judgement looks."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Organisation
from core.calendar import WorkingDays
from core.text import Text
from tasks.choices import LintCode as Code
from tasks.models import Instruction
from tasks.policies import executors_of

GRAVE = frozenset({Code.NO_DUE, Code.NO_RESULT, Code.NO_LEAD})
TOLD = frozenset({Code.DUE_ON_DAY_OFF, Code.OVERLOADED})


@dataclass(frozen=True)
class Weakness:
    """One thing that is weak; `text` says what and how to mend it, `like` are the instructions that it is about."""

    code: Code
    text: str
    like: tuple[Instruction, ...] = ()

    @property
    def is_grave(self) -> bool:
        return self.code in GRAVE

    @property
    def needs_reason(self) -> bool:
        return self.code not in GRAVE | TOLD


@dataclass(frozen=True)
class Draft:
    """An instruction as it would go on control."""

    instruction: Instruction
    due: date | None
    result: Text
    lead: Organisation | None
    today: date
    calendar: WorkingDays

    @classmethod
    def of(cls, instruction: Instruction, today: date, calendar: WorkingDays) -> "Draft":
        """As it stands in the register."""
        lead = next((one.organisation for one in executors_of(instruction) if one.is_lead), None)
        return cls(instruction, instruction.due, instruction.expected_result, lead, today, calendar)
