"""The desk of the office in the browser: requests of all investors, answers, files, promises."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from core.choices import ScanState
from core.models import StoredFile
from investors.models import Message, Request, RequestSeen
from investors.request_choices import Side
from investors.services.request_news import people_of
from tests.factories import (
    MessageFactory,
    OrganisationFactory,
    RequestFactory,
    UserFactory,
)
from tests.pages.room import DESK, ROOM, asked_by, thread, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(investor):
    return asked_by(investor)


def test_who_only_reads_writes_nothing(client, row, leadership, auditor):
    for user in (leadership, auditor):
        client.force_login(user)
        page = client.get(thread(row, desk=True)).content.decode()
        assert 'name="text"' not in page
        assert client.post(thread(row, desk=True), typed(row)).status_code == 403
    assert Message.objects.count() == 1 and not RequestSeen.objects.exists()


def test_the_office_sees_the_room_as_the_investor_does_and_writes_nothing(client, row, office):
    client.force_login(office)

    page = client.get(f"{ROOM}?organisation=caspian_group").content.decode()

    assert row.title in page and f"{ROOM}requests/new/" not in page


def test_what_was_typed_upon_an_old_page_is_kept_and_sent_anew(client, row, office, investor):
    client.force_login(office)
    old = typed(row, "Менің жауабым")
    MessageFactory(request=row, author=investor)
    Request.objects.filter(pk=row.pk).update(handler=office)

    refused = client.post(thread(row, desk=True), old)
    page = refused.content.decode()
    assert refused.status_code == 200 and "Менің жауабым" in page
    form = refused.context["form"]
    again = old | {"version": form["version"].value()}
    assert client.post(thread(row, desk=True), again).status_code == 302
    assert Message.objects.filter(text="Менің жауабым").count() == 1


def test_a_double_click_is_one_message(client, row, office):
    client.force_login(office)
    sent = typed(row)

    for _ in range(2):
        assert client.post(thread(row, desk=True), sent).status_code == 302
    assert Message.objects.filter(text="Жауап").count() == 1


def test_a_file_is_asked_for_uploaded_and_released(client, office, investor):
    client.force_login(office)
    asked = {
        "title": "Акт",
        "kind": "documents",
        "text": "Салыңыз",
        "wanted_by": "",
        "client_uuid": str(uuid4()),
    }
    client.post(f"{DESK}new/?organisation=caspian_group", asked)
    row = Request.objects.get()
    client.force_login(investor)
    page = client.get(ROOM).content.decode()
    assert thread(row) in page
    client.post(thread(row), typed(row, "", files=SimpleUploadedFile("акт.pdf", b"%PDF-1.7 act")))
    row.refresh_from_db()
    assert (row.state, row.holder) == ("answered", "office")
    sent = Message.objects.last().files.get()
    address = f"{thread(row)}files/{sent.pk}/"
    assert b"".join(client.get(address).streaming_content) == b"%PDF-1.7 act"
    assert client.post(f"{address}release/").status_code == 403

    client.force_login(office)
    assert client.get(address)["Content-Disposition"].startswith("attachment")
    assert client.post(f"{address}release/").status_code == 302
    sent.file.refresh_from_db()
    assert sent.file.scan_state == ScanState.CLEAN
    StoredFile.objects.filter(pk=sent.file_id).update(scan_state=ScanState.INFECTED)
    assert client.get(address).status_code == 403


def test_another_day_is_promised(client, row, office):
    client.force_login(office)
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    sent = {"do": "promise", "on": day, "reason": "", "version": row.version}
    assert client.post(thread(row, desk=True), sent).status_code == 200

    assert client.post(thread(row, desk=True), sent | {"reason": "Желі салынуда"}).status_code == 302
    row.refresh_from_db()
    assert row.promised_on.isoformat() == day


def test_piles_of_the_desk(client, row, office):
    late = RequestFactory(promised_on="2026-01-05", title="Кешіккен")
    waits = RequestFactory(of_investor=True, title="Zq-сұрау")
    client.force_login(office)
    shown = {
        "": {row, late, waits},
        "office": {row, late},
        "late": {late},
        "investor": {waits},
        "over": set(),
    }
    for pile, rows in shown.items():
        page = client.get(f"{DESK}?show={pile}").content.decode()
        assert {one for one in (row, late, waits) if one.title in page} == rows
    assert client.get(f"{DESK}?show=nothing").status_code == 400
    own = client.get(f"{DESK}?organisation={waits.organisation.code}").content.decode()
    assert waits.title in own and row.title not in own


def test_strangers_are_not_named_as_those_to_ask(client, office):
    OrganisationFactory(code="silent")
    UserFactory(role="investor", organisation=OrganisationFactory(code="known", name_kk="Белгілі"))
    client.force_login(office)

    page = client.get(f"{DESK}new/").content.decode()

    assert 'value="known"' in page and 'value="silent"' not in page
    assert client.get(f"{DESK}new/?organisation=silent").status_code == 404


@pytest.mark.parametrize(("address", "status"), [(DESK, 400), (f"{DESK}new/", 404), (ROOM, 404)])
def test_a_code_with_a_nul_is_no_organisation(client, office, address, status):
    client.force_login(office)

    assert client.get(f"{address}?organisation=a%00b").status_code == status


def test_whose_term_is_over_is_nobody_to_ask_and_hears_nothing(client, row, office, investor):
    """Another of the office hears instead of whoever handled it; of the investor nobody does, and nobody is asked."""
    second = UserFactory(role="office")
    Request.objects.filter(pk=row.pk).update(handler=office)
    row.refresh_from_db()
    assert set(people_of(row, Side.OFFICE)) == {office}
    assert set(people_of(row, Side.INVESTOR)) == {investor}
    User.objects.filter(pk__in=[office.pk, investor.pk]).update(valid_until="2020-01-01")

    assert set(people_of(row, Side.OFFICE)) == {second}
    assert set(people_of(row, Side.INVESTOR)) == set()
    client.force_login(second)
    assert client.get(f"{DESK}new/").context["form"].fields["organisation"].choices == []
    assert client.get(f"{DESK}new/?organisation=caspian_group").status_code == 404
