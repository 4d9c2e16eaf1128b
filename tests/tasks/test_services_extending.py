"""More time: asked for, decided, corrected only by another decision."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from core.exceptions import Conflict, Forbidden
from tasks import services
from tasks.models import Extension, HoldInterval, Instruction
from tests.tasks.scene import DUE, LATER, Scene, everything

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def scene(request, db):
    return Scene(request)


def term(extension):
    return Instruction.objects.get(pk=extension.instruction_id).due


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"new_due": DUE}, "new_due"), ({"new_due": DUE - DAY}, "new_due"), ({"reason": " "}, "reason")],
)
def test_a_request_names_the_field_that_is_wrong(scene, wrong, field):
    given = scene.instruction()
    before = everything()

    with pytest.raises(ValidationError) as caught:
        services.request_extension(
            given, by=scene.executor, **({"new_due": LATER, "reason": "Кешікті"} | wrong)
        )
    assert set(caught.value.message_dict) == {field}
    assert everything() == before


def test_one_request_at_a_time_and_the_issuer_holds_the_ball(scene):
    given = scene.instruction("in_execution")
    first = services.request_extension(given, by=scene.executor, new_due=LATER, reason="Кешікті")
    held = HoldInterval.objects.now().get(instruction=given)
    assert (held.holder, held.organisation) == ("issuer", scene.leadership.organisation)

    with pytest.raises(Conflict):
        services.request_extension(given, by=scene.executor, new_due=LATER, reason="Кешікті")
    services.withdraw(first, by=scene.executor)
    assert HoldInterval.objects.now().get(instruction=given).holder == "executor"
    second = services.request_extension(given, by=scene.executor, new_due=LATER, reason="Кешікті")
    services.take_up(second, by=scene.office)
    with pytest.raises(Conflict):
        services.take_up(second, by=scene.office)
    assert services.grant(second, by=scene.leadership).state == "granted"


@pytest.mark.parametrize(("due", "expected"), [(None, LATER), (DUE + DAY, DUE + DAY)])
def test_the_term_moves_to_the_granted_date_and_the_first_stays(scene, due, expected):
    extension = services.grant(scene.asked(), by=scene.leadership, due=due)

    given = Instruction.objects.get(pk=extension.instruction_id)
    assert (given.due, given.original_due) == (expected, DUE)
    assert (extension.granted_due, extension.decided_by, extension.new_due) == (
        expected,
        scene.leadership,
        LATER,
    )


def test_a_grant_is_later_than_the_present_term(scene):
    asked = scene.asked()

    with pytest.raises(ValidationError) as caught:
        services.grant(asked, by=scene.leadership, due=DUE)
    assert set(caught.value.message_dict) == {"due"}
    with pytest.raises(ValidationError) as caught:
        services.refuse(asked, by=scene.leadership, reason=" ")
    assert set(caught.value.message_dict) == {"reason"}
    assert term(asked) == DUE


def test_a_refusal_leaves_the_term_and_another_request_may_follow(scene):
    refused = services.refuse(scene.asked(), by=scene.leadership, reason="Мерзім жеткілікті")
    assert (refused.refusal_reason, term(refused)) == ("Мерзім жеткілікті", DUE)

    again = services.request_extension(
        refused.instruction, by=scene.executor, new_due=LATER, reason="Құжат кешікті"
    )
    services.grant(again, by=scene.leadership)
    assert term(refused) == LATER


# --- corrections ----------------------------------------------------------------------------------


def test_a_grant_is_corrected_to_an_earlier_date_and_the_request_stays_the_same(scene):
    wrong = services.grant(scene.asked(), by=scene.leadership)

    better = services.correct(wrong, by=scene.leadership, why="Қате күн", due=DUE + DAY)

    assert term(wrong) == DUE + DAY
    same = ("organisation", "asked_by", "asked_on", "old_due", "new_due", "reason")
    assert all(getattr(better, name) == getattr(wrong, name) for name in same)
    assert (better.corrects, better.correction_reason) == (wrong, "Қате күн")
    assert Extension.objects.get(pk=wrong.pk).state == "granted"


def test_a_grant_is_corrected_to_a_refusal_and_the_term_goes_back(scene):
    first = services.grant(scene.asked(), by=scene.leadership, due=DUE + DAY)
    second = services.request_extension(
        first.instruction, by=scene.executor, new_due=LATER, reason="Құжат кешікті"
    )
    second = services.grant(second, by=scene.leadership)
    assert term(first) == LATER

    third = services.correct(second, by=scene.leadership, why="Қате", reason="Мерзім жеткілікті")
    assert term(first) == DUE + DAY
    services.correct(third, by=scene.leadership, why="Қате", due=LATER)
    assert term(first) == LATER


def test_a_correction_is_of_the_last_decision_only(scene):
    first = services.grant(scene.asked(), by=scene.leadership, due=DUE + DAY)
    second = services.request_extension(
        first.instruction, by=scene.executor, new_due=LATER, reason="Құжат кешікті"
    )
    services.refuse(second, by=scene.leadership, reason="Жоқ")
    corrected = services.correct(second, by=scene.leadership, why="Қате", due=LATER)

    for old in (first, second):
        with pytest.raises(Conflict):
            services.correct(old, by=scene.leadership, why="Қате", due=LATER)
    withdrawn = services.request_extension(
        first.instruction, by=scene.executor, new_due=LATER + DAY, reason="Құжат"
    )
    with pytest.raises(Conflict):
        services.correct(withdrawn, by=scene.leadership, why="Қате", due=LATER + DAY)
    services.withdraw(withdrawn, by=scene.executor)
    with pytest.raises(Conflict):
        services.correct(withdrawn, by=scene.leadership, why="Қате", due=LATER + DAY)
    services.correct(corrected, by=scene.leadership, why="Қате", reason="Жоқ")
    assert term(first) == DUE + DAY


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"why": "", "due": LATER}, "why"),
        ({"why": "Қате"}, "due"),
        ({"why": "Қате", "due": LATER, "reason": "Жоқ"}, "due"),
        ({"why": "Қате", "due": DUE}, "due"),
    ],
)
def test_a_correction_grants_or_refuses_and_says_why(scene, facts, field):
    wrong = services.grant(scene.asked(), by=scene.leadership)
    before = everything()

    with pytest.raises(ValidationError) as caught:
        services.correct(wrong, by=scene.leadership, **facts)
    assert set(caught.value.message_dict) == {field}
    for name in set(scene.people) - {"leadership"}:
        with pytest.raises(Forbidden):
            services.correct(wrong, by=scene.people[name], why="Қате", due=LATER)
    assert everything() == before


def test_nothing_is_corrected_of_what_is_closed(scene):
    wrong = services.grant(scene.asked(), by=scene.leadership)
    services.cancel(wrong.instruction, by=scene.office, reason="Екі рет берілген")

    with pytest.raises(Conflict):
        services.correct(wrong, by=scene.leadership, why="Қате", due=date(2099, 10, 1))
