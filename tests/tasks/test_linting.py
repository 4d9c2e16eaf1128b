"""What is weak in an instruction, and that it goes on control only mended or with a reason."""

from datetime import date

import pytest
import time_machine

from core.calendar import WorkingDays
from core.exceptions import NeedsReason
from core.models import CalendarDay
from tasks import services
from tasks.linting import Draft, lint
from tasks.linting.words import is_measured, is_vague, telling
from tasks.models import Instruction
from tests.factories import (
    ExecutorFactory,
    InstructionFactory,
    OrganisationFactory,
    ProjectFactory,
    UserFactory,
    ready_instruction,
)

pytestmark = pytest.mark.django_db
TODAY, LATER = date(2026, 2, 2), date(2026, 3, 2)


def codes(instruction, today=TODAY):
    return [one.code.value for one in lint(Draft.of(instruction, today, WorkingDays()))]


@pytest.fixture
def office():
    return UserFactory(role="office")


def test_the_second_instruction_of_the_press_release_fails_four_ways():
    text = "Алатау қаласын дамытуда кешенді тәсіл қолдану және тиімді үйлестіруді қамтамасыз ету"
    instruction = InstructionFactory(text_kk=text, text_ru="")
    ExecutorFactory(instruction=instruction, organisation=None, group_kk="мемлекеттік органдар")

    assert codes(instruction) == ["no_due", "no_result", "no_lead", "vague_verb"]


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("Жұмысты жеделдету", True),
        ("Обеспечить эффективную координацию", True),
        ("Активизировать работу", True),
        ("ҚҰРЫЛЫСТЫ КҮШЕЙТУ", True),
        ("Жол салу", False),
        ("Внести предложения", False),
    ],
)
def test_a_vague_verb_is_known_in_both_languages(text, vague):
    assert is_vague(text) is vague


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("Қабылдау актісі", True),
        ("Подключено 40 МВт", True),
        ("Строительство завершено", True),
        ("Жарғы бекітілді", True),
        ("Активизация работы", False),
        ("Жұмыс жеделдетілді", False),
        ("Работа по Iconic Building-1 ускорена", False),
    ],
)
def test_a_result_is_measured_by_a_figure_a_paper_or_an_end(text, measured):
    assert is_measured(text) is measured


def test_what_the_result_measures_the_task_need_not():
    facts = {"text_kk": "Жұмысты жеделдету", "text_ru": "", "due": LATER}

    assert codes(ready_instruction(**facts, expected_result_kk="Қабылдау актісі")) == []
    assert codes(ready_instruction(**facts, expected_result_kk="Жұмыс жеделдетілді")) == [
        "vague_verb",
        "no_measurable_result",
    ]


def test_a_term_leaves_two_working_days():
    CalendarDay.objects.create(date=date(2026, 2, 3), kind="off", name_kk="Мереке", name_ru="Праздник")

    assert codes(ready_instruction(due=date(2026, 2, 4))) == ["short_term"]  # one: the 4th
    assert codes(ready_instruction(due=date(2026, 2, 5))) == []
    assert codes(ready_instruction(due=date(2026, 2, 7))) == ["due_on_day_off"]


def twins(text, other, **shared):
    first = ready_instruction(text_kk=text, text_ru="", due=LATER, **shared)
    second = ready_instruction(text_kk=other, text_ru="", due=LATER, **shared)
    return first, second


NUMBERED = "Iconic Building-{} халықаралық орталығының құрылысын {}"


def test_the_same_task_of_the_same_object_is_a_duplicate():
    project = ProjectFactory()
    first, second = twins(NUMBERED.format(1, "жеделдету"), NUMBERED.format(1, "тездету"), project=project)

    found = lint(Draft.of(second, TODAY, WorkingDays()))

    assert [(one.code, one.like) for one in found if one.code == "duplicate"] == [("duplicate", (first,))]


def test_twins_of_another_number_object_or_executor_are_none():
    lead = OrganisationFactory()
    building = NUMBERED.format(1, "аяқтау")

    for other, shared in [
        (NUMBERED.format(2, "аяқтау"), {"lead": lead}),  # another building
        (building, {}),  # neither object nor executor is the same
        ("Мектеп ашу", {"lead": lead}),  # another text
    ]:
        assert "duplicate" not in codes(twins(building, other, **shared)[1])


def test_its_own_parts_and_what_is_closed_are_no_duplicates():
    lead = OrganisationFactory()
    whole, part = twins("Жол салуды аяқтау", "Жол салуды аяқтау", lead=lead)
    Instruction.objects.filter(pk=part.pk).update(parent=whole)
    part.refresh_from_db()

    assert codes(whole) == codes(part) == []


def test_names_are_compared_across_their_cases():
    assert telling("Жолды Қонаевтан 12 км салу") == telling("Жолды Қонаев жағынан 12 км салу")
    assert telling("Жол «Жетіген» бекетіне") != telling("Жол «Қазыбек» бекетіне")


def test_many_terms_of_one_executor_at_a_time_are_said():
    lead = OrganisationFactory()
    for number in range(10):
        given = ready_instruction(lead=lead, due=LATER, text_kk=f"Жол салу {number}", text_ru="")
        Instruction.objects.filter(pk=given.pk).update(state="on_control")

    assert codes(ready_instruction(lead=lead, due=LATER, text_kk="Мектеп ашу", text_ru="")) == ["overloaded"]


@time_machine.travel("2026-02-02 12:00+05:00")
def test_control_needs_a_reason_for_what_is_weak_and_keeps_both(office):
    weak = ready_instruction(due=date(2026, 2, 3))

    with pytest.raises(NeedsReason) as refused:
        services.put_on_control(weak, by=office, reason="  ")
    assert [one.code for one in refused.value.error_dict["reason"]] == ["short_term", "required"]
    weak.refresh_from_db()
    assert (weak.state, weak.passed_over) == ("registered", [])

    weak = services.put_on_control(weak, by=office, reason="Су тасқыны қаупі")
    assert (weak.passed_over, weak.passed_reason) == (["short_term"], "Су тасқыны қаупі")


@time_machine.travel("2026-02-02 12:00+05:00")
def test_a_reason_without_need_is_not_kept(office):
    strong = services.put_on_control(ready_instruction(due=LATER), by=office, reason="Бәлкім")

    assert (strong.passed_over, strong.passed_reason) == ([], "")


@time_machine.travel("2026-02-02 12:00+05:00")
def test_the_page_says_what_is_weak_and_takes_the_reason(client, office):
    weak = ready_instruction(due=date(2026, 2, 3))
    page = f"/kk/control/{weak.public_id}/put_on_control/"
    client.force_login(office)

    card = client.get(f"/kk/control/{weak.public_id}/")
    assert [one.code for one in card.context["weak"]] == ["short_term"]
    refused = client.post(page, {})
    assert "reason" in refused.context["form"].errors
    assert client.post(page, {"reason": "Су тасқыны қаупі"}).status_code == 302

    assert "Су тасқыны қаупі" in client.get(f"/kk/control/{weak.public_id}/").content.decode()
