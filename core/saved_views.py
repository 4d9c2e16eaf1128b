"""Saved views: a register with its filters under a name of its reader's. Apps above say which pages can be kept."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, get_language_from_path
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.models import SavedView

#: Name of the address of a register → what its page is called.
PAGES: dict[str, Any] = {}
#: What says where in a list the reader stood, not what he asked for.
PLACES = ("cursor", "page")
MOST = 100  # of one reader


class Page(NamedTuple):
    """A register: its path without the language, and its name."""

    path: str
    title: str


def page_at(path: str) -> Page | None:
    """The register at this path, with or without a language; None if views of it cannot be kept."""
    language = get_language_from_path(path)
    bare = path.removeprefix(f"/{language}") if language else path
    try:
        name = resolve(in_language(bare)).url_name or ""
    except Resolver404:
        return None
    return Page(bare, str(PAGES[name])) if name in PAGES else None


def in_language(path: str, query: str = "") -> str:
    """The address in the language of the reader."""
    return f"/{get_language()}{path}" + (f"?{query}" if query else "")


def asked(query: str) -> str:
    """What a query asks for: without empty values and without the place in the list."""
    given = QueryDict(query, mutable=True)
    for name in PLACES:
        given.pop(name, None)
    for name, values in list(given.lists()):
        given.setlist(name, [value for value in values if value])
    return given.urlencode()


def save(owner: Any, *, name: str, path: str, query: str) -> SavedView:
    """Keep this page of this reader; Conflict or ValidationError say what is wrong."""
    page = page_at(path)
    if page is None:
        raise Conflict(_("Views of this page cannot be saved."))
    if SavedView.objects.filter(owner=owner).count() >= MOST:
        raise Conflict(
            _("You have %(number)s saved views, and more are not kept: delete some.") % {"number": MOST}
        )
    view = SavedView(owner=owner, name=name.strip(), path=page.path, query=asked(query))
    if len(view.query) > 1000:
        raise Conflict(_("The filters are too long to be saved: choose fewer."))
    return _checked(view)


def rename(view: SavedView, name: str) -> SavedView:
    view.name = name.strip()
    return _checked(view)


def _checked(view: SavedView) -> SavedView:
    if not view.name:
        raise ValidationError({"name": [_("Give the view a name.")]})
    view.full_clean(exclude=["owner"])
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:  # two at the same moment
        raise Conflict(_("You have a view of this name on this page: choose another name.")) from error
    return view
