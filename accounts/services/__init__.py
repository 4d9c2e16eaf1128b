"""Everything that changes accounts. Pages, API, admin and commands call these and nothing else."""

from accounts.services.demo import make_demo_accounts
from accounts.services.erasing import erase_invitation, erase_user
from accounts.services.identities import link_identity, unlink_identities
from accounts.services.invitations import accept_invitation, invite, open_invitation, withdraw_invitation
from accounts.services.people import amend_profile, set_password, tell_of_amended_account
from accounts.services.second_factors import changing_second_factors, reset_second_factors
from accounts.services.sessions import end_session, note_seen, sessions_of, sign_out_elsewhere
from accounts.services.substitutions import appoint_substitute, end_substitution
from accounts.services.tokens import (
    GRACE,
    digest,
    issue_own_token,
    issue_token,
    revoke_token,
    rotate_token,
    warn_of_ends,
)
from accounts.services.webhooks import (
    add_webhook,
    amend_webhook,
    pause_webhook,
    ping_webhook,
    remove_webhook,
    replay_deliveries,
    resume_webhook,
    rotate_webhook_secret,
)

__all__ = [
    "GRACE",
    "accept_invitation",
    "add_webhook",
    "amend_profile",
    "amend_webhook",
    "appoint_substitute",
    "changing_second_factors",
    "digest",
    "end_session",
    "end_substitution",
    "erase_invitation",
    "erase_user",
    "invite",
    "issue_own_token",
    "issue_token",
    "link_identity",
    "make_demo_accounts",
    "note_seen",
    "open_invitation",
    "pause_webhook",
    "ping_webhook",
    "remove_webhook",
    "replay_deliveries",
    "reset_second_factors",
    "resume_webhook",
    "revoke_token",
    "rotate_token",
    "rotate_webhook_secret",
    "sessions_of",
    "set_password",
    "sign_out_elsewhere",
    "tell_of_amended_account",
    "unlink_identities",
    "warn_of_ends",
    "withdraw_invitation",
]
