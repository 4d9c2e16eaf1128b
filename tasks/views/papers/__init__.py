"""Papers of control: the same rows, for the same readers, as the pages that they are of."""

from tasks.views.papers.doors import (
    card_paper,
    certificate_page,
    certificate_paper,
    matrix_paper,
    meeting_paper,
    own_matrix_paper,
    register_paper,
)

__all__ = [
    "card_paper",
    "certificate_page",
    "certificate_paper",
    "matrix_paper",
    "meeting_paper",
    "own_matrix_paper",
    "register_paper",
]
