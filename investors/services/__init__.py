"""Everything that changes what this app keeps. Doors call these only."""

from investors.services.opportunities import close_opportunity, match_opportunity, open_opportunity

__all__ = ["close_opportunity", "match_opportunity", "open_opportunity"]
