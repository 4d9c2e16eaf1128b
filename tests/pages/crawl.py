"""Reads pages as a reader finds them: by their links."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.html import escape

from tests.pages.heard import links

type Pages = dict[str, str]

#: How many pages of a view are read, and of those how many that are asked the same: filters, orders, pages of a list.
OF_A_VIEW, OF_A_KIND = 4, 2


def browser(language: str, user: Any = None) -> Client:
    client = Client(headers={"accept-language": language}, raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def crawl(
    client: Client, starts: list[str], inside: str, of_a_view: int = OF_A_VIEW, of_a_kind: int = OF_A_KIND
) -> Iterator[tuple[str, Any]]:
    """(address, answer) of every kind of page that can be reached by links that begin with `inside`."""
    queue, seen, kinds = list(starts), set(starts), Counter[Any]()
    while queue:
        address = queue.pop(0)
        answer = client.get(address)
        assert answer.status_code < 500, address
        if "text/html" not in answer.get("Content-Type", ""):
            continue
        text = answer.content.decode()
        if text:
            yield address, answer
        for link in links(f'<a href="{escape(answer.get("Location", ""))}">{text}', address):
            if not link.startswith(inside) or link in seen:
                continue
            seen.add(link)
            view, asked = _kinds(link)
            if kinds[view] < of_a_view and kinds[view, asked] < of_a_kind:
                kinds.update([view, (view, asked)])
                queue.append(link)


def _kinds(address: str) -> tuple[str, str]:
    """Which view, and what it is asked: two lists with the same filter are of one kind."""
    place = urlsplit(address)
    try:
        view = resolve(place.path).view_name
    except Resolver404:
        return "", ""
    return view, "&".join(sorted({part.partition("=")[0] for part in place.query.split("&")}))


def pages(client: Client, starts: list[str], inside: str) -> Pages:
    found = {address: answer.content.decode() for address, answer in crawl(client, starts, inside)}
    assert len(found) > len(starts), "no link was found"
    return found
