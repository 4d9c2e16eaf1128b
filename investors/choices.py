"""Codes of investors and talks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InvestorStage(models.TextChoices):
    PROSPECT = "prospect", _("prospective investor")
    IN_TALKS = "in_talks", _("in talks")
    COMMITTED = "committed", _("committed")
    BUILDING = "building", _("building")
    OPERATING = "operating", _("operating")
    LEFT = "left", _("left")


class OpportunityState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("opportunity", "draft")
    OPEN = "open", pgettext_lazy("opportunity", "open")
    MATCHED = "matched", pgettext_lazy("opportunity", "matched")
    CLOSED = "closed", pgettext_lazy("opportunity", "closed")


#: The whole life of an opportunity: one that was matched in vain is open again.
OPPORTUNITY_MOVES: dict[str, set[str]] = {
    OpportunityState.DRAFT: {OpportunityState.OPEN, OpportunityState.CLOSED},
    OpportunityState.OPEN: {OpportunityState.MATCHED, OpportunityState.CLOSED},
    OpportunityState.MATCHED: {OpportunityState.OPEN, OpportunityState.CLOSED},
    OpportunityState.CLOSED: set(),
}
OPPORTUNITY_FIRST = [OpportunityState.DRAFT]

S = InvestorStage
#: From those who work to those who are only spoken of.
STAGES_FROM_WORK_TO_WORDS = [S.OPERATING, S.BUILDING, S.COMMITTED, S.IN_TALKS, S.PROSPECT, S.LEFT]


class Language(models.TextChoices):
    """In which language somebody wrote, and is answered."""

    KK = "kk", "Қазақша"
    RU = "ru", "Русский"
    EN = "en", "English"


class ConsentPurpose(models.TextChoices):
    """What somebody lets the house hold his personal data for."""

    ENQUIRY = "enquiry", _("answering an enquiry")


class EnquiryState(models.TextChoices):
    NEW = "new", pgettext_lazy("enquiry", "received")
    TRIAGED = "triaged", pgettext_lazy("enquiry", "being answered")
    ANSWERED = "answered", pgettext_lazy("enquiry", "answered")
    CONVERTED = "converted", pgettext_lazy("enquiry", "taken on as an investor")
    CLOSED = "closed", pgettext_lazy("enquiry", "closed")
    SPAM = "spam", pgettext_lazy("enquiry", "spam")


E = EnquiryState
#: The whole life of an enquiry. A move that is not here is forbidden; nobody is taken on before he is answered.
ENQUIRY_MOVES: dict[str, set[str]] = {
    E.NEW: {E.TRIAGED, E.ANSWERED, E.CLOSED, E.SPAM},
    E.TRIAGED: {E.ANSWERED, E.CLOSED, E.SPAM},
    E.ANSWERED: {E.CONVERTED, E.CLOSED},
    E.CONVERTED: {E.CLOSED},
    E.CLOSED: set(),
    E.SPAM: {E.NEW},
}
#: The office owes an answer: the clock of these runs.
ENQUIRY_WAITING = [E.NEW, E.TRIAGED]


class EnquiryStart(models.TextChoices):
    """When somebody who enquires wants to begin."""

    HALF_YEAR = "half_year", _("within six months")
    YEAR = "year", _("within a year")
    TWO_YEARS = "two_years", _("in one to two years")
    LATER = "later", _("later than in two years")
    UNDECIDED = "undecided", _("not decided yet")


class TicketBand(models.TextChoices):
    """How much an investor means to invest, in million US dollars: as said, never converted."""

    UNDER_1 = "under_1", _("under 1 million USD")
    TO_10 = "1_10", _("1 to 10 million USD")
    TO_50 = "10_50", _("10 to 50 million USD")
    TO_200 = "50_200", _("50 to 200 million USD")
    OVER_200 = "over_200", _("over 200 million USD")
