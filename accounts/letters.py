"""Letters of the sign-in library, written where they are sent: core.outbox.LETTERS."""

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from django.utils import translation

RESET = "reset_password"


def reset_password(to: str) -> dict[str, str]:
    """In the language that the person chose, not in that of the page. Nothing where nobody who may come in has it."""
    users = filter_users_by_email(to, is_active=True, prefer_verified=True, for_login=True)
    user = next((user for user in users if user.has_access), None)
    if user is None:
        return {}
    adapter, token = get_adapter(), PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    with translation.override(user.language):
        address = adapter.get_reset_password_from_key_url(f"{user_pk_to_url_str(user)}-{token}")
        context = {"username": user.username, "password_reset_url": address}
        message = adapter.render_mail("account/email/password_reset_key", to, context)
    return {"to": to, "subject": message.subject, "body": message.body}
