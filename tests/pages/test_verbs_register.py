"""Taking an instruction into the register: for the office, with nothing invented and nothing lost."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tasks.models import Instruction
from tests.pages.control import in_days

pytestmark = pytest.mark.django_db
PAGE = "/kk/control/register/"


@pytest.fixture
def given(office, leadership, executor, akimat_preparer, client):
    """What the office types of an instruction that says everything."""
    client.force_login(office)
    return {
        "text_kk": "Орталықты салу",
        "text_ru": "Построить центр",
        "issuer": "deputy_prime_minister",
        "issued": in_days(-2),
        "number": "17-3",
        "lead": str(executor.organisation),
        "co_0": "akimat_almaty_region",
        "co_due_0": in_days(10),
        "group_kk": "инвесторлар\nбанктер",
        "group_ru": "инвесторы",
        "due": in_days(30),
        "expected_result_kk": "Акт",
        "control_kind": "special",
        "evidence_kind": "act",
        "once": "once",
    }


def test_all_that_is_known_is_registered(given, client):
    answer = client.post(PAGE, given)

    made = Instruction.objects.get()
    assert answer["Location"] == f"/kk/control/{made.public_id}/"
    assert (made.state, made.number, made.original_due) == ("registered", "17-3", in_days(30))
    assert made.issued.day == in_days(-2)
    organisations = made.executors.exclude(organisation=None).order_by("pk")
    assert [(one.role, one.internal_due) for one in organisations] == [("lead", None), ("co", in_days(10))]
    assert sorted((one.group_kk, one.group_ru) for one in made.executors.filter(organisation=None)) == [
        ("банктер", ""),
        ("инвесторлар", "инвесторы"),
    ]
    assert f"/kk/control/{made.public_id}/put_on_control/" in client.get(answer["Location"]).content.decode()


def test_what_is_not_known_stays_empty(given, client):
    assert client.post(PAGE, {"text_ru": "Ускорить", "issuer": "deputy_prime_minister"}).status_code == 302

    made = Instruction.objects.get()
    assert (made.due, made.issued.day, made.executors.count(), made.expected_result.kk) == (None, None, 0, "")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text_kk": "", "text_ru": " "}, "text_kk"),
        ({"issuer": ""}, "issuer"),
        ({"issuer": "Ешкім білмейтін"}, "issuer"),
        ({"issued": "31.02.2026"}, "issued"),
        ({"parent": "ALT-I-9999"}, "parent"),
        ({"co_1": "", "co_due_1": "2026-12-31"}, "co_1"),
        ({"co_0": "Ешкім"}, "co_0"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(given, client, wrong, field):
    typed = given | wrong

    answer = client.post(PAGE, typed)

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    html = answer.content.decode()
    for words in typed.values():
        for line in str(words).split("\n"):
            assert line.strip() in html
    assert not Instruction.objects.exists()


def test_all_that_is_missing_is_said_at_once(given, client):
    answer = client.post(PAGE, {"once": "once"})

    assert set(answer.context["form"].errors) == {"issuer", "text_kk"}


def test_a_text_of_which_one_language_is_needed_is_not_called_optional(given, client):
    html = client.get(PAGE).content.decode()

    labels = {
        name: re.search(rf'<label for="id_{name}">(.*?)</label>', html)[1] for name in ("text_kk", "text_en")
    }
    assert "міндетті емес" not in labels["text_kk"]
    assert "міндетті емес" in labels["text_en"]


def test_one_organisation_executes_once(given, client):
    answer = client.post(PAGE, given | {"co_0": given["lead"]})

    assert answer.context["form"].non_field_errors()
    assert not Instruction.objects.exists()


def test_more_rows_keep_what_is_typed(given, client):
    answer = client.post(PAGE, given | {"more": "1", "rows": "3"})

    html = answer.content.decode()
    assert 'name="co_5"' in html
    assert "error-summary" not in html
    assert "Орталықты салу" in html
    assert "akimat_almaty_region" in html

    client.post(PAGE, given | {"rows": "6", "co_5": "project_of_nobody"})
    assert not Instruction.objects.exists()


def test_a_second_sending_registers_nothing(given, client):
    client.post(PAGE, given)
    second = client.post(PAGE, given)

    assert Instruction.objects.count() == 1
    assert second.context["form"].non_field_errors()


@pytest.mark.parametrize("persona", ["leadership", "executor", "investor", "auditor"])
def test_only_the_office_registers(given, client, request, persona):
    client.force_login(request.getfixturevalue(persona))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, given).status_code == 403


def test_a_day_of_tomorrow_is_a_day(given, client):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert client.post(PAGE, given | {"due": tomorrow}).status_code == 302
