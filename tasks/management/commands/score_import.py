"""How well protocols and news are read: the corpus of invented texts, in points."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from districts.models import Project
from tasks.corpus import FOLDER, corpus
from tasks.reading import read
from tasks.reading.register import names_from_register
from tasks.scoring import BESIDE, COUNTED, PASS, Reading, Score, score_all


class Command(BaseCommand):
    help = (
        "Reads invented texts and prints the points of each part; fails under 95 % or for an invented date."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, default=FOLDER, help="other texts of the same format"
        )
        parser.add_argument("--failures", action="store_true", help="tell each lost point too")

    def handle(self, *args: Any, folder: Path, failures: bool = False, **options: Any) -> None:
        specimens = list(corpus(folder))
        if not specimens:
            raise CommandError(f"No texts in {folder}.")
        score = score_all(specimens, _reader())
        self._print(f"{len(specimens)} texts", score, failures)
        if not score.passes:
            raise CommandError(f"Under {PASS:g} %, or a date was invented.")

    def _print(self, heading: str, score: Score, failures: bool) -> None:
        for story in score.failures if failures else []:
            self.stdout.write(story)
        self.stdout.write(f"{heading:16}{'points':>8}{'of':>8}{'%':>8}")
        for part in COUNTED:
            self._row(part, score, part)
        self._row("total", score, *COUNTED)
        self.stdout.write("beside the total")
        for part in BESIDE:
            self._row(part, score, part)
        for label, found in (
            ("invented dates", score.invented_dates),
            ("invented instructions", score.invented_instructions),
        ):
            self.stdout.write(f"{label}: {len(found)}")
            for story in found if failures else []:
                self.stdout.write(f"  {story}")

    def _row(self, label: str, score: Score, *parts: str) -> None:
        points, of = (sum(counter[part] for part in parts) for counter in (score.points, score.of))
        self.stdout.write(f"{label:16}{points:8}{of:8}{score.percent(*parts):8.1f}")


def _reader():
    """The reader with the names of the register; projects by code, since public ids differ between installations."""
    names = names_from_register()
    codes = dict(Project.objects.values_list("public_id", "code"))

    def as_expected(text: str, language: str) -> Reading:
        answer = read(text, language, names).as_json()
        return {**answer, "projects": [codes.get(public_id, public_id) for public_id in answer["projects"]]}

    return as_expected
