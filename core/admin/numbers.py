"""Numbers in forms as people write them: 31 730,5 in Kazakh and Russian, 31,730.5 in English.

A browser's own number field follows the language of the browser, and none knows Kazakh.
"""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from unfold.widgets import UnfoldAdminTextInputWidget

from core import formats

GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?")


def as_typed(text: str, lang: str | None) -> str:
    """What was typed, as Python reads it; what is no number stays as it is, to be refused by the field."""
    compact = re.sub(r"[\s\u2009\u202f]", "", text).replace(formats.MINUS, "-")
    _group, point = formats.SEPARATORS[formats.language(lang)]
    if point == ",":
        return compact.replace(",", ".") if compact.count(",") == 1 and "." not in compact else compact
    return compact.replace(",", "") if GROUPED.fullmatch(compact.removeprefix("-")) else compact


class NumberInput(UnfoldAdminTextInputWidget):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"inputmode": "decimal", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return (
            formats.number(value, get_language())
            if isinstance(value, Decimal | int)
            else super().format_value(value)
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return as_typed(value, get_language()) if isinstance(value, str) else value
