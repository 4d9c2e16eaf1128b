"""What may be an answer of a progress report, and how answers are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tasks.models import ProgressReport, ProgressValue
from tasks.reporting_choices import JOBS, PERCENT, Mark, Metric


@dataclass(frozen=True)
class Answer:
    """A number (of money with its currency), or a mark that there is none."""

    value: Decimal | None = None
    mark: str = Mark.VALUE
    currency: str = ""
    note: str = ""


#: By metric; None takes an answer away.
type Answers = Mapping[str, Answer | None]


def changed(report: ProgressReport, answers: Answers) -> tuple[list[ProgressValue], list[ProgressValue]]:
    """(rows to save, rows to remove), where they differ from what is there; ValidationError by metric."""
    there = {row.metric: row for row in report.values.all()} if report.pk else {}
    errors, saved, removed = {}, [], []
    for metric, answer in answers.items():
        row = there.get(metric)
        if answer is None:
            removed += [row] if row else []
            continue
        if faults := _faults(metric, answer):
            errors[metric] = faults
        elif row is None or _told(row) != answer:
            saved.append(_written(row or ProgressValue(report=report, metric=metric), answer))
    if errors:
        raise ValidationError(errors)
    return saved, removed


def _told(row: ProgressValue) -> Answer:
    return Answer(row.value, row.mark, row.currency, row.note)


def _written(row: ProgressValue, answer: Answer) -> ProgressValue:
    row.value, row.mark, row.currency, row.note = answer.value, answer.mark, answer.currency, answer.note
    return row


def _faults(metric: str, answer: Answer) -> list[str]:
    """What the database would refuse, in words and without asking it."""
    row = _written(ProgressValue(metric=metric), answer)
    try:
        row.clean_fields(exclude=["report"])
    except ValidationError as error:
        return list(error.messages)
    if (answer.mark == Mark.VALUE) != (answer.value is not None):
        return [_("Give a number, or mark that there is none: not both.")]
    if (answer.currency != "") != (metric == Metric.SPENT and answer.mark == Mark.VALUE):
        return [_("Money has a currency, everything else has none.")]
    if "\x00" in answer.note:
        return [_("The text holds a character that cannot be kept: type it anew.")]
    return [] if answer.value is None else _faults_of_number(metric, answer.value, answer.currency)


def _faults_of_number(metric: str, value: Decimal, currency: str) -> list[str]:
    if value < 0:
        return [_("The number is not below nought.")]
    if metric in PERCENT and value > 100:
        return [_("A percentage lies between 0 and 100.")]
    if metric in JOBS and value != int(value):
        return [_("Jobs are counted in whole numbers.")]
    if currency and not (
        len(currency) == 3 and currency.isascii() and currency.isupper() and currency.isalpha()
    ):
        return [_("A currency has three capital letters, such as KZT.")]
    return []


def require_all(report: ProgressReport) -> None:
    """Every metric is answered: with a number, or with a mark."""
    there = set(report.values.values_list("metric", flat=True))
    missing = [metric for metric in Metric.values if metric not in there]
    if missing:
        raise ValidationError(
            {metric: [_("Give a number, or mark that there is none.")] for metric in missing}
        )
