"""Who invests, and with whom it is being talked."""

from investors.models.investor import Investor
from investors.models.talk import Talk

__all__ = ["Investor", "Talk"]
