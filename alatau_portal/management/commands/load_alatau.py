"""Loads or refreshes the real data of Alatau City, and publishes them as open data; repeating it changes nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

import accounts.loading
import core.loading
import districts.loading
import investors.loading
import tasks.loading
from alatau_portal.open_data import editions
from core.ledger import acting
from core.loading import Loading

ACTOR = "system:load_alatau"
#: From the ground up: each refers to what those before it have loaded.
LOADERS = [app.loading.load for app in (core, accounts, districts, investors, tasks)]


def load_all() -> Loading:
    """All of the data, or none of it."""
    loading = Loading(ACTOR)
    with acting(ACTOR, "load"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))", [ACTOR]
        )  # two at once would write everything twice
        for load in LOADERS:
            load(loading)
    return loading


class Command(BaseCommand):
    help = "Load or refresh the real data of Alatau City. Corrections made by hand are kept and listed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="print only what was kept against the files")

    def handle(self, *args: Any, quiet: bool, **options: Any) -> None:
        loading = load_all()
        if not quiet:
            for label, number in loading.counts.items():
                self.stdout.write(f"{number:5} {label}")
            self.stdout.write(
                f"{loading.written:5} rows written" if loading.written else "Nothing has changed."
            )
        for kept in loading.kept:
            self.stdout.write(str(kept))
        self._publish()

    def _publish(self) -> None:
        """Also where nothing has changed: the portal itself may be newer than the files."""
        edition = editions.publish(anew=True)
        if edition is None or edition.refused_at:
            self.stdout.write("The open data were not published: manage.py publish_open_data says why.")
