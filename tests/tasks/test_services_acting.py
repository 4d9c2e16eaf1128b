"""During leave another person acts: with whose rights, on which days, and what remains of it."""

from datetime import date, timedelta

import pytest

from accounts.services import appoint_substitute, end_substitution
from core.exceptions import Conflict, Forbidden
from core.models import Change
from tasks import services
from tasks.models import Instruction
from tasks.policies import Desk
from tests.factories import OrganisationFactory, UserFactory
from tests.tasks.scene import Scene

pytestmark = pytest.mark.django_db

TODAY, DAY = date.today(), timedelta(days=1)


@pytest.fixture
def scene(request, db):
    return Scene(request)


@pytest.fixture
def deputy(scene):
    return UserFactory(username="deputy", role="leadership", organisation=OrganisationFactory())


def appoint(scene, person, substitute, since=TODAY, until=TODAY):
    return appoint_substitute(
        by=scene.office, person=person, substitute=substitute, since=since, until=until, act="№ 17 бұйрық"
    )


@pytest.mark.parametrize(
    ("since", "until", "acts"),
    [
        (TODAY, TODAY, True),
        (TODAY - DAY, TODAY, True),
        (TODAY - 2 * DAY, TODAY - DAY, False),
        (TODAY + DAY, TODAY + 2 * DAY, False),
    ],
)
def test_the_rights_are_there_on_the_days_of_the_act(scene, deputy, since, until, acts):
    appoint(scene, scene.leadership, deputy, since, until)
    asked = scene.asked()

    assert Desk(deputy).may("grant", asked.instruction) is acts
    if not acts:
        with pytest.raises(Forbidden):
            services.grant(asked, by=deputy)
        return
    granted = services.grant(asked, by=deputy)
    assert (granted.decided_by, granted.decided_for) == (deputy, scene.leadership)
    assert Change.objects.filter(verb="grant").last().note.endswith(f"for user:{scene.leadership.pk}")


def test_every_verb_keeps_for_whom_it_was_used(scene, deputy):
    colleague = UserFactory(role="executor", organisation=OrganisationFactory())
    appoint(scene, scene.executor, colleague)
    appoint(scene, scene.leadership, deputy)
    given = scene.instruction()

    services.accept_assignment(given, by=colleague)
    services.start(given, by=colleague)
    asked = services.request_extension(given, by=colleague, new_due=date(2099, 9, 1), reason="Кешікті")
    assert (asked.asked_by, asked.asked_for, asked.organisation) == (
        colleague,
        scene.executor,
        scene.executor.organisation,
    )
    services.withdraw(asked, by=colleague)
    row = services.report(given, by=colleague, kind="final", text="Дайын")
    assert (row.author, row.organisation) == (colleague, scene.executor.organisation)
    services.propose_removal(given, by=scene.office)
    done = services.accept(given, by=deputy)

    assert (done.removed_by, done.removed_for) == (deputy, scene.leadership)
    notes = Change.objects.filter(verb__in=["accept_assignment", "start", "request_extension", "report"])
    assert all(f"for user:{scene.executor.pk}" in note for note in notes.values_list("note", flat=True))
    assert Change.objects.filter(verb="propose_removal").last().note == ""


def test_a_substitute_sees_what_concerns_the_other_and_afterwards_no_more(scene):
    colleague = UserFactory(role="executor", organisation=OrganisationFactory())
    given = scene.instruction()
    assert not Instruction.objects.visible_to(colleague).exists()

    row = appoint(scene, scene.executor, colleague, TODAY - 2 * DAY, TODAY + DAY)
    assert Instruction.objects.concerning(colleague).get() == given
    end_substitution(row, by=scene.office, last=TODAY - DAY)

    assert not Instruction.objects.visible_to(colleague).exists()
    with pytest.raises(Forbidden):
        services.start(given, by=colleague)


def test_the_rights_of_who_left_go_with_him(scene, deputy):
    appoint(scene, scene.leadership, deputy)
    UserFactory(role="leadership", organisation=scene.leadership.organisation)
    asked = scene.asked()
    scene.leadership.is_active = False
    scene.leadership.save()

    with pytest.raises(Forbidden):
        services.grant(asked, by=deputy)


def test_rights_are_not_passed_on(scene, deputy):
    second = UserFactory(role="leadership", organisation=OrganisationFactory())
    appoint(scene, scene.leadership, deputy)
    appoint(scene, deputy, second)

    with pytest.raises(Forbidden):
        services.grant(scene.asked(), by=second)


def test_one_person_does_not_propose_and_remove_by_acting_for_another(scene):
    appoint(scene, scene.leadership, scene.office)
    given = scene.proposed()

    with pytest.raises(Conflict):
        services.accept(given, by=scene.office)


def test_own_rights_are_used_first(scene, second_office):
    appoint(scene, second_office, scene.office)

    services.put_on_control(scene.instruction("registered"), by=scene.office)

    assert Change.objects.filter(verb="put_on_control").last().note == ""


def test_a_desk_asks_no_more_for_many_instructions(scene, deputy, django_assert_num_queries):
    rows = [scene.instruction() for _ in range(3)]
    loaded = list(
        Instruction.objects.prefetch_related("executors")
        .with_deciders()
        .filter(pk__in=[row.pk for row in rows])
    )

    with django_assert_num_queries(1):
        desk = Desk(deputy)
        for row in loaded:
            for verb in ("grant", "start", "cancel", "put_on_control"):
                desk.may(verb, row)
