"""`If-Match`: nobody writes over what he has not seen, and whoever has seen it goes on without reading it again."""

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from core.models import Change
from tasks import services
from tasks.models import Executor, Extension, Instruction
from tests.api.conftest import path_of
from tests.api.control import LATER, WHAT, controlled, registered, verb_of
from tests.api.test_errors import problem
from tests.factories import OrganisationFactory, RequestFactory, UserFactory, dispute_in, progress_in

__all__ = ["controlled", "registered"]

LIST = path_of("instructions")
pytestmark = pytest.mark.django_db


def read(client: Any, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer["ETag"]


def said(client: Any, address: str, tag: str | None, body: Any = None, **headers: str) -> Any:
    headers |= {"accept-language": "en"} | ({} if tag is None else {"if-match": tag})
    return client.post(address, body or {}, format="json", headers=headers)


@pytest.fixture
def here(controlled: str) -> str:
    return path_of("instructions", controlled)


@pytest.fixture
def mic_client(api: Callable[..., Any], executor: Any) -> Any:
    return api(executor)


def test_who_has_read_nothing_is_asked_to(mic_client: Any, here: str) -> None:
    before = Change.objects.count()

    refused = problem(said(mic_client, here + "start/", None), 428)

    assert refused["code"] == "precondition_required"
    assert "GET" in refused["detail"] and "If-Match" in refused["detail"]
    assert Change.objects.count() == before


def test_who_has_read_it_passes_and_is_told_what_to_go_on_with(mic_client: Any, here: str) -> None:
    started = said(mic_client, here + "start/", read(mic_client, here))

    assert started.status_code == 200
    assert started["ETag"] == read(mic_client, here)
    assert mic_client.get(started["Content-Location"].partition("8000")[2]).content == started.content
    asked = said(
        mic_client, here + "request_extension/", started["ETag"], {"new_due": LATER, "reason": "Сараптама"}
    )
    assert asked.status_code == 201
    assert asked["ETag"] == read(mic_client, path_of("extensions", asked.json()["public_id"]))


def test_who_has_read_it_before_somebody_changed_it_is_told_how_it_stands(
    mic_client: Any, api: Any, office: Any, here: str
) -> None:
    tag = read(mic_client, here)
    assert said(mic_client, here + "start/", tag).status_code == 200
    before = Change.objects.count()

    answer = said(mic_client, here + "report/", tag, {"kind": "final", "text": "Дайын"})

    refused = problem(answer, 412)
    assert refused["code"] == "stale" and "If-Match" in refused["detail"]
    assert refused["current"] == mic_client.get(here).json() and refused["current"]["state"] == "in_execution"
    assert answer["ETag"] == read(mic_client, here)
    assert Change.objects.count() == before
    again = said(mic_client, here + "report/", answer["ETag"], {"kind": "final", "text": "Дайын"})
    assert again.status_code == 200


@pytest.mark.parametrize("star", ["*", " * "])
def test_a_star_is_whatever_there_is(mic_client: Any, here: str, star: str) -> None:
    assert said(mic_client, here + "start/", star).status_code == 200
    problem(said(mic_client, verb_of("ALT-I-9999", "start"), star), 404)


def test_one_of_several_tags_is_enough(mic_client: Any, here: str) -> None:
    tag = read(mic_client, here)

    assert said(mic_client, here + "start/", f'"other", {tag}').status_code == 200


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ("", 400, "invalid_tag"),
        ("abc", 400, "invalid_tag"),
        ('"a" "b"', 400, "invalid_tag"),
        ('"a", *', 400, "invalid_tag"),
        ('"a"', 412, "stale"),
        ("weak", 412, "stale"),
    ],
)
def test_what_is_no_tag_of_it_does_nothing(
    mic_client: Any, here: str, wrong: str, status: int, code: str
) -> None:
    tag = "W/" + read(mic_client, here) if wrong == "weak" else wrong

    assert problem(said(mic_client, here + "start/", tag), status)["code"] == code


@pytest.mark.parametrize("lang", ["kk", "ru", "en", "*"])
def test_it_may_be_read_in_any_language(mic_client: Any, here: str, lang: str) -> None:
    tag = read(mic_client, here, lang=lang)

    answer = said(mic_client, here + f"start/?lang={lang}", tag)

    assert answer.status_code == 200
    assert answer["ETag"] == read(mic_client, here, lang=lang)


def test_the_tag_of_a_part_of_it_is_none_of_it(mic_client: Any, here: str) -> None:
    problem(said(mic_client, here + "start/", read(mic_client, here, fields="state")), 412)


