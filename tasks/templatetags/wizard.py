"""The filing wizard as a page carries it: its fields and its words, and nothing of anybody's data."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.text import capfirst

from core.text import LANGUAGES
from districts.choices import MoveReason
from tasks.forms.progress import CURRENCIES
from tasks.reporting_choices import JOBS, Mark, Metric

register = template.Library()


@register.inclusion_tag("tasks/wizard.html")
def wizard(user: Any = None, *, settled: bool = False) -> dict[str, Any]:
    """`user`: whose reports these are; None in the shell, which every reader's browser keeps.

    `settled`: the page shows a report that was handed in; the wizard only speaks where the device knows more.
    """
    return {
        "settled": settled,
        "user": user.pk if user else "",
        "offline": settings.WIZARD_OFFLINE,
        "metrics": [(metric.value, capfirst(metric.label)) for metric in Metric],
        "jobs": JOBS,
        "marks": [mark for mark in Mark if mark != Mark.VALUE],
        "currencies": CURRENCIES,
        "reasons": MoveReason,
        "languages": [language for language in LANGUAGES if language != "en"],
    }
