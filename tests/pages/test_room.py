"""The room in the browser: what its investor sees, what the office does at its desk, and that nobody else is let in."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from core.models import Notice, StoredFile
from core.notices import tell
from core.outbox import deliver_one
from investors.models import Request
from tests.factories import (
    ExecutorFactory,
    InstructionFactory,
    MessageFactory,
    MessageFileFactory,
    MilestoneFactory,
    ProjectFactory,
    ProjectPartyFactory,
    RequestFactory,
)
from tests.pages.room import DESK, ROOM, asked_by, thread, typed
from tests.personas import EVERYBODY, HOUSE, reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(investor):
    return asked_by(investor)


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


def test_a_wrong_file_is_refused_at_its_field_and_the_words_stay(client, row, investor):
    client.force_login(investor)
    wrong = SimpleUploadedFile("a.pdf", b"MZ not a pdf")

    page = client.post(thread(row), typed(row, "Міне акт", files=wrong)).content.decode()

    assert "Міне акт" in page and 'class="error-summary"' in page and "#id_files" in page
    assert client.post(thread(row), typed(row, "")).status_code == 200
    assert not StoredFile.objects.exists()


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


def test_no_request_is_found_by_the_search_of_the_portal(client, row, investor, office):
    for user in (None, investor, office):
        if user:
            client.force_login(user)
        page = client.get("/kk/search/", {"q": "Су қашан тартылады"}).content.decode()
        assert row.public_id not in page
