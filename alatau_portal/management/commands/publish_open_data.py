"""Publishes the open data now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alatau_portal.open_data import editions


class Command(BaseCommand):
    help = "Make the open data anew, check them, and publish them if they pass every check."

    def handle(self, *args: Any, **options: Any) -> None:
        edition = editions.publish(anew=True)
        if edition is None:
            raise CommandError("Nothing was published: see the log for what the checks refused.")
        if edition.refused_at:
            faults = "\n".join(f"  {fault}" for fault in edition.faults)
            raise CommandError(
                f"Not published: the checks refused it. The edition of {edition.published_at} stays.\n{faults}"
            )
        for name, size in edition.files.values_list("name", "size"):
            self.stdout.write(f"{size:9} {name}")
        self.stdout.write(
            f"Content of {edition.published_at:%Y-%m-%d %H:%M} UTC, permanent copy: {edition.day or 'tonight'}"
        )
