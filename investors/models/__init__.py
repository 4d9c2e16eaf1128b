"""Who invests, and with whom it is being talked."""

from investors.models.investor import Investor
from investors.models.opportunity import Opportunity, OpportunityPlot
from investors.models.talk import Talk

__all__ = ["Investor", "Opportunity", "OpportunityPlot", "Talk"]
