"""A script that was typed into a text of three languages is shown as it was typed, and runs nowhere."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import resolve

from accounts.services import make_demo_accounts
from core.models import LegalAct, Published, Source
from tests.leak.canaries import is_free
from tests.leak.reading import browser, everything

pytestmark = pytest.mark.django_db(transaction=True)

PAYLOADS = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}'-alert(1)-'")
LOOSE = re.compile(r"<script>alert|<img src=x|>14'-alert", re.I)
OF_A_MODEL, AT_MOST = 4, 30


def typed(column, turn):
    fitting = [one for one in PAYLOADS if column.max_length is None or len(one) <= column.max_length]
    return fitting[turn % len(fitting)] if fitting else None


def poison():
    """Into every text of public rows, whatever form would have said; how many took it."""
    taken = 0
    models = [model for model in apps.get_models() if issubclass(model, Published)]
    for model in [*models, Source, LegalAct]:
        rows = model._base_manager.order_by("pk")
        public = rows.filter(visibility="public") if model in models else rows
        for turn, pk in enumerate(public.values_list("pk", flat=True)[:OF_A_MODEL]):
            for place, column in enumerate(model._meta.concrete_fields):
                words = (
                    typed(column, turn + place)
                    if is_free(column) and not hasattr(column, "base_field")
                    else None
                )
                if words is None:
                    continue
                try:
                    with transaction.atomic():
                        taken += model._base_manager.filter(pk=pk).update(**{column.name: words})
                except DatabaseError:
                    continue
    return taken


@pytest.mark.parametrize("language", ["kk", "en"])
def test_nothing_that_was_typed_runs(portal, page, language):
    make_demo_accounts()
    call_command("load_demo", verbosity=0)
    assert poison() > 100

    answers = everything(browser(language), language)

    pages = {address: answer.text for address, answer in answers.items() if "<html" in answer.text[:300]}
    assert [address for address, html in pages.items() if LOOSE.search(html)] == []
    shown = [
        address for address, html in pages.items() if "&lt;script&gt;alert" in html or "onerror=alert" in html
    ]
    assert len(shown) > 5
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(page.url), dialog.dismiss()))
    for address in _one_of_a_view(shown)[:AT_MOST]:
        page.goto(portal + address, wait_until="load")
        assert page.evaluate("document.querySelectorAll('img[src=x]').length") == 0, address
    assert dialogs == []


def _one_of_a_view(addresses):
    views = {}
    for address in addresses:
        views.setdefault(resolve(address.partition("?")[0]).view_name, address)
    return list(views.values())
