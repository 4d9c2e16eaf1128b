"""Instructions that tests of control stand on, made by services alone."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tasks import services
from tasks.models import Instruction


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def registered(office: Any, leadership: Any, executor: Any, *co: Any, **facts: Any) -> Instruction:
    """Given by the post of leadership, led by the executor's organisation."""
    executors = [
        {"organisation": executor.organisation, "role": "lead"},
        *({"organisation": one.organisation, "role": "co"} for one in co),
    ]
    plain = {"text": {"kk": "Орталықты салу", "ru": "Построить центр"}, "issued": in_days(-3)}
    return services.register_instruction(
        by=office, issuer=leadership.organisation, executors=executors, **(plain | facts)
    )


def controlled(office: Any, leadership: Any, executor: Any, *co: Any, **facts: Any) -> Instruction:
    due = facts.pop("due", in_days(30))
    made = registered(office, leadership, executor, *co, **facts)
    result = {"kk": "Қабылдау актісі"}
    return services.put_on_control(made, by=office, due=due, expected_result=result, reason="Бөлек нысандар")


def executing(office: Any, leadership: Any, executor: Any, *co: Any, **facts: Any) -> Instruction:
    return services.start(controlled(office, leadership, executor, *co, **facts), by=executor)


def address(instruction: Instruction, verb: str = "", language: str = "kk") -> str:
    tail = f"{verb}/" if verb else ""
    return f"/{language}/control/{instruction.public_id}/{tail}"
