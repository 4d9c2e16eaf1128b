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
