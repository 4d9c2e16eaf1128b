"""What the code says of the API, as files in git: the OpenAPI file and the list of errors."""

from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from core.api.catalogue import as_markdown


class Command(BaseCommand):
    help = "Writes docs/openapi.yml and docs/errors.md, or compares them with what the code says (--check)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if a file is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for name, text in (("openapi.yml", _openapi()), ("errors.md", _errors())):
            path = settings.BASE_DIR / "docs" / name
            if not options["check"]:
                path.write_text(text)
            elif not path.exists() or path.read_text() != text:
                raise CommandError(f"docs/{name} is out of date: run manage.py openapi")


def _openapi() -> str:
    current = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--lang", "en", stdout=current)
    return current.getvalue()


def _errors() -> str:
    with translation.override("en"):
        return as_markdown()
