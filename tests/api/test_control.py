"""The whole life of an instruction through the API, by the people of four organisations."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Change
from tasks.models import Extension, Instruction
from tests.api.conftest import path_of
from tests.api.control import DUE, LATER, RESULT, WHAT, controlled, registered, verb_of

__all__ = ["controlled", "registered"]

pytestmark = pytest.mark.django_db(transaction=True)


def states(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["state"]


def test_from_registration_to_removal(
    ask: Any, get: Any, controlled: str, office: Any, leadership: Any, executor: Any, akimat_preparer: Any
) -> None:
    at = lambda verb: verb_of(controlled, verb)  # noqa: E731
    assert states(ask(executor, at("accept_assignment"))) == (200, "on_control")
    assert states(ask(executor, at("start"))) == (200, "in_execution")
    sent = ask(
        akimat_preparer, at("contribute"), {"text": "Жер бөлінді", "evidence": [{"url": "https://a.kz/1"}]}
    )
    assert sent.json()["contributions"][0]["evidence"] == [
        {"kind": "link", "file": None, "url": "https://a.kz/1", "note": None}
    ]
    ask(executor, at("report"), {"kind": "interim", "text": "Іргетас"})
    assert ask(office, at("accept")).json()["reports"][0]["state"] == "accepted"

    asked = ask(executor, at("request_extension"), {"new_due": LATER, "reason": "Жабдық кешікті"})
    assert states(asked) == (201, "requested")
    assert get(path_of("instructions", controlled), office)["holder"]["side"] == "issuer"
    more = asked.json()["public_id"]
    assert states(ask(leadership, verb_of(more, "take_up"))) == (200, "under_review")
    granted = ask(leadership, verb_of(more, "grant"), {"due": "2099-03-25"})
    assert (granted.json()["state"], granted.json()["granted_due"]) == ("granted", "2099-03-25")
    corrected = ask(leadership, verb_of(more, "correct"), {"why": "Күні қате", "due": "2099-03-27"})
    assert (corrected.status_code, corrected.json()["corrects"]) == (201, more)

    file = SimpleUploadedFile("act.pdf", b"%PDF-1.7 act", "application/pdf")
    final = {"kind": "final", "text": "Салынды", "act": file, "link": ["https://a.kz/2", "https://a.kz/3"]}
    handed_in = ask(executor, at("report"), final, format="multipart")
    assert states(handed_in) == (200, "reported")
    assert [proof["kind"] for proof in handed_in.json()["reports"][-1]["evidence"]] == ["act", "link", "link"]
    assert states(ask(office, at("return"), {"note": "Актіні қосыңыз"})) == (200, "returned")
    assert states(ask(executor, at("report"), {"kind": "final", "text": "Актісі бар"})) == (200, "reported")
    assert states(ask(office, at("propose_removal"))) == (200, "reported")
    removed = ask(leadership, at("accept")).json()

    assert (removed["state"], removed["due"], removed["original_due"]) == ("executed", "2099-03-27", DUE)
    assert removed["holder"] is None and removed["executed_on"] and removed["reports"][-1]["returns"] == 1
    assert removed["version"] == Instruction.objects.get(public_id=controlled).version
    verbs = set(Change.objects.exclude(actor="").values_list("verb", flat=True))
    assert {"register_instruction", "put_on_control", "report", "grant", "correct", "accept"} <= verbs


def test_what_is_done_in_part_and_what_is_given_on(
    ask: Any, controlled: str, office: Any, leadership: Any, executor: Any
) -> None:
    at = lambda verb: verb_of(controlled, verb)  # noqa: E731
    part = {"text": WHAT, "expected_result": RESULT, "due": "2099-02-01", "lead": "akimat_almaty_region"}
    made = ask(executor, at("split"), part)
    assert made.status_code == 201, made.content
    assert made.json()["parent"]["public_id"] == controlled
    assert (
        ask(office, verb_of(made.json()["public_id"], "cancel"), {"reason": "Қажет емес"}).status_code == 200
    )
    ask(executor, at("start"))
    ask(executor, at("report"), {"kind": "final", "text": "6 км"})
    ask(office, at("propose_removal"))
    rest = ask(leadership, at("remove_part"), {"text": WHAT, "expected_result": RESULT, "due": LATER})

    assert rest.status_code == 201 and rest["Location"] == rest.json()["url"]
    assert rest.json()["remainder_of"]["public_id"] == controlled
    assert rest.json()["state"] == "on_control"


def test_not_our_competence_and_another_leads(ask: Any, controlled: str, office: Any, executor: Any) -> None:
    refused = ask(executor, verb_of(controlled, "refuse_assignment"), {"reason": "Әкімдіктікі"})
    assert refused.json()["executors"][0]["refused_reason"] == "Әкімдіктікі"
    assert refused.json()["holder"]["side"] == "office"
    body = {"lead": "akimat_almaty_region", "reason": "Жер әкімдікте"}
    shown = ask(office, verb_of(controlled, "reassign"), body).json()

    assert [(one["organisation"] or {}).get("code") for one in shown["executors"]] == [
        "akimat_almaty_region",
        None,
    ]
    assert shown["executors"][0]["role"] == "lead"


@pytest.mark.parametrize("verb", ["refuse", "withdraw"])
def test_a_request_ends_without_more_time(
    ask: Any, controlled: str, leadership: Any, executor: Any, verb: str
) -> None:
    asked = ask(executor, verb_of(controlled, "request_extension"), {"new_due": LATER, "reason": "Кешікті"})
    more = asked.json()["public_id"]
    by, body = (leadership, {"reason": "Жеткілікті"}) if verb == "refuse" else (executor, {})
    ended = ask(by, verb_of(more, verb), body).json()

    assert ended["state"] == {"refuse": "refused", "withdraw": "withdrawn"}[verb]
    assert ended["refusal_reason"] == body.get("reason")
    assert ask(leadership, verb_of(more, "grant")).status_code == 409
    assert Extension.objects.get().instruction.due.isoformat() == DUE
