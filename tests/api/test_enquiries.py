"""An enquiry sent by a program."""

from typing import Any

import pytest

from accounts.services import digest
from core.models import IdempotencyRecord
from investors.models import Enquiry
from investors.services import enquiries
from tests.api.test_errors import problem
from tests.factories import ApiClientFactory, ConsentTextFactory, DistrictFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/enquiries/"
RIGHT = {
    "language": "ru",
    "organisation_name": "Silk Road Cold Chain",
    "country": "SG",
    "person_name": "Mei Lin",
    "email": "mei@example.org",
    "text": "Do you have ten hectares with power?",
    "consent_version": 1,
}


@pytest.fixture(autouse=True)
def words() -> Any:
    return ConsentTextFactory(number=1)


def test_anybody_may_send_one(ask: Any, client: Any) -> None:
    DistrictFactory(code="gate")
    more = {"district": "gate", "hectares": "12.5", "rail": True, "jobs": 40, "sectors": ["energy"]}
    told = ask(None, LIST, RIGHT | more).json()
    enquiry = Enquiry.objects.get()

    assert told["receipt"] == enquiry.receipt
    assert told["promised_on"] == enquiry.promised_on.isoformat()
    assert "/ru/invest/enquiry/status/" in told["status_url"]
    assert client.get("/" + told["status_url"].split("/", 3)[3]).status_code == 200
    assert (str(enquiry.hectares), enquiry.rail, enquiry.district.code) == ("12.50", True, "gate")


def test_sent_again_under_its_key_it_is_one(ask: Any) -> None:
    how = {"headers": {"idempotency-key": "0198c6f2", "accept-language": "en"}}
    first, again = (ask(None, LIST, RIGHT, **how) for _ in range(2))

    assert first.content == again.content
    assert again["Idempotency-Replayed"] == "true"
    assert Enquiry.objects.count() == 1
    assert IdempotencyRecord.objects.get().client.startswith("visitor:")


def test_the_key_of_another_visitor_answers_nothing(ask: Any) -> None:
    how = {"headers": {"idempotency-key": "0198c6f2"}}
    first = ask(None, LIST, RIGHT, **how)
    other = ask(None, LIST, RIGHT, REMOTE_ADDR="198.51.100.9", **how)

    assert first.json()["receipt"] != other.json()["receipt"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("email", "mei"),
        ("organisation_name", "Silk\nRoad"),
        ("text", "\u202e"),
        ("country", "XX"),
        ("bin", "491240900017"),
        ("hectares", "0"),
        ("hectares", 12),
        ("jobs", 0),
        ("rail", "yes"),
        ("sectors", ["magic"]),
        ("plot", "ALT-L-9999"),
        ("state", "closed"),
        ("is_demo", True),
    ],
)
def test_what_is_wrong_is_named_by_its_place(ask: Any, name: str, value: Any) -> None:
    answer = ask(None, LIST, RIGHT | {name: value})

    assert [error["pointer"] for error in problem(answer, 400)["errors"]] == [f"/{name}"]
    assert not Enquiry.objects.exists()


def test_a_text_of_consent_that_is_over_is_a_conflict(ask: Any) -> None:
    ConsentTextFactory(number=2)

    assert problem(ask(None, LIST, RIGHT), 409)["code"] == "conflict"


def test_too_many_are_told_when_again(ask: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(enquiries, "PER_EMAIL", 1)
    ask(None, LIST, RIGHT)
    answer = ask(None, LIST, RIGHT)

    assert problem(answer, 429)["code"] == "too_many"
    assert int(answer["Retry-After"]) > 0


def test_a_token_that_may_only_read_sends_none(client: Any) -> None:
    ApiClientFactory(token_hash=digest("alt_reader"), scopes=["read"])
    how = {"content_type": "application/json", "headers": {"authorization": "Bearer alt_reader"}}

    assert problem(client.post(LIST, RIGHT, **how), 403)["code"] == "forbidden"
