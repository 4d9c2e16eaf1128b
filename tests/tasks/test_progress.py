"""Progress reports from the first word to acceptance, by the services."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from psycopg.types.range import DateRange

from core.exceptions import Conflict, Forbidden
from core.models import Change, Outbox
from tasks import services
from tasks.models import ProgressReport, ProgressValue, ReviewNote
from tasks.services import Answer
from tests.factories import ApiClientFactory, ReportingPeriodFactory, SubstitutionFactory, UserFactory
from tests.tasks.progress_scene import ALL, FROM, MAY, PEOPLE, VERBS, ProgressScene, everything

pytestmark = pytest.mark.django_db
STATES = ("draft", "complete", "submitted", "returned", "accepted", "superseded")


@pytest.fixture
def scene(request, db):
    return ProgressScene(request)


def bells(kind):
    return set(
        Outbox.objects.filter(channel="bell", payload__kind=kind).values_list("payload__recipient", flat=True)
    )


def test_from_the_first_word_to_acceptance(scene):
    row = scene.save(answers={"physical_progress": Answer(Decimal(40))})
    assert (row.state, row.prepared_by, row.organisation) == ("draft", scene.akimat_preparer, scene.akimat)
    row = scene.save(client_uuid=row.client_uuid, base=row.version)
    row = services.complete_progress(row, by=scene.akimat_preparer)
    row = services.submit_progress(row, by=scene.akimat_signer)
    assert row.submitted_by == scene.akimat_signer and row.submitted_at
    assert bells("progress_submitted") == {scene.office.pk}

    row = services.return_progress(row, by=scene.office, notes={"spent": "Өткен айдан аз", "text": " "})
    assert [(note.field, note.by, note.turn) for note in row.notes.all()] == [("spent", scene.office, 1)]
    assert bells("progress_returned") == {scene.akimat_signer.pk, scene.akimat_preparer.pk}

    row = scene.save(
        client_uuid=row.client_uuid, base=row.version, answers={"spent": Answer(Decimal(9), currency="KZT")}
    )
    row = services.accept_progress(services.submit_progress(row, by=scene.akimat_signer), by=scene.office)
    assert (row.state, row.decided_by, row.returns) == ("accepted", scene.office, 1)
    assert ProgressReport.objects.count() == 1 and row.public_id == f"ALT-R-{row.pk:04d}"
    verbs = Change.objects.of(row).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [
        "save_progress", "save_progress", "complete_progress", "submit_progress", "return_progress",
        "save_progress", "submit_progress", "accept_progress",
    ]  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", STATES)
def test_every_verb_in_every_state(scene, verb, state):
    row = scene.report(state)
    by = scene.office if verb in ("accept", "return") else scene.akimat_signer
    if (verb, state) == ("submit", "submitted"):
        assert VERBS[verb](row, by) == row  # done twice it is done once
    elif state in FROM[verb]:
        VERBS[verb](row, by)
    else:
        before = everything()
        with pytest.raises(Conflict):
            VERBS[verb](row, by)
        assert everything() == before


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", PEOPLE)
def test_who_may(scene, verb, name):
    state = {"accept": "submitted", "return": "submitted", "correct": "accepted", "submit": "complete"}.get(
        verb
    )
    row, before = scene.report(state or "draft"), None
    if name in MAY[verb]:
        VERBS[verb](row, scene.people[name])
        return
    before = everything()
    with pytest.raises(Forbidden):
        VERBS[verb](row, scene.people[name])
    assert everything() == before


@pytest.mark.parametrize("name", [name for name in PEOPLE if not name.startswith("akimat")])
def test_nobody_else_begins_one(scene, name):
    with pytest.raises(Forbidden):
        scene.save(by=scene.people[name])
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_written_into_a_locked_period(scene, verb):
    state = next(iter(sorted(FROM[verb])))
    row = scene.report(state)
    type(scene.period).objects.update(locked_at="2026-03-10T00:00Z")
    before = everything()

    with pytest.raises(Conflict, match="."):
        VERBS[verb](row, scene.office if verb in ("accept", "return") else scene.akimat_signer)
    assert everything() == before


def test_past_its_grace_only_what_is_under_way_goes_on(scene, time_machine):
    draft = scene.save()
    type(scene.period).objects.update(due_on=date(2026, 2, 27), grace_until=date(2026, 3, 6))
    scene.period.refresh_from_db()

    time_machine.move_to("2026-03-06T12:00+05:00")
    draft = services.complete_progress(draft, by=scene.akimat_preparer)
    time_machine.move_to("2026-03-07T00:01+05:00")
    with pytest.raises(Conflict):
        services.submit_progress(draft, by=scene.akimat_signer)
    time_machine.move_to("2026-03-06T12:00+05:00")
    row = services.submit_progress(draft, by=scene.akimat_signer)
    time_machine.move_to("2026-03-12T12:00+05:00")
    row = services.return_progress(row, by=scene.office, notes={"text": "Нақтылаңыз"})
    services.accept_progress(services.submit_progress(row, by=scene.akimat_signer), by=scene.office)


def test_the_same_number_of_a_device_is_one_report(scene):
    number = uuid4()
    row = scene.save(client_uuid=number)
    before = everything()

    assert scene.save(client_uuid=number) == row
    assert scene.save() == row  # another device that says the same
    assert everything() == before


def test_who_has_not_seen_what_is_there_does_not_write_over_it(scene):
    row = scene.save()
    older = row.version
    row = scene.save(client_uuid=row.client_uuid, base=older, words={"text": "Бірінші құрылғы"})
    before = everything()

    for number, base in (
        (row.client_uuid, older),
        (row.client_uuid, None),
        (uuid4(), None),
        (uuid4(), older),
    ):
        with pytest.raises(Conflict):
            scene.save(client_uuid=number, base=base, words={"text": "Екінші құрылғы"})
    assert everything() == before
    newer = scene.save(client_uuid=uuid4(), base=row.version, answers={"spent": None}, words=None)
    assert newer.version == row.version + 1 and newer.base_version == row.version
    assert newer.text == "Бірінші құрылғы" and newer.values.count() == len(ALL) - 1


def test_a_number_of_a_device_that_is_taken_begins_nothing_else(scene):
    done = scene.report("accepted")

    with pytest.raises(Conflict):
        scene.save(client_uuid=done.client_uuid, period=ReportingPeriodFactory(starts=date(2026, 5, 1)))
    with pytest.raises(Conflict):
        scene.save(client_uuid=done.client_uuid, answers={"spent": None})
    assert scene.save(client_uuid=done.client_uuid) == done  # says what it said: its answer was lost
    with pytest.raises(Conflict):
        scene.save()  # what is accepted is corrected, with a reason
    assert ProgressReport.objects.count() == 1


@pytest.mark.parametrize(
    ("metric", "answer"),
    [
        ("physical_progress", Answer(Decimal(101))),
        ("physical_progress", Answer(Decimal("100.01"))),
        ("financial_progress", Answer(Decimal(-1))),
        ("physical_progress", Answer(Decimal("NaN"))),
        ("physical_progress", Answer(Decimal("1.234"))),
        ("physical_progress", Answer()),
        ("physical_progress", Answer(Decimal(4), mark="no_data")),
        ("physical_progress", Answer(mark="maybe")),
        ("physical_progress", Answer(Decimal(4), currency="KZT")),
        ("spent", Answer(Decimal(4))),
        ("spent", Answer(Decimal(4), currency="kzt")),
        ("spent", Answer(Decimal(4), currency="ТГЕ")),
        ("spent", Answer(mark="no_data", currency="KZT")),
        ("spent", Answer(Decimal(10) ** 19, currency="KZT")),
        ("jobs_local", Answer(Decimal("1.5"))),
        ("jobs_local", Answer(Decimal(1), note="x" * 501)),
        ("rumours", Answer(Decimal(1))),
    ],
)
def test_a_wrong_answer_is_refused_at_its_field(scene, metric, answer):
    with pytest.raises(ValidationError) as caught:
        scene.save(answers=ALL | {metric: answer})

    assert set(caught.value.message_dict) == {metric}
    assert not ProgressReport.objects.exists() and not ProgressValue.objects.exists()


def test_what_lacks_an_answer_is_neither_complete_nor_submitted(scene):
    draft = scene.save(answers={"physical_progress": Answer(Decimal(1))})
    with pytest.raises(ValidationError) as caught:
        services.complete_progress(draft, by=scene.akimat_signer)
    assert set(caught.value.message_dict) == set(ALL) - {"physical_progress"}

    draft = scene.save(client_uuid=draft.client_uuid, base=draft.version)
    ready = services.complete_progress(draft, by=scene.akimat_signer)
    ready = scene.save(client_uuid=ready.client_uuid, base=ready.version, answers={"spent": None})
    with pytest.raises(ValidationError) as caught:
        services.submit_progress(ready, by=scene.akimat_signer)
    assert set(caught.value.message_dict) == {"spent"}


@pytest.mark.parametrize("notes", [{}, {"spent": "  "}, {"everything": "Қате"}])
def test_a_return_says_where_and_what(scene, notes):
    row = scene.report("submitted")
    with pytest.raises(ValidationError) as caught:
        services.return_progress(row, by=scene.office, notes=notes)

    assert set(caught.value.message_dict) == {"notes"}
    row.refresh_from_db()
    assert row.state == "submitted" and not ReviewNote.objects.exists()


def test_a_correction_supersedes_and_both_stay(scene):
    old = scene.report("accepted")
    with pytest.raises(ValidationError):
        services.correct_progress(old, by=scene.akimat_signer, reason=" ", client_uuid=uuid4())
    number = uuid4()
    newer = scene.correction(old, number)
    assert scene.correction(old, number) == newer
    with pytest.raises(Conflict):
        scene.correction(old)
    assert [(v.metric, v.value) for v in newer.values.all()] == [
        (v.metric, v.value) for v in old.values.all()
    ]

    newer = scene.save(
        client_uuid=number, base=newer.version, answers={"jobs_local": Answer(Decimal(7))}, words=None
    )
    old.refresh_from_db()
    assert old.state == "accepted"  # until the newer one is
    newer = services.complete_progress(newer, by=scene.akimat_preparer)
    services.accept_progress(services.submit_progress(newer, by=scene.akimat_signer), by=scene.office)
    old.refresh_from_db()
    assert old.state == "superseded" and old.superseded_by == newer
    assert ProgressReport.objects.accepted().get() == newer
    assert ProgressValue.objects.filter(report=old, metric="jobs_local", value=None).exists()


def test_a_correction_that_is_thrown_away_leaves_the_accepted_one(scene):
    old = scene.report("accepted")

    services.discard_progress(scene.correction(old), by=scene.akimat_preparer)
    assert ProgressReport.objects.get().state == "accepted"
    scene.correction(old)


def test_nobody_accepts_his_own_report(scene):
    row = scene.report("submitted")
    scene.akimat_signer.role = "office"
    scene.akimat_signer.save()

    with pytest.raises(Conflict):
        services.accept_progress(row, by=scene.akimat_signer)


def test_a_substitute_signs_for_whom_he_acts(scene):
    row = scene.report("complete")
    stand_in = UserFactory(role="executor", organisation=scene.executor.organisation)
    today = timezone.localdate()
    SubstitutionFactory(
        person=scene.akimat_signer, substitute=stand_in, during=DateRange(today, today + timedelta(days=1))
    )

    row = services.submit_progress(row, by=stand_in)
    assert (row.submitted_by, row.submitted_for) == (stand_in, scene.akimat_signer)


def test_a_program_submits_only_in_the_name_of_a_signer(scene):
    nobodys = ApiClientFactory(role="executor", organisation=scene.akimat, scopes=["read", "write"])
    row = scene.save(by=nobodys)
    assert row.prepared_by is None
    row = services.complete_progress(row, by=nobodys)

    with pytest.raises(Forbidden):
        services.submit_progress(row, by=nobodys)


def test_what_nobody_owes_is_not_reported(scene):
    for facts in ({"period": ReportingPeriodFactory(kind="quarter", starts=date(2026, 1, 1), ends=date(2026, 3, 31))},
                  {"project": scene.duty.project.__class__(pk=0)}):  # fmt: skip
        with pytest.raises(Conflict):
            scene.save(**facts)
    services.end_duty(scene.duty, by=scene.office, until=date(2025, 12, 31))
    with pytest.raises(Conflict):
        scene.save()
