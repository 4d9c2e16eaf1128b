"""What is weak in an instruction, said before it goes on control.

    found = lint(Draft.of(instruction, today, WorkingDays()))

Grave: control is refused without it, whatever is said. Weak: it may go on control with a reason. Told: only said.
The rules are those of the Government's Regulations on instructions (a concrete end result, a real term of not less
than two working days, no duplication) and of good practice; the words are in `words.py`.
"""

from tasks.choices import LintCode as Code
from tasks.linting.draft import Draft, Weakness
from tasks.linting.rules import lint

__all__ = ["Code", "Draft", "Weakness", "lint"]
