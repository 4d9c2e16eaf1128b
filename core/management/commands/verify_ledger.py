"""Proves the seals of the ledger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.timezone import localtime

from core import seals
from core.models import Change, Seal


class Command(BaseCommand):
    help = (
        "Proves that nobody has rewritten the ledger: checks every sealed change and the chain of the seals."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--head",
            default=None,
            help="a head that was mailed or printed before, such as 12:9f86…: it has to be there",
        )
        parser.add_argument("--seal", action="store_true", help="first close what is not sealed yet")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["seal"]:
            seals.seal()
        if (head := options["head"]) is not None and not head.strip():
            raise CommandError(
                "--head is empty: name a head that was mailed or printed before, or leave it out"
            )
        faults = seals.verify((head or "").strip())
        with translation.override("en"):
            for fault in faults:
                self.stdout.write(str(fault))
        if faults:
            raise CommandError(f"the ledger was tampered with: {len(faults)} faults")
        last = seals.newest()
        told = f"head {last.head} of {localtime(last.at):%Y-%m-%d %H:%M}" if last else "no seal yet"
        self.stdout.write(
            f"ledger proved: {Change.objects.count()} changes, {Seal.objects.count()} seals, {told}"
        )
