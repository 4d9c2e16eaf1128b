"""Two at once: one wins, the other is told, and nothing stands half done."""

from datetime import date

import pytest
from django.db import connection, transaction

from core.exceptions import Conflict
from tasks import services
from tasks.models import CalendarFeed, Extension, Instruction
from tests.factories import UserFactory
from tests.refusals import sql
from tests.tasks.scene import DUE, LATER, TEXTS, Scene
from tests.two import beside

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(request, db):
    return Scene(request)


def at_once(first, second):
    """The second is begun while the first has not ended; what it raised, if anything."""

    def step():
        try:
            return second()
        finally:
            connection.close()

    with beside() as run, transaction.atomic():
        first()
        ending = run(step)
    return ending.exception()


def test_two_decide_one_request(scene):
    asked = scene.asked()
    other = UserFactory(role="leadership", organisation=scene.leadership.organisation)

    told = at_once(
        lambda: services.grant(asked, by=scene.leadership),
        lambda: services.refuse(asked, by=other, reason="Жоқ"),
    )

    assert isinstance(told, Conflict)
    assert Extension.objects.get().state == "granted"
    assert Instruction.objects.get().due == LATER


def test_two_correct_one_decision(scene):
    wrong = services.grant(scene.asked(), by=scene.leadership)

    told = at_once(
        lambda: services.correct(wrong, by=scene.leadership, why="Қате", due=date(2099, 4, 1)),
        lambda: services.correct(wrong, by=scene.leadership, why="Қате", reason="Жоқ"),
    )

    assert isinstance(told, Conflict)
    assert Instruction.objects.get().due == date(2099, 4, 1)


def test_two_accept(scene):
    given = scene.proposed()
    other = UserFactory(role="leadership", organisation=scene.leadership.organisation)

    told = at_once(
        lambda: services.accept(given, by=scene.leadership), lambda: services.accept(given, by=other)
    )

    assert isinstance(told, Conflict)
    assert Instruction.objects.get().removed_by == scene.leadership


def test_one_accepts_while_another_removes_in_part(scene):
    given = scene.proposed()

    told = at_once(
        lambda: services.remove_part(given, by=scene.leadership, due=LATER, **TEXTS),
        lambda: services.accept(given, by=scene.leadership),
    )

    assert isinstance(told, Conflict)
    assert Instruction.objects.count() == 2


def test_two_put_on_control(scene, second_office):
    given = scene.instruction("registered")

    told = at_once(
        lambda: services.put_on_control(given, by=scene.office),
        lambda: services.put_on_control(given, by=second_office),
    )

    assert isinstance(told, Conflict)
    assert Instruction.objects.get().controller == scene.office


def test_two_ask_for_more_time(scene):
    given = scene.instruction()
    other = UserFactory(role="executor", organisation=scene.executor.organisation)

    told = at_once(
        lambda: services.request_extension(given, by=scene.executor, new_due=LATER, reason="Кешікті"),
        lambda: services.request_extension(given, by=other, new_due=LATER, reason="Кешікті"),
    )

    assert isinstance(told, Conflict)
    assert Extension.objects.count() == 1


@pytest.mark.parametrize("reported_first", [True, False])
def test_a_report_and_a_cancellation(scene, reported_first):
    given = scene.instruction("in_execution")

    def report():
        services.report(given, by=scene.executor, kind="final", text="Дайын")

    def cancel():
        services.cancel(given, by=scene.office, reason="Екі рет берілген")

    told = at_once(report, cancel) if reported_first else at_once(cancel, report)

    assert isinstance(told, Conflict)
    given.refresh_from_db()
    assert given.state == ("reported" if reported_first else "cancelled")
    assert given.reports.count() == reported_first


def test_a_part_is_added_while_the_whole_is_cancelled(scene):
    given = scene.instruction()

    told = at_once(
        lambda: services.cancel(given, by=scene.office, reason="Екі рет берілген"),
        lambda: services.split(given, by=scene.executor, lead=scene.investor.organisation, due=DUE, **TEXTS),
    )

    assert isinstance(told, Conflict)
    assert Instruction.objects.count() == 1


def test_proof_is_taken_out_while_the_report_is_handed_in(scene):
    given = scene.instruction("in_execution", evidence_kind="link")
    link = services.Proof(kind="link", url="https://example.kz/act")
    row = services.save_report(given, by=scene.executor, kind="final", text="Дайын", proofs=[link])

    told = at_once(
        lambda: services.report(given, by=scene.executor, kind="final"),
        lambda: services.remove_proof(row.evidence.get(), by=scene.executor),
    )

    assert isinstance(told, Conflict)
    assert row.evidence.count() == 1


def test_two_jobs_make_the_same_occurrences_once(scene):
    given = scene.instruction()
    services.set_recurrence(given, by=scene.office, recurrence="weekly", day=1)

    told = at_once(
        lambda: services.make_occurrences(date.today()), lambda: services.make_occurrences(date.today())
    )

    assert told is None
    days = list(given.children.values_list("occurs_on", flat=True))
    assert len(days) == len(set(days)) >= 4


def test_a_transaction_that_began_earlier_writes_the_clock_without_a_gap(scene):
    given = scene.instruction()

    def accept():
        services.reassign(given, by=scene.office, lead=scene.akimat_signer.organisation, reason="Құзыреті")

    def start():
        services.cancel(given, by=scene.office, reason="Екі рет берілген")

    assert at_once(accept, start) is None
    gaps = sql(
        """SELECT count(*) FROM (SELECT lower(during) AS began, lag(upper(during)) OVER (ORDER BY during) AS ended
             FROM tasks_holdinterval WHERE instruction_id = %s) t WHERE ended IS NOT NULL AND ended <> began""",
        given.pk,
    )
    assert gaps == [(0,)]
    assert not given.holds.filter(during__upper_inf=True).exists()


def test_two_make_a_calendar(scene):
    ministry = {"organisation": scene.executor.organisation, "language": "kk"}

    told = at_once(
        lambda: services.make_feed(by=scene.executor, **ministry),
        lambda: services.make_feed(by=scene.executor, **ministry),
    )

    assert told is None
    assert CalendarFeed.objects.count() == 2 and CalendarFeed.objects.live().count() == 1
