"""Codes of requests between an investor and the office."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(models.TextChoices):
    """Who asks, answers, holds the ball."""

    OFFICE = "office", _("the project office")
    INVESTOR = "investor", _("the investor")

    @property
    def other(self) -> "Side":
        return Side.INVESTOR if self == Side.OFFICE else Side.OFFICE


class RequestKind(models.TextChoices):
    QUESTION = "question", pgettext_lazy("request", "question")
    DOCUMENTS = "documents", pgettext_lazy("request", "documents")
    LAND = "land", pgettext_lazy("request", "land")
    UTILITIES = "utilities", pgettext_lazy("request", "utilities")
    PERMIT = "permit", pgettext_lazy("request", "permit or approval")
    OTHER = "other", pgettext_lazy("request", "other")


class RequestState(models.TextChoices):
    OPEN = "open", pgettext_lazy("request", "open")
    ANSWERED = "answered", pgettext_lazy("request", "answered")
    CLOSED = "closed", pgettext_lazy("request", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")


S = RequestState
#: The whole life of a request. What is written after an answer opens it again.
REQUEST_MOVES: dict[str, set[str]] = {
    S.OPEN: {S.ANSWERED, S.CLOSED, S.WITHDRAWN},
    S.ANSWERED: {S.OPEN, S.CLOSED, S.WITHDRAWN},
    S.CLOSED: set(),
    S.WITHDRAWN: set(),
}
REQUEST_FINAL = [str(state) for state, onward in REQUEST_MOVES.items() if not onward]
