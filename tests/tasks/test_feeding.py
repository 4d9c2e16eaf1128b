"""What an accepted report changes: figures of the project and milestones, by the services of districts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from psycopg.types.range import DateRange

from core.exceptions import Conflict, Forbidden
from core.models import Change, Source
from districts import services as register
from districts.models import Figure
from tasks import services
from tasks.services import Answer, Told
from tests.factories import (
    FigureFactory,
    MilestoneFactory,
    ReportingPeriodFactory,
    SubstitutionFactory,
    UserFactory,
)
from tests.tasks.invariants import judge_fed
from tests.tasks.progress_scene import ALL, ProgressScene, everything

pytestmark = pytest.mark.django_db
OPEN = {"physical_progress", "jobs_construction", "jobs_permanent", "jobs_local"}


@pytest.fixture
def scene(request, db):
    """Project and organisation are public. Whatever a test did, what always holds held at its end."""
    scene = ProgressScene(request)
    for thing in (scene.project, scene.akimat):
        type(thing).objects.filter(pk=thing.pk).update(visibility="public")
        thing.refresh_from_db()
    yield scene
    judge_fed()


def submitted(scene, row=None, **facts):
    row = row or scene.save(**facts)
    row = services.complete_progress(row, by=scene.akimat_preparer)
    return services.submit_progress(row, by=scene.akimat_signer)


def accepted(scene, row=None, **facts):
    return services.accept_progress(submitted(scene, row, **facts), by=scene.office)


def corrected(scene, old, **facts):
    newer = scene.correction(old)
    given = {"answers": {}, "words": None} | facts
    return scene.save(client_uuid=newer.client_uuid, base=newer.version, **given)


def chosen(scene):
    rows = Figure.objects.filter(project=scene.project, chosen=True)
    return {row.measure: row.value for row in rows}


def numbers(**answers):
    return {metric: Answer(Decimal(value)) for metric, value in answers.items()}


def test_figures_of_a_public_project_are_shown_with_their_source(scene):
    row = accepted(scene, answers=ALL | numbers(jobs_local=7), language="ru")

    figures = {one.measure: one for one in Figure.objects.filter(project=scene.project)}
    assert set(figures) == {
        "physical_progress",
        "financial_progress",
        "spent",
        "jobs_construction",
        "jobs_local",
    }
    assert {name for name, one in figures.items() if one.visibility == "public"} == OPEN - {"jobs_permanent"}
    one = figures["spent"]
    assert (one.value, one.unit, one.currency, one.chosen) == (1_500_000, "money", "KZT", True)
    assert (one.as_of.day, one.as_of.precision) == (date(2026, 1, 31), "day")
    source = Source.objects.get(code=row.public_id)
    assert {figure.source_id for figure in figures.values()} == {source.pk}
    assert source.title == source.about.ru and row.public_id in source.about.kk
    assert source.publisher == scene.akimat.name_ru and source.language == "ru"
    assert source.published.day == timezone.localdate(row.submitted_at)
    seen = Figure.objects.visible_to(scene.anonymous).filter(project=scene.project)
    assert {one.measure for one in seen} == OPEN - {"jobs_permanent"}
    assert set(
        Change.objects.filter(relation="districts_figure", verb="record_figure").values_list(
            "actor", flat=True
        )
    ) == {f"user:{scene.office.pk}"}


@pytest.mark.parametrize("hidden", ["project", "akimat"])
def test_of_what_is_not_public_nothing_is_published(scene, hidden):
    thing = getattr(scene, hidden)
    type(thing).objects.filter(pk=thing.pk).update(visibility="internal")
    row = accepted(scene)

    figures = Figure.objects.filter(project=scene.project)
    assert figures.count() == 4 and not figures.exclude(visibility="internal").exists()
    assert {(one.source, one.note.kk) for one in figures} == {(None, row.public_id)}
    assert not Source.objects.filter(code=row.public_id).exists()


def test_what_was_promised_stays_beside_what_is_counted(scene):
    promised = FigureFactory(
        project=scene.project, measure="construction_jobs", value=1000, unit="job", chosen=True
    )
    accepted(scene)
    assert chosen(scene)["construction_jobs"] == promised.value and chosen(scene)["jobs_construction"] == 120


def test_a_later_period_takes_the_place_and_an_earlier_one_does_not(scene):
    accepted(
        scene,
        period=ReportingPeriodFactory(starts=date(2026, 2, 1)),
        answers=ALL | numbers(physical_progress=50),
    )
    accepted(scene)
    assert chosen(scene)["physical_progress"] == 50
    assert Figure.objects.filter(project=scene.project, measure="physical_progress").count() == 2

    accepted(
        scene,
        period=ReportingPeriodFactory(starts=date(2026, 3, 1)),
        answers=ALL | numbers(physical_progress=60),
    )
    assert chosen(scene)["physical_progress"] == 60


def test_a_correction_takes_the_place_of_what_it_corrects_and_both_stay(scene):
    old = accepted(scene)
    answers = numbers(physical_progress=42) | {"spent": Answer(mark="no_data")}
    accepted(scene, corrected(scene, old, answers=answers))

    assert chosen(scene)["physical_progress"] == 42 and "spent" not in chosen(scene)
    both = Figure.objects.filter(project=scene.project, measure="physical_progress").order_by("pk")
    assert [(one.value, one.chosen) for one in both] == [(40, False), (42, True)]
    assert Figure.objects.filter(measure="spent", value=1_500_000, chosen=False).exists()


def test_milestones_are_met_and_moved(scene):
    met, moved = (MilestoneFactory(project=scene.project, code=code) for code in ("met", "moved"))
    told = [Told(met, "met", "2026-01-15"), Told(moved, "moved", "2027 autumn", "land", note="Сот")]
    row = accepted(scene, milestones=told)

    met.refresh_from_db()
    moved.refresh_from_db()
    assert (met.status, met.met.day) == ("met", date(2026, 1, 15))
    assert (moved.forecast.iso(), moved.status) == ("2027-23", "scheduled")
    move = moved.moves.get()
    assert (move.reason, move.note, move.by) == ("land", row.public_id, scene.office)


def test_what_is_so_already_is_skipped(scene):
    met, moved = (MilestoneFactory(project=scene.project, code=code) for code in ("met", "moved"))
    row = submitted(scene, milestones=[Told(met, "met", "2026-01"), Told(moved, "moved", "2028", "land")])
    register.settle_milestone(met, "met", by=scene.office, met="2026-01")
    register.move_forecast(moved, "2028", by=scene.office, reason="design")

    services.accept_progress(row, by=scene.office)
    assert [one.reason for one in moved.moves.all()] == ["design"]


@pytest.mark.parametrize(
    ("told", "status", "met"),
    [
        (("met", "2026-01-15"), "met", "2026-01-14"),
        (("met", "2026-01-15"), "notMet", None),
        (("met", "2026-01-15"), "partiallyMet", None),
        (("moved", "2028", "land"), "met", "2026-01-14"),
    ],
)
def test_what_the_office_settled_otherwise_holds_the_acceptance(scene, told, status, met):
    milestone = MilestoneFactory(project=scene.project, name_kk="Көпір")
    row = submitted(scene, milestones=[Told(milestone, *told)])
    register.settle_milestone(milestone, status, by=scene.office, met=met)
    before, figures = everything(), Figure.objects.count()

    with pytest.raises(Conflict, match="Көпір"):
        services.accept_progress(row, by=scene.office)
    assert everything() == before and Figure.objects.count() == figures


@pytest.mark.parametrize(
    ("newer", "status", "met", "forecast"),
    [
        (("met", "2026-01-20"), "met", "2026-01-20", "2027-01-01"),
        (("moved", "2028", "land"), "scheduled", None, "2028"),
        (None, "scheduled", None, "2027-01-01"),
    ],
)
def test_a_correction_takes_back_what_only_its_forerunner_said(scene, newer, status, met, forecast):
    milestone = MilestoneFactory(project=scene.project)
    old = accepted(scene, milestones=[Told(milestone, "met", "2026-01-15")])
    told = [Told(milestone, *newer)] if newer else []
    accepted(scene, corrected(scene, old, milestones=told))

    milestone.refresh_from_db()
    assert (milestone.status, milestone.met.iso(), milestone.forecast.iso()) == (status, met, forecast)


def test_a_substitute_of_the_office_accepts_with_all_that_follows(scene):
    stand_in = UserFactory(role="executor", organisation=scene.executor.organisation)
    today = timezone.localdate()
    during = DateRange(today, today + timedelta(days=1))
    SubstitutionFactory(person=scene.office, substitute=stand_in, during=during)
    milestone = MilestoneFactory(project=scene.project)
    services.accept_progress(submitted(scene, milestones=[Told(milestone, "met", "2026-01-15")]), by=stand_in)

    milestone.refresh_from_db()
    assert milestone.status == "met" and chosen(scene)["physical_progress"] == 40


def test_nobody_else_records_a_figure(scene):
    for name in set(scene.people) - {"office"}:
        with pytest.raises(Forbidden):
            register.retract_figure(FigureFactory(), by=scene.people[name])
