"""The office withdraws an edition in the admin; others look."""

import pytest
from django.urls import reverse

from alatau_portal.models import OpenDataEdition

pytestmark = pytest.mark.django_db
WORDS = {"reason_kk": "Қате болды.", "reason_ru": "Была ошибка.", "reason_en": ""}


@pytest.fixture
def withdrawn_at(edition):
    return reverse("admin:alatau_portal_opendataedition_withdraw", args=[edition.pk])


def test_the_office_withdraws_an_edition_with_words(client, office, edition, withdrawn_at):
    client.force_login(office)
    page = reverse("admin:alatau_portal_opendataedition_change", args=[edition.pk])
    assert withdrawn_at in client.get(page).content.decode()

    assert client.post(withdrawn_at, WORDS | {"reason_ru": ""}).status_code == 200
    assert OpenDataEdition.objects.get().withdrawn_at is None
    assert client.post(withdrawn_at, WORDS).status_code == 302

    edition = OpenDataEdition.objects.get()
    assert (edition.withdrawn_by, edition.reason_ru, edition.files.count()) == (office, "Была ошибка.", 0)
    assert withdrawn_at not in client.get(page).content.decode()
    assert client.post(withdrawn_at, WORDS).status_code == 403
    edition.refresh_from_db()
    assert edition.reason_ru == "Была ошибка."


def test_an_auditor_looks_and_withdraws_nothing(client, auditor, edition, withdrawn_at):
    client.force_login(auditor)

    assert client.get(reverse("admin:alatau_portal_opendataedition_changelist")).status_code == 200
    assert client.post(withdrawn_at, WORDS).status_code == 403
    assert OpenDataEdition.objects.get().withdrawn_at is None
