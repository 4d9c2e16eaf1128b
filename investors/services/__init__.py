"""Everything that changes what this app keeps. Doors call these only."""

from investors.services.enquiries import ask_for_erasure, submit_enquiry
from investors.services.opportunities import close_opportunity, match_opportunity, open_opportunity

__all__ = ["ask_for_erasure", "close_opportunity", "match_opportunity", "open_opportunity", "submit_enquiry"]
"""What changes investors, talks and requests: each concern in its own module."""
