"""How it stood: for the house and auditors, relations included."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from districts.models import Figure, Project
from tasks.models import Instruction
from tests.api.conftest import REGISTERS, path_of, populate
from tests.api.test_errors import problem
from tests.factories import FigureFactory, ProjectFactory, UserFactory, instruction_in


@pytest.mark.django_db(transaction=True)
def test_a_register_shows_how_it_stood_with_its_relations(get: Any) -> None:
    auditor = UserFactory(role="auditor")
    figure = FigureFactory(chosen=True, project__name_kk="Зауыт")
    then = timezone.now().isoformat()
    Figure.objects.filter(pk=figure.pk).update(value=99)
    Project.objects.filter(pk=figure.project_id).update(name_kk="Фабрика")
    ProjectFactory()

    (past,) = get(path_of("projects"), auditor, as_of=then, count=1)["results"]
    now = get(path_of("projects", past["public_id"]), auditor)

    assert (past["name"]["kk"], past["figures"][0]["value"], past["version"]) == ("Зауыт", "20", 1)
    assert (now["name"]["kk"], now["figures"][0]["value"], now["version"]) == ("Фабрика", "99", 2)
    assert get(path_of("projects", past["public_id"]), auditor, as_of=then) == past


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("register", REGISTERS)
def test_every_register_can_be_read_in_the_past(get: Any, api: Any, register: str) -> None:
    auditor = UserFactory(role="auditor")
    before = timezone.now().isoformat()
    populate()
    after = timezone.now().isoformat()

    (row, *_) = get(path_of(register), auditor, as_of=after)["results"]
    assert get(row["url"].partition("//")[2].partition("/")[2].join(["/", ""]), auditor, as_of=after) == row
    assert get(path_of(register), auditor, as_of=before)["results"] == []
    assert get(path_of(register), auditor)["results"]


@pytest.mark.django_db(transaction=True)
def test_pages_of_the_past_stay_in_the_past(get: Any) -> None:
    auditor, first, last = UserFactory(role="auditor"), ProjectFactory(), ProjectFactory()
    then = timezone.now().isoformat()
    ProjectFactory()

    page = get(path_of("projects"), auditor, as_of=then, limit=1)
    following = get(path_of("projects"), auditor, **_query(page["next"]))

    assert [page["results"][0]["public_id"], following["results"][0]["public_id"]] == [
        first.public_id,
        last.public_id,
    ]
    assert following["next"] is None


def _query(address: str) -> dict[str, str]:
    from urllib.parse import parse_qsl, urlsplit

    return dict(parse_qsl(urlsplit(address).query))


@pytest.mark.django_db(transaction=True)
def test_overdue_is_told_for_the_day_that_was_asked_about(get: Any, time_machine: Any) -> None:
    office = UserFactory(role="office")
    due = timezone.localdate()
    instruction = instruction_in("in_execution", due=due)
    address = path_of("instructions", instruction.public_id)
    time_machine.move_to(datetime.now(UTC) + timedelta(days=3))

    assert get(address, office, as_of=due.isoformat())["overdue"] is False
    assert get(address, office, as_of=(due + timedelta(days=1)).isoformat())["overdue"] is True
    assert get(path_of("instructions"), office, as_of=due.isoformat(), overdue="true")["results"] == []
    assert Instruction.objects.overdue(date(1999, 1, 1)).count() == 0


WRONG = [
    "yesterday",
    "2025-13-01",
    "2025-02-30",
    "2025-1-1",
    "20250101",
    "2025-W01-1",
    "2999-01-01",
    "9999-12-31",
    "2999-01-01T00:00:00Z",
    "2025-01-01T10:00:00",
    "2025-01-01T25:00:00Z",
    "2025-01-01T10:00:00+25:00",
    "0001-01-01T00:00:00+23:00",
    "0000-01-01",
    "2025-01-01\x00",
    "٢٠٢٥-٠١-٠١",
]


@pytest.mark.parametrize("moment", WRONG)
def test_a_moment_that_is_none_is_refused(office: Any, api: Any, moment: str) -> None:
    for address in (path_of("projects"), path_of("projects", "ALT-P-0001")):
        body = problem(api(office).get(address, {"as_of": moment}), 400)
        assert body["errors"][0]["parameter"] == "as_of"


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01",
        "2025-12-01",
        "2025-12-01T09:30Z",
        "2025-12-01T09:30:00+05:00",
        "2025-12-01T09:30:00.5-11:00",
    ],
)
def test_a_moment_before_everything_shows_nothing(office: Any, get: Any, moment: str) -> None:
    assert get(path_of("projects"), office, as_of=moment)["results"] == []


def test_today_is_now(office: Any, get: Any) -> None:
    assert get(path_of("projects"), office, as_of=timezone.localdate().isoformat())["results"] == []


@pytest.mark.parametrize("persona", ["executor", "investor"])
def test_the_past_is_not_for_everybody(request: pytest.FixtureRequest, api: Any, persona: str) -> None:
    user = request.getfixturevalue(persona)

    for client in (api(user), api()):
        problem(client.get(path_of("projects"), {"as_of": "2025-12-01"}), 403)


def test_a_token_that_has_not_been_used_today_looks_back_too(api: Any, db: None) -> None:
    from accounts.services import digest
    from tests.factories import ApiClientFactory

    ApiClientFactory(token_hash=digest("alt_x"), role="auditor")

    assert api(token="alt_x").get(path_of("projects"), {"as_of": "2025-12-01"}).status_code == 200


def test_a_leaked_plus_sign_is_understood(office: Any, db: None) -> None:
    client = Client()
    client.force_login(office, "accounts.backends.Passwords")

    assert client.get(path_of("projects") + "?as_of=2025-12-01T09:30:00+05:00").status_code == 200
