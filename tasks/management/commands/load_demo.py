"""Invented content for trying every workflow."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tasks.demo import NoDemoAccounts, load_demo, remove_demo

WHAT = "invented instructions, enquiries, projects, plots and opportunities"


class Command(BaseCommand):
    help = (
        "Adds invented instructions, enquiries, projects with reports in every state, plots and opportunities, marked; "
        "--remove takes them out. Repeating changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take out all that is invented")

    def handle(self, *args: Any, remove: bool = False, **options: Any) -> None:
        if remove:
            self.stdout.write(f"{remove_demo():5} {WHAT} removed")
            return
        try:
            told = load_demo()
        except NoDemoAccounts as missing:
            raise CommandError(
                f"The demo accounts are missing ({missing}): run manage.py demo_accounts first."
            ) from None
        self.stdout.write(f"{told:5} {WHAT} added" if told else "Nothing has changed.")
