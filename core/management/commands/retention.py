"""What is over of personal data: to look at, or to clear now."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import retention


class Command(BaseCommand):
    help = "Clears personal data whose term is over (the job does it every night). --dry-run only counts."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count what is over and clear nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        done = retention.due(now) if options["dry_run"] else retention.keep(now)
        word = "over" if options["dry_run"] else "cleared"
        for code, number in done.items():
            self.stdout.write(f"{code}: {number} {word}")
