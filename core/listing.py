"""A register as a page: what its address asks for, and the same said back as a form, chips, sort links and pages.

The address holds everything: whoever opens it sees the same list. What it asks wrongly is said, never passed over.
"""

from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.filters import Options, Order, Ordering
from core.keyset import BadCursor, Keyset, Page
from core.text import LANGUAGES

#: Rows of a page.
SIZE = 25
#: Of the address, not of the list: in which time it is read, and where in it.
TIME, PLACE = "as_of", "cursor"


class Chip(NamedTuple):
    """A filter that holds, and the address without it."""

    label: str
    value: str
    href: str


class Sort(NamedTuple):
    """An order of the list: the address that sorts by it, and how it sorts now (for aria-sort)."""

    label: str
    href: str
    direction: str


class Listing:
    """The list that a request asks for, of the rows that a FilterSet filters and orders.

    `extra` are further parameters of the page with the values they may have.
    """

    def __init__(self, request: HttpRequest, filterset: Any, **extra: tuple[str, ...]) -> None:
        self.request, self.filterset, self.extra = request, filterset, extra
        self.form = filterset.form
        self.form.use_required_attribute = False
        self._offer_orders()

    @cached_property
    def asked(self) -> dict[str, str]:
        """What the address asks for, without the place in the list and what is empty."""
        known = (*self.filterset.filters, *self.extra, TIME)
        asked = {name: value for name in known if (value := self.request.GET.get(name, "").strip())}
        if asked.get("ordering") == self._ordering.default:
            del asked["ordering"]
        return asked

    @cached_property
    def faults(self) -> list[str]:
        """What is wrong with the address itself; what is wrong with a filter stands at its field."""
        query = self.request.GET
        twice = [name for name in self._known if len(query.getlist(name)) > 1]
        wrong = [name for name, values in self.extra.items() if self.asked.get(name, values[0]) not in values]
        said = []
        if twice:
            said.append(_("The address gives this more than once: %(names)s.") % {"names": ", ".join(twice)})
        if wrong:
            said.append(_("The page does not know this value of: %(names)s.") % {"names": ", ".join(wrong)})
        if self.is_valid and self._found[1]:
            said.append(
                _("The address names a place in another list than this: here it is from the beginning.")
            )
        return said

    @property
    def unknown(self) -> str:
        """Parts of the address that this page does not know, such as the marks of advertisers."""
        return ", ".join(name for name in self.request.GET if name not in self._known)

    @property
    def _known(self) -> list[str]:
        return [*self.filterset.filters, *self.extra, TIME, PLACE]

    @property
    def is_valid(self) -> bool:
        return self.filterset.is_valid()

    @cached_property
    def rows(self) -> Any:
        """All rows of the list, in its order; none where a filter has no sense."""
        return self.filterset.qs if self.is_valid else self.filterset.queryset.none()

    @cached_property
    def total(self) -> int:
        return self.rows.order_by().count()

    @property
    def page(self) -> Page:
        return self._found[0]

    @cached_property
    def _found(self) -> tuple[Page, bool]:
        """The page, and whether the address asked for one that is not of this list."""
        filters = {name: self.asked[name] for name in self.filterset.filters if name in self.asked}
        keyset = Keyset(self.rows, filters)
        try:
            return keyset.page(self.request.GET.get(PLACE), SIZE), False
        except BadCursor:
            return keyset.page(None, SIZE), True

    def address(self, **changes: str | None) -> str:
        """Of this list with these changes, from its beginning."""
        query: dict[str, str | None] = {**self.asked, **changes}
        kept = urlencode([(name, value) for name in self._known if (value := query.get(name))])
        return f"{self.request.path}?{kept}" if kept else self.request.path

    @property
    def link(self) -> str:
        """The address to give to somebody else."""
        return settings.PUBLIC_URL + self.address()

    @property
    def next(self) -> str:
        return self.address(cursor=self.page.next) if self.page.next else ""

    @property
    def previous(self) -> str:
        return self.address(cursor=self.page.previous) if self.page.previous else ""

    @cached_property
    def filters(self) -> dict[str, str]:
        """The filters that hold, without the order."""
        return {
            name: self.asked[name]
            for name in self.filterset.filters
            if name in self.asked and name != "ordering"
        }

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(str(self.form.fields[name].label), self._spelled(name, value), self.address(**{name: None}))
            for name, value in self.filters.items()
        ]

    def _spelled(self, name: str, value: str) -> str:
        field = self.form.fields[name]
        choices: dict[str, Any] = dict(getattr(field.widget, "choices", ()))
        return str(choices.get(value, value))

    @property
    def everything(self) -> str:
        """The address without any filter."""
        return self.address(**dict.fromkeys(self.filters))

    @property
    def order(self) -> str:
        """The name of the order in force; with a minus, backwards."""
        return (self.is_valid and self.asked.get("ordering")) or self._ordering.default

    @property
    def sorts(self) -> dict[str, Sort]:
        """By the name of the order: the link in the head of its column, which turns the order in force around."""
        found = {}
        for name, order in self._orders.items():
            now = {name: "ascending", f"-{name}": "descending"}.get(self.order, "")
            onward = f"-{name}" if now == "ascending" else name
            found[name.removesuffix(f"_{order.language}")] = Sort(
                str(order.label), self.address(ordering=onward), now
            )
        return found

    @property
    def _ordering(self) -> Ordering:
        return self.filterset.filters["ordering"]

    @property
    def hidden(self) -> dict[str, str]:
        """What the form keeps without showing it."""
        return {name: value for name, value in self.asked.items() if name not in self.filterset.filters}

    @property
    def query(self) -> str:
        """The filters, the order and the time, for other formats of the same list."""
        return urlencode([(name, value) for name, value in self.asked.items() if name not in self.extra])

    @property
    def _orders(self) -> dict[str, Order]:
        """Those that the page offers: of the names, the order in the language of the reader."""
        languages = {"", (get_language() or LANGUAGES[0])[:2]}
        return {name: order for name, order in self._ordering.orders.items() if order.language in languages}

    def _offer_orders(self) -> None:
        """In the form, with the one that the address names."""
        offered = {self.request.GET.get("ordering", ""), self._ordering.default}
        offered |= {sign + name for name in self._orders for sign in ("", "-")}
        widget = self.form.fields["ordering"].widget
        widget.choices = [(name, label) for name, label in widget.choices if name in offered]

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Let the form offer what a code may be."""
        value = self.asked.get(name)
        known = [*choices, (value, value)] if value and value not in dict(choices) else choices
        self.form.fields[name].widget = Options(choices=[("", _("Any")), *known])

    def answer(self, template: str, context: dict[str, Any]) -> HttpResponse:
        """The page: 400 where the address is wrong; under its own address, without what is empty."""
        here = self.address(**{PLACE: self.request.GET.get(PLACE)})
        is_fetched = getattr(self.request, "htmx", None)
        if not is_fetched and any(not str(value).strip() for value in self.request.GET.values()):
            return HttpResponseRedirect(here)
        status = 200 if self.is_valid and not self.faults else 400
        response = render(self.request, template, {"listing": self, **context}, status=status)
        if is_fetched:
            header, value = _history(str(is_fetched.current_url_abs_path), here)
            response[header] = value
        return response


def _history(before: str, here: str) -> tuple[str, str]:
    """What “Back” shall know of a list that htmx fetched: nothing of the same one, one entry of a word being typed."""
    if before == here:
        return "HX-Push-Url", "false"
    was, is_ = (QueryDict(address.partition("?")[2]).dict() for address in (before, here))
    goes_on = was.pop("q", "") and is_.pop("q", "") and was == is_
    return ("HX-Replace-Url" if goes_on else "HX-Push-Url"), here
