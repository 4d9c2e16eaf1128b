"""The OpenAPI file in git."""

from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Writes docs/openapi.yml, or compares it with what the code says (--check)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if the file is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "openapi.yml"
        current = StringIO()
        call_command("spectacular", "--validate", "--fail-on-warn", "--lang", "en", stdout=current)
        text = current.getvalue()
        if not options["check"]:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            raise CommandError("docs/openapi.yml is out of date: run manage.py openapi")
