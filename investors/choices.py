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
