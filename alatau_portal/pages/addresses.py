"""Where a thing is read: its own page, or the place on a page where it stands."""

from datetime import time
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode

from core import ledger


def page(name: str, *args: Any, anchor: str = "", **query: str) -> str:
    """The address of a page in the time that is being read, whoever asks for it."""
    if (instant := ledger.instant.get()) is not None:
        local = timezone.localtime(instant)
        query["as_of"] = str(local.date()) if local.time() == time.max else instant.isoformat()
    address = reverse(name, args=args)
    if query:
        address = f"{address}?{urlencode(query)}"
    return f"{address}#{anchor}" if anchor else address


def project(public_id: str, anchor: str = "") -> str:
    return page("project", public_id, anchor=anchor)


def district(code: str) -> str:
    return page("district", code)


def investor(code: str) -> str:
    return page("investor", code)


def figure(measure: str, project: str | None = None, district: str | None = None) -> str:
    """All that was said of a measure of a project, of a district, or of the city."""
    return page("figure", project or district or "city", measure)


def claim(project: str | None = None, district: str | None = None) -> str:
    """Where what sources say of a thing stands."""
    if project:
        return page("project", project, anchor="claims")
    return page("district", district) if district else page("about-data", anchor="said")


def source(code: str) -> str:
    return page("about-data", anchor=code)


def act(code: str) -> str:
    return page("legal-acts", anchor=code)


def dated(anchor: str) -> str:
    """A meeting, an instruction or a talk: where it stands in the timeline of the city."""
    return page("timeline", anchor=anchor)


#: The page of an object by its model: its name in the address book, and the column that it is called by.
PAGES = {
    "districts.project": ("project", "public_id"),
    "tasks.meeting": ("meeting", "public_id"),
    "tasks.instruction": ("instruction", "public_id"),
    "investors.investor": ("investor", "organisation__code"),
    "investors.opportunity": ("invest-opportunity", "public_id"),
    "districts.landplot": ("invest-plot", "public_id"),
    "districts.document": ("document", "public_id"),
}
#: Papers of an object, at addresses of their own.
ALSO = {"project": ("project-progress",)}


def of(row: Any) -> str:
    """The page of an object; empty where it has none of its own."""
    name, column = PAGES.get(row._meta.label_lower, ("", ""))
    if not name:
        return ""
    called = row
    for step in column.split("__"):
        called = getattr(called, step)
    try:
        return page(name, called)
    except NoReverseMatch:
        return ""


def named(match: Any) -> tuple[Any, dict[str, Any]]:
    """The model that a page is about, and what the address calls the object; (None, {}) of any other page."""
    for label, (name, column) in PAGES.items():
        if match.url_name in (name, *ALSO.get(name, ())) and match.kwargs:
            try:
                model = apps.get_model(label)
            except LookupError:
                return None, {}
            return model, {column: next(iter(match.kwargs.values()))}
    return None, {}
