"""`Idempotency-Key`: sent again, done once, answered as it was."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.jobs import clear_sessions
from core.models import IdempotencyRecord, JobRun
from tasks import services
from tasks.models import Contribution, Instruction
from tests.api.conftest import path_of
from tests.api.control import WHAT, controlled, registered, verb_of
from tests.api.test_errors import problem
from tests.factories import IdempotencyRecordFactory
from tests.two import second_connection

__all__ = ["controlled", "registered"]

pytestmark = pytest.mark.django_db(transaction=True)
LIST = path_of("instructions")
RIGHT = {"text": WHAT, "issuer": "mic"}


def key(value: str = "0198c6f2-0d5f-7c3a-b6c1-8f4f5a2f9f10") -> dict[str, Any]:
    return {"headers": {"idempotency-key": value, "accept-language": "en"}}


def test_what_is_sent_again_is_done_once_and_answered_the_same(ask: Any, office: Any, mic: Any) -> None:
    first = ask(office, LIST, RIGHT, **key())
    again = ask(office, LIST, dict(reversed(RIGHT.items())), **key())

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content and first["Location"] == again["Location"]
    assert "Idempotency-Replayed" not in first and again["Idempotency-Replayed"] == "true"
    assert Instruction.objects.count() == 1


def test_a_verb_too(ask: Any, executor: Any, controlled: str) -> None:
    answers = [ask(executor, verb_of(controlled, "start"), **key()) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert problem(ask(executor, verb_of(controlled, "start")), 409)


def test_another_request_under_the_same_key_is_refused(ask: Any, office: Any, mic: Any) -> None:
    ask(office, LIST, RIGHT, **key())

    said = problem(ask(office, LIST, RIGHT | {"number": "2"}, **key()), 422)
    assert said["code"] == "key_reused"
    assert problem(ask(office, LIST + "?lang=en", RIGHT, **key()), 422)
    assert Instruction.objects.count() == 1


def test_a_key_is_its_callers_own_and_of_one_address(
    ask: Any, office: Any, leadership: Any, controlled: str, executor: Any, akimat_preparer: Any
) -> None:
    assert ask(executor, verb_of(controlled, "accept_assignment"), **key()).status_code == 200
    assert ask(akimat_preparer, verb_of(controlled, "accept_assignment"), **key()).status_code == 200
    assert ask(executor, verb_of(controlled, "start"), **key()).status_code == 200
    assert IdempotencyRecord.objects.count() == 3


@pytest.mark.parametrize("wrong", ["", "a b", "ключ", "x" * 201, "a\x7f"])
def test_a_key_that_is_none_is_refused_before_anything_is_done(
    api: Any, office: Any, mic: Any, wrong: str
) -> None:
    answer = api(office).post(LIST, RIGHT, format="json", HTTP_IDEMPOTENCY_KEY=wrong)

    assert problem(answer, 400)["code"] == "invalid_key"
    assert not Instruction.objects.exists()


def test_while_the_first_runs_the_second_is_told_to_wait(ask: Any, office: Any, mic: Any) -> None:
    name = "\n".join([office.ledger_name, "the-same", "POST", LIST])
    with second_connection() as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        assert problem(ask(office, LIST, RIGHT, **key("the-same")), 409)["code"] == "still_running"
        other.rollback()

    assert ask(office, LIST, RIGHT, **key("the-same")).status_code == 201


def test_what_was_refused_is_judged_again(ask: Any, office: Any, mic: Any) -> None:
    problem(ask(office, LIST, {"issuer": "mic"}, **key()), 400)

    assert ask(office, LIST, RIGHT, **key()).status_code == 201


def test_whoever_dies_before_the_answer_leaves_nothing(
    api: Any, ask: Any, office: Any, mic: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("core.api.idempotency._keep", lambda *args: 1 / 0)
        client = api(office)
        client.raise_request_exception = False
        assert client.post(LIST, RIGHT, format="json", **key()).status_code == 500
    assert not Instruction.objects.exists()

    assert ask(office, LIST, RIGHT, **key()).status_code == 201
    assert Instruction.objects.count() == 1


def test_a_form_is_the_same_by_its_files(ask: Any, controlled: str, akimat_preparer: Any) -> None:
    def send(content: bytes) -> Any:
        body = {"text": "Дайын", "act": SimpleUploadedFile("act.pdf", content)}
        return ask(akimat_preparer, verb_of(controlled, "contribute"), body, format="multipart", **key())

    assert [send(b"%PDF-1.7").status_code for _ in range(2)] == [200, 200]
    assert problem(send(b"%PDF-1.6"), 422)
    (sent,) = Contribution.objects.all()
    assert sent.evidence.get().file.size == len(b"%PDF-1.7")


def test_after_a_day_a_key_is_free_and_the_answer_forgotten(ask: Any, office: Any, mic: Any) -> None:
    ask(office, LIST, RIGHT, **key())
    IdempotencyRecord.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    IdempotencyRecordFactory()

    assert ask(office, LIST, RIGHT | {"number": "2"}, **key()).status_code == 201
    clear_sessions()

    assert JobRun.objects.get().result["answers"] == 1
    assert IdempotencyRecord.objects.get().expires_at > timezone.now() + timedelta(hours=23)


def test_what_only_the_commit_refuses_is_refused_as_ever(
    ask: Any, office: Any, mic: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deferred rules speak when the transaction of the key ends."""
    plain = services.register_instruction

    def doubtful(**facts: Any) -> Instruction:
        made = plain(**facts)
        Instruction.objects.filter(pk=made.pk).update(state="executed")
        return made

    monkeypatch.setattr(services, "register_instruction", doubtful)
    assert problem(ask(office, LIST, RIGHT, **key()), 409)
    assert not Instruction.objects.exists() and not IdempotencyRecord.objects.exists()
