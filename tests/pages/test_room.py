"""The room in the browser: what its investor sees, what the office does at its desk, and that nobody else is let in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from core.choices import ScanState
from core.models import Notice, StoredFile
from core.notices import tell
from core.outbox import deliver_one
from investors.models import Message, Request, RequestSeen
from tests.factories import (
    ExecutorFactory,
    InstructionFactory,
    MessageFactory,
    MessageFileFactory,
    MilestoneFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    RequestFactory,
    UserFactory,
)
from tests.personas import EVERYBODY, HOUSE, reader

pytestmark = pytest.mark.django_db
ROOM, DESK = "/kk/room/", "/kk/review/requests/"


@pytest.fixture
def row(investor):
    made = RequestFactory(organisation=investor.organisation, title="Су тарту")
    MessageFactory(request=made, author=investor, text="Су қашан тартылады?")
    return made


def thread(row, desk=False):
    return f"{DESK}{row.public_id}/" if desk else f"{ROOM}requests/{row.public_id}/"


def typed(row, text="Жауап", do="reply", **more):
    row.refresh_from_db()
    return {"text": text, "do": do, "version": row.version, "client_uuid": str(uuid4()), **more}


def test_from_the_question_to_the_answer(client, investor, office, at_commit):
    client.force_login(investor)
    assert f"{ROOM}requests/new/" in client.get(ROOM).content.decode()
    form = client.get(f"{ROOM}requests/new/")
    sent = {
        "title": "Су тарту",
        "kind": "utilities",
        "project": "",
        "text": "Қашан?",
        "client_uuid": form.context["form"]["client_uuid"].value(),
        "files": SimpleUploadedFile("сызба.pdf", b"%PDF-1.7 plan"),
    }
    answer = client.post(f"{ROOM}requests/new/", sent)
    row = Request.objects.get()
    assert answer["Location"] == thread(row)
    assert client.post(f"{ROOM}requests/new/", sent | {"files": ""})["Location"] == thread(row)
    assert Request.objects.count() == 1

    client.force_login(office)
    assert thread(row, desk=True) in client.get(DESK).content.decode()
    assert client.post(thread(row, desk=True), typed(row, "Қыркүйекте"))["Location"] == thread(row, desk=True)

    client.force_login(investor)
    page = client.get(thread(row)).content.decode()
    assert "Қыркүйекте" in page and 'value="close"' in page
    assert client.post(thread(row), typed(row, "", do="close")).status_code == 302
    row.refresh_from_db()
    assert row.state == "closed"
    assert 'name="text"' not in client.get(thread(row)).content.decode()
    at_commit()


def test_the_room_shows_what_is_ones_own_and_what_slipped(client, investor):
    own = ProjectFactory(visibility="internal", name_kk="Өз жобасы")
    ProjectPartyFactory(project=own, organisation=investor.organisation)
    MilestoneFactory(
        project=own,
        name_kk="Құрылыс басталады",
        baseline_day=timezone.localdate() - timedelta(days=40),
        baseline_precision="day",
        forecast_day=None,
        forecast_precision="unknown",
    )
    ProjectFactory(visibility="internal", name_kk="Бөтен жоба")
    given = InstructionFactory(text_kk="Кестені тапсырыңыз", state="registered")
    client.force_login(investor)

    page = client.get(ROOM).content.decode()

    assert "Өз жобасы" in page and "Құрылыс басталады" in page and "Бөтен жоба" not in page
    assert str(given.text_kk) not in page


def test_an_instruction_that_is_given_to_it_stands_there(client, investor):
    from tests.factories import instruction_in

    given = instruction_in("on_control")
    ExecutorFactory(instruction=given, organisation=investor.organisation, role="co")
    client.force_login(investor)

    assert given.public_id in client.get(ROOM).content.decode()


@pytest.mark.parametrize("persona", EVERYBODY)
def test_nobody_else_is_let_in(client, request, row, persona, caspian_group):
    sent = MessageFileFactory(message__request=row, message__text="Файл")
    user = reader(persona, request)
    if persona == "client_of_investor":
        return  # programs have the API
    if persona != "anonymous":
        client.force_login(user)
    own, house = persona == "investor", persona in HOUSE
    pages = {
        ROOM: 200 if own or persona == "foreign_investor" else 302 if house else 403,
        f"{ROOM}?organisation=caspian_group": 200
        if own or house
        else 404
        if persona == "foreign_investor"
        else 403,
        f"{ROOM}?organisation=nobody": 404 if own or house or persona == "foreign_investor" else 403,
        thread(row): 200 if own else 302 if house else 404,
        f"{thread(row)}files/{sent.pk}/": 404,
        DESK: 200 if house else 403,
        thread(row, desk=True): 200 if house else 403,
        f"{DESK}new/": 200 if persona == "office" else 403,
        f"{DESK}new/?organisation=caspian_group": 200 if persona == "office" else 403,
        f"{ROOM}requests/new/": 200 if persona in ("investor", "foreign_investor") else 403,
    }
    if persona == "anonymous":
        pages = dict.fromkeys(pages, 302)

    answers = {page: client.get(page).status_code for page in pages}

    assert answers == pages
    if not (own or house or persona == "anonymous"):
        everything = "".join(client.get(page).content.decode() for page in pages)
        assert row.title not in everything and "Су қашан тартылады" not in everything


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


def test_a_wrong_file_is_refused_at_its_field_and_the_words_stay(client, row, investor):
    client.force_login(investor)
    wrong = SimpleUploadedFile("a.pdf", b"MZ not a pdf")

    page = client.post(thread(row), typed(row, "Міне акт", files=wrong)).content.decode()

    assert "Міне акт" in page and 'class="error-summary"' in page and "#id_files" in page
    assert client.post(thread(row), typed(row, "")).status_code == 200
    assert not StoredFile.objects.exists()


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
    waits = RequestFactory(of_investor=True, title="Инвестордан")
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


def test_new_messages_are_marked_until_they_are_read(client, row, office, investor):
    client.force_login(investor)
    client.get(thread(row))
    assert 'class="count">' not in _table(client.get(ROOM).content.decode())
    MessageFactory(request=row, side="office", author=office)
    assert 'class="count">' in _table(client.get(ROOM).content.decode())
    client.get(thread(row))
    assert 'class="count">' not in _table(client.get(ROOM).content.decode())


def _table(page):
    return page[page.index("<table") : page.index("</table>")]


def test_a_notice_leads_each_side_to_its_own_page(client, row, office, investor):
    client.force_login(office)
    client.post(thread(row, desk=True), typed(row))
    while deliver_one():
        pass
    (told,) = tell(Notice.objects.filter(recipient=investor), investor)
    assert told.link == thread(row) and row.public_id in told.text
    client.force_login(investor)
    client.post(thread(row), typed(row, "Рақмет"))
    while deliver_one():
        pass
    (told,) = tell(Notice.objects.filter(recipient=office), office)
    assert told.link == thread(row, desk=True)


def test_what_was_written_is_shown_as_it_is_and_runs_nowhere(client, row, investor):
    script = "<script>alert(1)</script>"
    MessageFactory(request=row, text=script)
    client.force_login(investor)

    page = client.get(thread(row)).content.decode()

    assert script not in page and escape(script) in page


def test_rooms_and_threads_cost_no_more_with_more_rows(client, row, office, investor):
    def cost(user, page):
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    pages = [(investor, ROOM), (office, DESK), (office, thread(row, desk=True)), (investor, thread(row))]
    before = []
    for _ in range(4):
        other = RequestFactory(organisation=investor.organisation, handler=office)
        MessageFileFactory(message__request=other)
        MessageFileFactory(message__request=row, message__author=office)
        project = ProjectFactory(visibility="public")
        ProjectPartyFactory(project=project, organisation=investor.organisation)
        MilestoneFactory(project=project)
        for user, page in pages:
            cost(user, page)  # marks of reading are made once
        before.append([cost(user, page) for user, page in pages])

    assert before[0] == before[-1]
    assert before[0][0] <= 14 and before[0][1] <= 8, before


def test_an_investor_comes_into_the_own_room(client, investor):
    investor.set_password("құпия-сөз-123")
    investor.save()

    answer = client.post("/kk/accounts/login/", {"login": "investor", "password": "құпия-сөз-123"})

    assert answer["Location"] == ROOM
    assert ROOM in client.get("/kk/").content.decode()


def test_strangers_are_not_named_as_those_to_ask(client, office):
    OrganisationFactory(code="silent")
    UserFactory(role="investor", organisation=OrganisationFactory(code="known", name_kk="Белгілі"))
    client.force_login(office)

    page = client.get(f"{DESK}new/").content.decode()

    assert 'value="known"' in page and 'value="silent"' not in page
    assert client.get(f"{DESK}new/?organisation=silent").status_code == 404
