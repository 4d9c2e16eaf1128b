"""The form of a report and its review: milestones, words, what looks wrong, what was planned."""

from datetime import date
from uuid import uuid4

import pytest

from tasks import services
from tasks.models import ProgressReport
from tests.factories import MilestoneFactory, PlanFactory, ReportingPeriodFactory
from tests.pages.test_filing import TYPED
from tests.tasks.progress_scene import ProgressScene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(request, db):
    """The project has a milestone, a plan of the period, and an accepted report of the month before."""
    scene = ProgressScene(request)
    scene.bridge = MilestoneFactory(project=scene.project, code="bridge", name_kk="Көпір")
    PlanFactory(project=scene.project, period=scene.period, value="45.5")
    scene.before = ReportingPeriodFactory(starts=date(2025, 12, 1))
    row = services.complete_progress(scene.save(period=scene.before), by=scene.akimat_preparer)
    row = services.submit_progress(row, by=scene.akimat_signer)
    services.accept_progress(row, by=scene.office)
    return scene


@pytest.fixture
def form(client, scene):
    here = f"/kk/report/2026-01/{scene.project.public_id}/"
    client.force_login(scene.akimat_signer)

    def send(do="save", **fields):
        shown = client.get(here).context["form"]
        hidden = {name: shown[name].value() or "" for name in ("client_uuid", "base")}
        typed = {name.replace("__", ":"): value for name, value in fields.items()}
        return client.post(here, hidden | {"do": do} | typed, follow=True)

    send.here = here
    return send


def pending():
    return ProgressReport.objects.pending().get()


def test_what_was_accepted_and_planned_stands_beside_the_field(client, scene, form):
    page = client.get(form.here)
    beside = page.context["form"]["physical_progress"].help_text
    assert "40" in beside and "45,5" in beside and "Көпір" in page.content.decode()
    assert page.context["form"]["physical_progress"].value() is None  # nothing that counts is filled in
    assert page.context["form"]["language"].value() == "kk"


def test_milestones_and_words_are_kept_and_shown_again(client, scene, form):
    told = {
        "milestones__bridge": "moved",
        "milestones__bridge_on": "2027",
        "milestones__bridge_reason": "land",
    }
    form(
        **TYPED,
        **told,
        milestones__bridge_note="Сот",
        issues="Су жоқ",
        risks="Қыс",
        help_needed="Жер",
        language="ru",
    )

    row = pending()
    assert (row.issues, row.risks, row.help_needed, row.language) == ("Су жоқ", "Қыс", "Жер", "ru")
    one = row.milestones.get()
    assert (one.milestone, one.outcome, one.on_text, one.reason, one.note) == (
        scene.bridge, "moved", "2027", "land", "Сот",
    )  # fmt: skip
    shown = client.get(form.here).context["form"]
    assert [shown[f"milestones:bridge{part}"].value() for part in ("", "_on", "_reason", "_note")] == [
        "moved", "2027", "land", "Сот",
    ]  # fmt: skip
    form(**TYPED)
    assert not row.milestones.exists() and pending().issues == ""


@pytest.mark.parametrize(
    "told",
    [
        {"milestones__bridge": "moved", "milestones__bridge_on": "2027"},
        {"milestones__bridge": "met", "milestones__bridge_on": "ертең"},
        {"milestones__bridge": "lost", "milestones__bridge_on": "2027"},
        {"milestones__bridge_note": "Сот"},
    ],
)
def test_a_milestone_that_is_told_wrongly_loses_nothing_that_was_typed(scene, form, told):
    answer = form(**TYPED, **told, issues="Су жоқ")
    assert set(answer.context["form"].errors) == {"milestones:bridge"}
    page = answer.content.decode()
    assert all(value in page for value in ("Су жоқ", list(told.values())[-1]))
    assert not ProgressReport.objects.pending().exists()


def test_what_looks_wrong_is_shown_and_needs_a_word(client, scene, form):
    typed = TYPED | {"physical_progress": "39", "spent": "1 500 000"}
    form("complete", **typed)
    assert client.get(form.here).context["form"].warnings["physical_progress"][0].code == "fell"

    answer = form("submit", **typed)
    assert set(answer.context["form"].errors) == {"physical_progress"} and pending().state == "complete"
    form("submit", **typed, physical_progress_note="Қайта өлшенді")
    row = ProgressReport.objects.waiting().get()
    assert row.values.get(metric="physical_progress").note == "Қайта өлшенді"

    client.force_login(scene.office)
    page = client.get(f"/kk/review/{row.public_id}/")
    compared = page.context["answers"][0]
    assert (compared.now, compared.last, compared.plan, compared.note) == (
        "39",
        "40",
        "45,5",
        "Қайта өлшенді",
    )
    assert compared.warnings[0].has_word


def test_numbers_are_taken_over_where_nothing_was_typed_and_nothing_is_saved(scene, form):
    answer = form("take", physical_progress="41", jobs_local_mark="not_applicable", issues="Су жоқ")
    shown = answer.context["form"]
    taken = {name: shown[name].value() for name in ("physical_progress", "spent", "jobs_permanent_mark")}
    assert taken == {"physical_progress": "41", "spent": "1500000", "jobs_permanent_mark": "not_applicable"}
    assert (shown["jobs_local"].value(), shown["issues"].value()) == (None, "Су жоқ")
    assert not ProgressReport.objects.pending().exists()


def test_who_corrects_what_is_linked_both_ways(client, scene):
    old = ProgressReport.objects.accepted().get()
    newer = scene.correction(old)
    client.force_login(scene.office)
    assert newer.public_id not in client.get(f"/kk/review/{old.public_id}/").content.decode()  # not handed in

    newer = services.complete_progress(newer, by=scene.akimat_preparer)
    newer = services.submit_progress(newer, by=scene.akimat_signer)
    for _ in range(2):
        assert f"/kk/review/{newer.public_id}/" in client.get(f"/kk/review/{old.public_id}/").content.decode()
        assert f"/kk/review/{old.public_id}/" in client.get(f"/kk/review/{newer.public_id}/").content.decode()
        if newer.state == "submitted":
            newer = services.accept_progress(newer, by=scene.office)


def test_new_fields_are_returned_with_a_note(client, scene):
    row = services.complete_progress(scene.save(client_uuid=uuid4()), by=scene.akimat_preparer)
    row = services.submit_progress(row, by=scene.akimat_signer)
    client.force_login(scene.office)
    client.post(
        f"/kk/review/{row.public_id}/", {"do": "return", "milestones": "Көпір?", "help_needed": "Қайда?"}
    )
    assert dict(row.notes.values_list("field", "text")) == {"milestones": "Көпір?", "help_needed": "Қайда?"}


def test_the_pages_cost_no_more_for_many_milestones(client, scene, django_assert_max_num_queries):
    for number in range(6):
        MilestoneFactory(project=scene.project, code=f"m{number}")
    client.force_login(scene.akimat_preparer)
    with django_assert_max_num_queries(26):
        client.get(f"/kk/report/2026-01/{scene.project.public_id}/")
