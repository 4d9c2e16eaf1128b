"""The forms of a page, filled in as a browser would send them, with hostile words in every text field."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import lxml.html
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.hostile import words
from tests.hostile.files import picture

#: Kinds of fields that hold what somebody types.
TYPED = {"text", "search", "textarea", "tel", "", None}
LONG = "textarea"
#: Where a form leads that ends what is being done here.
OUT = ("logout", "/i18n/", "sign-out", "/sessions/")
OWN = {
    "csrfmiddlewaretoken",
    "state",
    "once",
    "client_uuid",
    "version",
    "step",
    "next",
    "index",
    "select_across",
}


class Form(NamedTuple):
    """What is sent as it is shown: `data`, and `shown` of texts. `texts`: name → (longest, may hold lines)."""

    action: str
    data: dict[str, list[str]]
    shown: dict[str, str]
    texts: dict[str, tuple[int | None, bool]]
    files: list[str]
    buttons: list[tuple[str, str]]

    def filled(self, start: int, only: str = "") -> dict[str, Any]:
        """Each field begins with another word; or one alone is filled, and the others stay as they are."""
        said: dict[str, Any] = self.data | (self.shown if only else {})
        for number, (name, (most, lines)) in enumerate(self.texts.items()):
            if only in {"", name}:
                said[name] = words.mixed(start + 7 * number, most, lines)
        for name in self.files:
            said[name] = SimpleUploadedFile('"><img src=x onerror=window.__x=1>=1+1.png', picture())
        return said

    def presses(self) -> list[tuple[str, str]]:
        return self.buttons or [("", "")]


def forms_of(html: str, address: str) -> Iterator[Form]:
    if not html.strip():
        return
    for form in lxml.html.document_fromstring(html).forms:
        place = urljoin(f"http://here{address}", form.action or "")
        path = urlsplit(place)._replace(scheme="", netloc="").geturl()
        if form.method == "POST" and not any(word in path for word in OUT):
            yield _read(form, path)


def _read(form: Any, action: str) -> Form:
    data: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    texts: dict[str, tuple[int | None, bool]] = {}
    files, buttons = [], []
    for field in form.xpath(".//input|.//textarea|.//select|.//button"):
        name, kind = field.get("name"), _kind(field)
        if not name or field.get("disabled") is not None:
            continue
        if kind == "file":
            files.append(name)
        elif kind in {"submit", "image", "button", "reset"}:
            buttons.append((name, field.get("value") or ""))
        elif kind in TYPED and name not in OWN:
            texts[name] = (_longest(field), kind == LONG)
            shown[name] = str(field.value or "")
        else:
            data.setdefault(name, []).extend(_values(field, kind))
    return Form(action, data, shown, texts, files, buttons)


def _kind(field: Any) -> str:
    if field.tag == "input":
        return str(field.get("type") or "text").lower()
    return str(field.get("type") or "submit") if field.tag == "button" else str(field.tag)


def _longest(field: Any) -> int | None:
    return int(field.get("maxlength")) if str(field.get("maxlength")).isdigit() else None


def _values(field: Any, kind: str) -> list[str]:
    """What stands there, or what somebody would choose who wants to go on."""
    soon = timezone.localdate() + timedelta(days=40)
    chosen = {"date": str(soon), "month": f"{soon:%Y-%m}", "number": "1", "email": "a@example.org"}
    if kind == "select":
        options = [one.get("value", one.text) or "" for one in field.xpath(".//option")]
        shown = [one.get("value", one.text) or "" for one in field.xpath(".//option[@selected]")]
        return [one for one in shown if one] or [one for one in options if one][:1]
    if kind == "radio":
        return [field.get("value", "on")] if field.get("checked") is not None else []
    if kind == "checkbox":
        return [field.get("value", "on")]
    return [field.get("value") or chosen.get(kind, "https://example.org/" if kind == "url" else "")]
