from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Organisations and people")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from accounts import entrance, letters
        from accounts import personal as held
        from accounts.notices import KINDS, tell_of_proof
        from accounts.services.deliveries import forget_deliveries
        from core import heartbeat, jobs, notices, outbox, personal, retention, seals

        jobs.FORGET["webhook_deliveries"] = forget_deliveries
        heartbeat.JOBS["warn_of_tokens"] = _("Warnings of tokens that end soon")
        notices.register(*KINDS)
        outbox.LETTERS[letters.RESET] = letters.reset_password
        personal.register(*held.KINDS)
        retention.register(held.RULE)
        seals.TELL.append(tell_of_proof)
        user_logged_in.connect(entrance.note_sign_in)
