"""Who may do what with opportunities: asked by services to refuse, by pages to show a button."""

from accounts.policies import OfficeOnly

_policy = OfficeOnly("open_opportunity", "match_opportunity", "close_opportunity")
may, require = _policy.may, _policy.require
