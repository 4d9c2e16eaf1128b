"""What the style guide shows: a template with made-up content that says of itself that it is an example."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from core.dates import PartialDate
from core.models import Source
from core.text import Text

TEXT = Text("Мысал мәтін", "Текст для примера", "Example text")
NAME = Text("Мысал жоба", "Пример проекта", "Example project")
UNTRANSLATED = Text(kk="Аударылмаған мысал")
DATE = PartialDate.parse("2025-09-29")
SOURCE = Source(code="EXAMPLE", publisher="Example", published=DATE)

#: Attributes that are an id, or name one.
IDS = re.compile(r'(?<=\s)(id|for|aria-labelledby|aria-describedby|aria-controls)="([^"]+)"')
ANCHORS = re.compile(r'href="#(?=[^"])')


def nothing(language: str) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Example:
    """`make(language)` is the context of the template, which is rendered within `around()`."""

    title: Any
    template: str
    make: Callable[[str], dict[str, Any]] = nothing
    wide: bool = False  # the languages stand one below the other
    around: Callable[[], AbstractContextManager[Any]] = nullcontext

    @property
    def component(self) -> str:
        """Its file; empty for what is a class of the stylesheet only. A template here is named after what it frames."""
        file = f"components/{Path(self.template).name}"
        return file if (settings.BASE_DIR / "templates" / file).exists() else ""


def apart(html: str, prefix: str) -> str:
    """The same with ids of its own: on a page of the guide a component stands many times."""

    def rename(found: re.Match[str]) -> str:
        return f'{found[1]}="{" ".join(prefix + name for name in found[2].split())}"'

    return ANCHORS.sub(f'href="#{prefix}', IDS.sub(rename, html))
