"""The card of an instruction: who sees what of it, in how many queries, in which words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tasks import services
from tests.factories import SubstitutionFactory, UserFactory
from tests.pages.control import address, controlled, executing, in_days, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def instruction(office, leadership, executor, akimat_preparer):
    return executing(office, leadership, executor, akimat_preparer)


@pytest.fixture
def full(instruction, office, leadership, executor, akimat_preparer):
    """With something of everything."""
    proof = services.Proof(kind="link", url="https://example.kz/act")
    services.contribute(instruction, by=akimat_preparer, text="Жер бөлінді", proofs=[proof])
    services.report(instruction, by=executor, kind="interim", text="Іргетас құйылды", proofs=[proof])
    services.accept(instruction, by=office)
    asked = services.request_extension(instruction, by=executor, new_due=in_days(60), reason="Жабдық кешікті")
    services.grant(asked, by=leadership, due=in_days(50))
    services.split(
        instruction,
        by=executor,
        text={"kk": "Дерек жинау"},
        expected_result={"kk": "Кесте"},
        lead=akimat_preparer.organisation,
        due=in_days(20),
    )
    services.save_report(instruction, by=executor, kind="final", text="Жоба мәтіні")
    return instruction


@pytest.mark.parametrize("persona", ["office", "leadership", "executor", "akimat_preparer", "auditor"])
def test_the_card_costs_at_most_twelve_queries(full, client, request, persona):
    client.force_login(request.getfixturevalue(persona))
    client.get(address(full))

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address(full))

    assert answer.status_code == 200
    asked = "\n".join(query["sql"][:160] for query in queries)
    assert len(queries) <= 12, asked


def test_all_that_there_is_stands_on_it(full, read, office):
    html = read(address(full), office)

    for words in (
        "Жер бөлінді",
        "Іргетас құйылды",
        "Жабдық кешікті",
        "example.kz/act",
        "Дерек жинау",
        "<svg",
    ):
        assert words in html
    assert "Жоба мәтіні" not in html  # a draft is its organisation's own


def test_a_draft_is_seen_by_its_organisation(full, read, executor):
    assert "Жоба мәтіні" in read(address(full), executor)


def test_visitors_are_sent_to_sign_in_whatever_there_is(instruction, client):
    for public_id in (instruction.public_id, "ALT-I-9999"):
        answer = client.get(f"/kk/control/{public_id}/")
        assert answer.status_code == 302
        assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("persona", ["investor", "akimat_signer"])
def test_somebody_elses_is_as_if_it_were_not_there(office, leadership, executor, client, request, persona):
    made = controlled(office, leadership, executor)
    client.force_login(request.getfixturevalue(persona))

    hidden, missing = client.get(address(made)), client.get("/kk/control/ALT-I-9999/")

    assert hidden.status_code == missing.status_code == 404
    clean = missing.content.replace(b"ALT-I-9999", made.public_id.encode())
    assert _without_tokens(hidden.content) == _without_tokens(clean)


def _without_tokens(html):
    import re

    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', b"", html)


def test_of_a_published_one_others_see_what_is_published(full, read, investor):
    type(full).objects.filter(pk=full.pk).update(visibility="public")

    html = read(address(full), investor)

    assert "Орталықты салу" in html
    for inner in ("Жер бөлінді", "Іргетас құйылды", "Жабдық кешікті", "hold-1", "Дерек жинау"):
        assert inner not in html


def test_the_buttons_are_those_that_the_services_would_not_refuse(
    office, second_office, leadership, executor, akimat_preparer, client
):
    made = registered(office, leadership, executor, akimat_preparer)
    assert _verbs(client, office, made) == ["put_on_control", "set_controller", "cancel"]
    assert _verbs(client, executor, made) == []

    made = services.put_on_control(made, by=office, due=in_days(9), expected_result={"kk": "Акт"})
    first = _verbs(client, executor, made)
    assert first[:2] == ["accept_assignment", "start"]
    assert "refuse_assignment" in first
    assert _verbs(client, akimat_preparer, made)[:2] == ["accept_assignment", "contribute"]

    services.start(made, by=executor)
    assert _verbs(client, executor, made) == ["report", "request_extension", "split"]
    asked = services.request_extension(made, by=executor, new_due=in_days(30), reason="Кешікті")
    assert _verbs(client, executor, made) == ["report", "withdraw", "split"]
    assert _verbs(client, leadership, made)[:3] == ["grant", "take_up", "refuse"]
    services.grant(asked, by=leadership)
    assert "correct" in _verbs(client, leadership, made)

    services.report(made, by=executor, kind="final", text="Салынды")
    assert _verbs(client, executor, made) == []
    assert "accept" not in _verbs(client, leadership, made)
    services.propose_removal(made, by=office)
    assert _verbs(client, leadership, made)[:3] == ["accept", "return", "remove_part"]
    assert "propose_removal" not in _verbs(client, second_office, made)
    services.accept(made, by=leadership)
    assert _verbs(client, leadership, made) == []


def _verbs(client, user, instruction):
    client.force_login(user)
    answer = client.get(address(instruction))
    return [offer.verb for offer in answer.context["offers"]]


def test_a_late_co_executor_does_not_stain_the_lead(office, leadership, executor, akimat_preparer, client):
    made = controlled(office, leadership, executor, akimat_preparer)
    made.executors.filter(role="co").update(internal_due=timezone.localdate() - timedelta(days=4))
    client.force_login(office)

    answer = client.get(address(made))

    assert [one.late_by for one in answer.context["executors"]] == [0, 4]
    assert answer.context["term"].kind != "overdue"


WORDS = {
    "kk": ["Тіркелді", "Бақылауға қойылды", "Орындау басталды", "Мерзім ұзартылды", "Аралық есеп тапсырылды"],
    "ru": [
        "Зарегистрировано",
        "Поставлено на контроль",
        "Исполнение начато",
        "Срок продлён",
        "Сдан промежуточный отчёт",
    ],
}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_timeline_tells_in_words_newest_first(full, read, office, language):
    html = read(address(full, language=language), office)
    told = html[html.index('id="history"') :]

    places = [told.index(words) for words in WORDS[language]]
    assert places[0] > places[1] > places[2] > places[4] > places[3]
    assert "Жабдық кешікті" in told


def test_what_a_substitute_did_says_for_whom(office, leadership, executor, client, read):
    made = executing(office, leadership, executor)
    asked = services.request_extension(made, by=executor, new_due=in_days(60), reason="Кешікті")
    substitute = UserFactory(username="sub", role="leadership", full_name="Орынбасар Адам")
    leadership.full_name = "Басшы Адам"
    leadership.save()
    today = timezone.localdate()
    from psycopg.types.range import DateRange

    SubstitutionFactory(
        person=leadership, substitute=substitute, during=DateRange(today, today + timedelta(days=3))
    )
    services.grant(asked, by=substitute)
    client.force_login(office)

    event = client.get(address(made)).context["events"][0]

    assert (event.verb, event.who, event.acted_for) == ("grant", "Орынбасар Адам", "Басшы Адам")
    assert "Басшы Адам атынан" in read(address(made), office)


def test_drafts_leave_no_trace_in_the_timeline(full, client, office):
    client.force_login(office)

    verbs = {event.verb for event in client.get(address(full)).context["events"]}

    assert "write_report" not in verbs
    assert {"contribute", "accept_interim", "grant", "request_extension"} <= verbs
