"""What several models of control have."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models

from core.triggers import Run
from tasks.choices import PLANNED_AHEAD


def person(label: Any) -> Any:
    """Who did something; a program of nobody's has no person."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=label,
    )


def plans(*column: str, operation: Any) -> Run:
    """Plan the reminders of the instruction that this column holds, in the transaction of the change."""
    return Run(
        "tasks_plan",
        str(PLANNED_AHEAD),
        *column,
        name="planned",
        when=pgtrigger.After,
        operation=operation,
    )


def plans_duties(operation: Any) -> Run:
    """The same of what is owed by period: of a duty, a period or a progress report that changes."""
    return Run(
        "tasks_plan_duties", str(PLANNED_AHEAD), name="planned", when=pgtrigger.After, operation=operation
    )
