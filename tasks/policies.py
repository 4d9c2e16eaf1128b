"""Who may do what with instructions: asked by services to refuse, by pages to show a button."""

from accounts.policies import OfficeOnly

_policy = OfficeOnly("register_instruction")
may, require = _policy.may, _policy.require
