"""Withdraws permanent copies of the open data that hold what may not be public any more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from alatau_portal.open_data import editions
from core.exceptions import DomainError
from core.text import Text


class Command(BaseCommand):
    help = (
        "List the editions whose files hold an identifier or a name; with --by and reasons, withdraw them for ever. "
        "Take the thing down in the register first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", help="what the files hold: ALT-P-0012, a name")
        parser.add_argument("--by", help="username of the person of the office who decides")
        for language in ("kk", "ru", "en"):
            parser.add_argument(f"--reason-{language}", default="", help="what the public reads in its place")

    def handle(self, *args: Any, words: str, by: str | None, **options: Any) -> None:
        found = [edition for edition in editions.holding(words) if edition.withdrawn_at is None]
        for edition in found:
            self.stdout.write(
                f"{edition.day or 'no permanent copy'}  {edition.published_at:%Y-%m-%d %H:%M} UTC"
            )
        if not found:
            self.stdout.write("No edition holds this.")
        if by is None:
            return
        person = User.objects.filter(username=by).first()
        if person is None:
            raise CommandError(f"There is no user {by}.")
        reason = Text(options["reason_kk"], options["reason_ru"], options["reason_en"])
        if not (reason.kk and reason.ru):
            raise CommandError("Say in Kazakh and in Russian why: --reason-kk, --reason-ru.")
        try:
            for edition in found:
                editions.withdraw(edition, by=person, reason=reason)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{len(found)} withdrawn.")
