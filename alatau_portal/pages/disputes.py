"""What is said against figures, beside them."""

from collections.abc import Iterable
from typing import Any

from core import ledger
from districts.models import Figure
from tasks.models import FigureDispute
from tasks.policies import Desk


def with_disputes(user: Any, figures: Iterable[Figure]) -> list[Figure]:
    """Figures with `contested`: what is open against each, as far as the reader may know of it."""
    found = {figure.pk: figure for figure in figures}
    for figure in found.values():
        figure.contested = []
    rows = FigureDispute.objects.visible_to(user).waiting().filter(figure__in=found)
    for dispute in rows.select_related("organisation"):
        found[dispute.figure_id].contested.append(dispute)
    return list(found.values())


def may_contest(user: Any, figure: Figure | None) -> bool:
    """The past is only read."""
    is_shown = figure is not None and figure.chosen and ledger.instant.get() is None
    return is_shown and Desk(user).may("file_dispute", figure)