def test_what_belongs_to_it_is_part_of_what_was_read(
    mic_client: Any, here: str, akimat_preparer: Any
) -> None:
    tag = read(mic_client, here)
    row = Instruction.objects.get(public_id=here.split("/")[4])
    version = row.version
    services.contribute(row, by=akimat_preparer, text="Біздің бөлік дайын", proofs=())
    row.refresh_from_db()
    assert row.version == version

    problem(said(mic_client, here + "start/", tag), 412)

    tag = read(mic_client, here)
    Executor.objects.filter(instruction=row, group_kk="инвесторлар").update(group_kk="инвестор")
    problem(said(mic_client, here + "start/", tag), 412)


def test_the_tag_of_another_reader_is_not_ones_own(api: Any, mic_client: Any, here: str) -> None:
    """A visitor is shown less of what is published."""
    Instruction.objects.update(visibility="public")

    problem(said(mic_client, here + "start/", read(api(), here)), 412)


def test_refusals_come_in_their_order(api: Any, mic_client: Any, leadership: Any, here: str) -> None:
    stranger = UserFactory(role="executor", organisation=OrganisationFactory())
    wrong = {"reason": 5}
    problem(said(api(), here + "cancel/", None, wrong), 401)
    problem(said(api(stranger), here + "cancel/", None, wrong), 404)
    problem(said(mic_client, here + "cancel/", None, wrong), 428)
    problem(said(mic_client, here + "cancel/", '"old"', wrong), 412)
    problem(said(mic_client, here + "cancel/", "*", wrong), 400)
    problem(said(mic_client, here + "cancel/", "*", {"reason": "Т"}), 403)
    problem(said(api(leadership), here + "propose_removal/", "*"), 403)


def test_the_same_request_is_answered_as_it_was_whatever_became_of_the_object(
    mic_client: Any, here: str
) -> None:
    tag, name = read(mic_client, here), {"idempotency-key": "0198c6f2"}
    first = said(mic_client, here + "start/", tag, **name)
    final = {"kind": "final", "text": "Дайын"}
    assert said(mic_client, here + "report/", first["ETag"], final).status_code == 200

    for again in (tag, first["ETag"], None):
        answer = said(mic_client, here + "start/", again, **name)
        assert answer["Idempotency-Replayed"] == "true"
        assert (answer.status_code, answer.content) == (first.status_code, first.content)
        for header in ("ETag", "Content-Location", "Content-Language", "Content-Type"):
            assert answer[header] == first[header]


def test_a_stale_request_is_not_kept_under_its_key(mic_client: Any, here: str) -> None:
    name = {"idempotency-key": "0198c6f2"}
    answer = said(mic_client, here + "start/", '"old"', **name)
    problem(answer, 412)

    assert said(mic_client, here + "start/", answer["ETag"], **name).status_code == 200


def test_what_is_made_has_the_tag_that_a_get_gives(ask: Any, api: Any, office: Any, mic: Any) -> None:
    made = ask(office, LIST, {"text": WHAT, "issuer": "mic"})

    address = path_of("instructions", made.json()["public_id"])
    assert made["ETag"] == read(api(office), address)
    put = said(
        api(office),
        address + "put_on_control/",
        made["ETag"],
        {"due": LATER, "expected_result": {"kk": "Акт"}, "lead": "mic"},
    )
    assert put.status_code == 200


def test_every_register_that_writes_shows_what_a_get_shows(
    ask: Any, api: Any, office: Any, controlled: str, executor: Any
) -> None:
    """The tag of an answer is that of the bytes a GET answers, of whatever kind the object is."""
    asked = ask(executor, verb_of(controlled, "request_extension"), {"new_due": LATER, "reason": "Сараптама"})
    row = progress_in("submitted")
    verbs = {
        f"extensions/{asked.json()['public_id']}": ("take_up", {}),
        f"progress-reports/{row.public_id}": ("return", {"notes": {"spent": "Аз"}}),
        f"figure-disputes/{dispute_in('open').public_id}": ("decide", {"upheld": False, "note": "Қате"}),
        f"requests/{RequestFactory().public_id}": ("reply", {"text": "Жауап"}),
    }
    for address, (verb, body) in verbs.items():
        for lang in ("*", "ru"):
            tag = read(api(office), f"/api/v1/{address}/", lang=lang)
        answer = said(api(office), f"/api/v1/{address}/{verb}/?lang=ru", tag, body)
        assert (address, answer.status_code) == (address, 200), answer.content
        assert answer["ETag"] == read(api(office), f"/api/v1/{address}/", lang="ru")
    assert Extension.objects.get().state == "under_review"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_have_read_the_same_one_changes_it(api: Any, executor: Any, here: str) -> None:
    tag, statuses, start = read(api(executor), here), [], Barrier(2)

    def report(text: str) -> None:
        client = APIClient()
        client.force_authenticate(executor)
        with suppress(Exception):
            start.wait(10)
            body = {"kind": "interim", "text": text}
            statuses.append(said(client, here + "report/", tag, body).status_code)
        connection.close()

    threads = [Thread(target=report, args=(text,)) for text in ("Бірінші", "Екінші")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200, 412]
    assert Instruction.objects.get().reports.count() == 1
