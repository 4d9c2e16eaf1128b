"""Codes of investors and talks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InvestorStage(models.TextChoices):
    PROSPECT = "prospect", _("prospective investor")
    IN_TALKS = "in_talks", _("in talks")
    COMMITTED = "committed", _("committed")
    BUILDING = "building", _("building")
    OPERATING = "operating", _("operating")
    LEFT = "left", _("left")


S = InvestorStage
#: From those who work to those who are only spoken of.
STAGES_FROM_WORK_TO_WORDS = [S.OPERATING, S.BUILDING, S.COMMITTED, S.IN_TALKS, S.PROSPECT, S.LEFT]
