"""Reads a protocol or press release and prints the draft it would make, or makes it."""

import json
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tasks.choices import MeetingKind, ProtocolKind
from tasks.models import Protocol
from tasks.reading import read
from tasks.reading.files import text_of
from tasks.reading.register import names_from_register
from tasks.services.importing import Known, draft, keep_file

ACTOR = "system:import_protocol"
#: A paper that calls itself so in its first lines.
PROTOCOL = re.compile(r"^\W*(хаттама|протокол)", re.IGNORECASE | re.MULTILINE)
HEAD = 300


class Command(BaseCommand):
    help = (
        "Reads a protocol or press release (TXT or DOCX). --json prints what it would draft and writes nothing; "
        "--save drafts it, for the project office to confirm item by item."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--lang", required=True, choices=["kk", "ru"], help="the language of the text")
        parser.add_argument("--json", action="store_true", help="print the draft as JSON, and nothing else")
        parser.add_argument("--save", action="store_true", help="keep it as a draft under /meetings/")
        parser.add_argument(
            "--kind", choices=ProtocolKind.values, help="of the paper; else as it calls itself"
        )
        parser.add_argument(
            "--event", choices=MeetingKind.values, default="", help="for a text that does not say what it was"
        )
        parser.add_argument("--again", action="store_true", help="although the same text is in the register")

    def handle(self, *args: Any, file: Path, lang: str, **options: Any) -> None:
        if not (options["json"] or options["save"]):
            raise CommandError("Say what to do: --json prints the draft, --save keeps it.")
        try:
            content = file.read_bytes()
            text = text_of(content, file.name)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if options["json"]:
            reading = read(text, lang, names_from_register()).as_json()
            self.stdout.write(json.dumps(reading, ensure_ascii=False, indent=2))
        if options["save"]:
            self._save(text, content, file.name, lang, options)

    def _save(self, text: str, content: bytes, name: str, lang: str, options: dict[str, Any]) -> None:
        kind = options["kind"] or (
            ProtocolKind.PROTOCOL if PROTOCOL.search(text[:HEAD]) else ProtocolKind.PRESS_RELEASE
        )
        facts = {"meeting_kind": options["event"], "again": options["again"], "kind": kind, "language": lang}
        try:
            with transaction.atomic():
                paper = draft(text, by=ACTOR, source_file=keep_file(content, name), **facts)
        except Known as known:
            raise CommandError(f"{known} Import it all the same with --again.") from None
        except ValidationError as error:
            raise CommandError(f"{' '.join(error.messages)} Say it with --event.") from None
        self._tell(paper)

    def _tell(self, paper: Protocol) -> None:
        """To the error output: with --json the other one is for the JSON alone."""
        address = f"/meetings/{paper.meeting.public_id}/papers/{paper.pk}/"
        waiting = paper.items.filter(state="proposed").count()
        self.stderr.write(f"{waiting} items wait for confirmation under {address}")
