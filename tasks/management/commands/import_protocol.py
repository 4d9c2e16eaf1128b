"""Reads a protocol or press release and prints the draft it would make."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from tasks.reading import read
from tasks.reading.files import text_of
from tasks.reading.register import names_from_register


class Command(BaseCommand):
    help = "Reads a protocol or press release (TXT or DOCX) and prints, as JSON, what it would draft. Writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--lang", required=True, choices=["kk", "ru"], help="the language of the text")
        parser.add_argument("--json", action="store_true", required=True, help="print the draft as JSON")

    def handle(self, *args: Any, file: Path, lang: str, **options: Any) -> None:
        try:
            text = text_of(file.read_bytes(), file.name)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        reading = read(text, lang, names_from_register())
        self.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False, indent=2))
