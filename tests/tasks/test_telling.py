"""What a report says besides its answers, by the services: words, milestones; and plans."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.dates import PartialDate
from core.exceptions import Conflict, Forbidden
from tasks import services
from tasks.models import Plan, ProgressMilestone
from tasks.services import Answer, Told
from tests.factories import MilestoneFactory
from tests.tasks.progress_scene import PEOPLE, ProgressScene, everything

pytestmark = pytest.mark.django_db
MOVED = {"outcome": "moved", "on": "2027", "reason": "land"}


@pytest.fixture
def scene(request, db):
    return ProgressScene(request)


@pytest.fixture
def milestone(scene):
    return MilestoneFactory(project=scene.project, code="bridge")


def test_words_and_milestones_are_kept_and_what_is_absent_stays(scene, milestone):
    words = {"issues": " Су жоқ ", "risks": "Қыс", "help_needed": "Жер"}
    row = scene.save(words=words, language="kk", milestones=[Told(milestone, **MOVED, note=" Сот ")])
    assert (row.text, row.issues, row.risks, row.help_needed, row.language) == (
        "",
        "Су жоқ",
        "Қыс",
        "Жер",
        "kk",
    )
    told = row.milestones.get()
    assert (told.outcome, told.on, told.reason, told.note) == (
        "moved",
        PartialDate.parse("2027"),
        "land",
        "Сот",
    )

    row = scene.save(client_uuid=row.client_uuid, base=row.version, words={"issues": ""}, answers={})
    assert (row.issues, row.risks, row.milestones.count()) == ("", "Қыс", 1)
    before = everything()
    same = scene.save(client_uuid=row.client_uuid, words={}, milestones=[Told("bridge", **MOVED, note="Сот")])
    assert same == row and everything() == before  # what says the same needs no base

    row = scene.save(client_uuid=row.client_uuid, base=row.version, milestones=[])
    assert not row.milestones.exists()


def test_another_base_is_needed_for_milestones_too(scene, milestone):
    row = scene.save()
    with pytest.raises(Conflict):
        scene.save(client_uuid=row.client_uuid, base=0, milestones=[Told(milestone, **MOVED)])
    assert not ProgressMilestone.objects.exists()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (Told("bridge", "lost", "2026"), "milestones:bridge"),
        (Told("bridge", "met", "soon"), "milestones:bridge"),
        (Told("bridge", "met", ""), "milestones:bridge"),
        (Told("bridge", "met", "2026-02-30"), "milestones:bridge"),
        (Told("bridge", "met", "0000"), "milestones:bridge"),
        (Told("bridge", "met", date(2026, 1, 5), "land"), "milestones:bridge"),
        (Told("bridge", "moved", "2027"), "milestones:bridge"),
        (Told("bridge", "moved", "2027", "weather"), "milestones:bridge"),
        (Told("bridge", "met", "2026-01-05", note="x" * 501), "milestones:bridge"),
        (Told("bridge", "met", "2026-01-05", note="a\x00"), "milestones:bridge"),
        (Told("tower", "met", "2026-01-05"), "milestones:tower"),
    ],
)
def test_what_is_wrong_of_a_milestone_is_said_at_it(scene, milestone, told, field):
    with pytest.raises(ValidationError) as caught:
        scene.save(milestones=[told])
    assert set(caught.value.message_dict) == {field} and not ProgressMilestone.objects.exists()


def test_a_milestone_is_told_once_and_of_its_own_project(scene, milestone):
    alien = MilestoneFactory(code="alien")
    once = Told(milestone, "met", "2026-01-05")
    for milestones in ([once, once], [Told(alien, "met", "2026-01-05")]):
        with pytest.raises(ValidationError):
            scene.save(milestones=milestones)


def test_everything_that_is_wrong_is_said_at_once(scene):
    with pytest.raises(ValidationError) as caught:
        scene.save(
            answers={
                "physical_progress": Answer(Decimal(101)),
                "spent": Answer(Decimal(1), "value", "KZT", "\x00"),
            },
            words={"issues": "\x00", "risks": "x" * 20_001, "rumours": "x"},
            milestones=[Told("tower", "met", "2026")],
            language="en",
        )
    assert set(caught.value.message_dict) == {
        "physical_progress", "spent", "issues", "risks", "rumours", "language", "milestones:tower",
    }  # fmt: skip


def test_a_correction_begins_with_everything_that_was_said(scene, milestone):
    row = scene.save(words={"risks": "Қыс"}, language="kk", milestones=[Told(milestone, "met", "2026-01-05")])
    row = services.complete_progress(row, by=scene.akimat_preparer)
    row = services.submit_progress(row, by=scene.akimat_signer)
    row = services.accept_progress(row, by=scene.office)

    newer = scene.correction(row)
    assert (newer.risks, newer.language, newer.milestones.get().milestone) == ("Қыс", "kk", milestone)
    assert row.milestones.count() == 1


def test_the_office_plans(scene):
    facts = {"project": scene.project, "period": scene.period}
    plan = services.set_plan(by=scene.office, metric="spent", value=Decimal(5), **facts)
    assert (plan.currency, plan.weight) == ("KZT", 1)
    again = services.set_plan(
        by=scene.office, metric="spent", value=Decimal(6), weight=Decimal(2), currency="USD", **facts
    )
    assert (again.pk, again.value, again.weight, again.currency) == (plan.pk, 6, 2, "USD")
    for wrong in ({"metric": "rumours"}, {"metric": "physical_progress", "value": Decimal(101)},
                  {"metric": "spent", "currency": "тг"}, {"metric": "jobs_local", "weight": Decimal(-1)}):  # fmt: skip
        with pytest.raises(ValidationError):
            services.set_plan(by=scene.office, **(facts | {"value": Decimal(1)} | wrong))
    for name in set(PEOPLE) - {"office"}:
        with pytest.raises(Forbidden):
            services.set_plan(by=scene.people[name], metric="spent", value=Decimal(1), **facts)
    assert Plan.objects.count() == 1


def test_who_sees_a_plan(scene):
    services.set_plan(
        by=scene.office, metric="spent", value=Decimal(5), project=scene.project, period=scene.period
    )
    seen = {name for name, who in scene.people.items() if Plan.objects.visible_to(who).exists()}
    assert seen == {"office", "leadership", "auditor", "akimat_preparer", "akimat_signer"}
