"""How far the ledger was read: piece by piece, each change told once."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts import services
from accounts.models import WebhookBookmark, WebhookDelivery
from alatau_portal import webhooks
from tests.webhooks.test_dispatch import change, public, watching

pytestmark = pytest.mark.django_db(transaction=True)

PROJECTS = {"resource": "projects"}


def test_the_bookmark_moves_on_when_nothing_is_watched():
    webhooks.dispatch()
    first = WebhookBookmark.objects.get()
    public()
    assert webhooks.dispatch() == 0
    assert WebhookBookmark.objects.get().mark == first.mark  # too early to be worth a write

    WebhookBookmark.objects.update(looked_at=timezone.now() - timedelta(minutes=2))
    webhooks.dispatch()
    assert WebhookBookmark.objects.get().mark != first.mark


def test_many_changes_are_told_piece_by_piece_each_once(office, monkeypatch):
    monkeypatch.setattr(webhooks, "PIECE", 4)
    watching(office, PROJECTS)
    projects = [public() for _ in range(3)]
    webhooks.dispatch()
    while webhooks.dispatch():
        pass
    WebhookDelivery.objects.all().delete()
    with transaction.atomic():  # of one row more than once in one transaction: one event
        for name in ("One", "Two", "Three"):
            for project in projects:
                change(project, name_en=f"{name} {project.pk}")

    pieces = [webhooks.dispatch() for _ in range(4)]

    assert sum(1 for piece in pieces if piece) >= 1 and pieces[-1] == 0
    told = [json.loads(one.payload)["data"] for one in WebhookDelivery.objects.all()]
    assert sorted(one["after"]["name"]["en"] for one in told) == sorted(f"Three {one.pk}" for one in projects)
    assert (WebhookBookmark.objects.get().until, WebhookBookmark.objects.get().after) == ("", 0)


def test_who_sees_part_of_it_is_asked_for_all_of_an_instant_at_once(investor, django_assert_max_num_queries):
    watching(investor, PROJECTS)
    projects = [public() for _ in range(5)]
    webhooks.dispatch()
    with transaction.atomic():
        for project in projects:
            change(project, name_en=f"Other {project.pk}")

    with django_assert_max_num_queries(130):
        assert webhooks.dispatch() == 5


def test_what_changes_between_the_first_webhook_and_the_first_look_is_told(office):
    services.add_webhook(by=office, target="https://example.kz/hook", watches=[PROJECTS])
    public()

    assert webhooks.dispatch() == 1
