"""Who executes: registering, control, acceptance, refusal, re-assignment."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.exceptions import Conflict
from core.models import Outbox
from tasks import services
from tasks.models import HoldInterval, Instruction
from tests.factories import ExecutorFactory, InstructionFactory, OrganisationFactory, UserFactory
from tests.tasks.scene import DUE, LATER, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(request, db):
    return Scene(request)


def lead(instruction):
    return instruction.executors.live().get(role="lead")


def holder(instruction):
    held = HoldInterval.objects.now().get(instruction=instruction)
    return held.holder, held.organisation


# --- on control -----------------------------------------------------------------------------------


def test_control_names_every_field_that_it_lacks(office):
    bare = InstructionFactory()

    with pytest.raises(ValidationError) as caught:
        services.put_on_control(bare, by=office)
    assert set(caught.value.message_dict) == {"due", "expected_result"}

    with pytest.raises(ValidationError) as caught:
        services.put_on_control(bare, by=office, due=DUE, expected_result={"kk": "Акт"})
    assert set(caught.value.message_dict) == {"lead"}


def test_a_group_is_never_lead(office, mic):
    bare = InstructionFactory()
    ExecutorFactory(instruction=bare, organisation=None, group_kk="инвесторлар")

    with pytest.raises(ValidationError) as caught:
        services.put_on_control(bare, by=office, due=DUE, expected_result={"kk": "Акт"})
    assert set(caught.value.message_dict) == {"lead"}

    given = services.put_on_control(bare, by=office, due=DUE, expected_result={"kk": "Акт"}, lead=mic)
    with translation.override("kk"):
        assert [str(one) for one in given.executors.live()] == [str(mic), "инвесторлар"]
    with pytest.raises(ValidationError):
        services.register_instruction(
            by=office, issuer=mic, text={"kk": "…"}, executors=[{"group_kk": "инвесторлар", "role": "lead"}]
        )
    assert Instruction.objects.count() == 1


def test_the_first_term_is_written_once(scene):
    registered = scene.instruction("registered")

    with pytest.raises(ValidationError) as caught:
        services.put_on_control(registered, by=scene.office, due=LATER)
    assert set(caught.value.message_dict) == {"due"}


def test_control_may_name_another_lead_and_the_first_becomes_co_executor(scene, akimat):
    given = services.put_on_control(scene.instruction("registered"), by=scene.office, lead=akimat)

    assert [(one.organisation, one.role) for one in given.executors.live()] == [
        (akimat, "lead"),
        (scene.executor.organisation, "co"),
    ]
    assert given.controller == scene.office
    assert holder(given) == ("executor", akimat)


# --- acceptance and refusal -----------------------------------------------------------------------


def test_an_assignment_is_answered_once(scene):
    given = scene.instruction()
    services.accept_assignment(given, by=scene.executor)

    for again in (
        lambda: services.accept_assignment(given, by=scene.executor),
        lambda: services.refuse_assignment(given, by=scene.executor, reason="Құзыретіміз емес"),
    ):
        with pytest.raises(Conflict):
            again()
    services.refuse_assignment(given, by=scene.akimat_preparer, reason="Құзыретіміз емес")
    with pytest.raises(Conflict):
        services.accept_assignment(given, by=scene.akimat_signer)


def test_a_refusal_says_why(scene):
    with pytest.raises(ValidationError) as caught:
        services.refuse_assignment(scene.instruction(), by=scene.executor, reason="  ")
    assert set(caught.value.message_dict) == {"reason"}


def test_who_refused_does_nothing_more_and_the_office_holds_it(scene):
    given = services.refuse_assignment(scene.instruction(), by=scene.executor, reason="Құзыретіміз емес")
    assert holder(given) == ("office", None)

    for verb in (
        lambda: services.start(given, by=scene.executor),
        lambda: services.report(given, by=scene.executor, kind="interim", text="…"),
        lambda: services.save_report(given, by=scene.executor, kind="interim", text="…"),
        lambda: services.request_extension(given, by=scene.executor, new_due=LATER, reason="…"),
    ):
        with pytest.raises(Conflict):
            verb()
    services.refuse_assignment(given, by=scene.akimat_signer, reason="Құзыретіміз емес")
    with pytest.raises(Conflict):
        services.contribute(given, by=scene.akimat_signer, text="…")


@pytest.mark.parametrize(
    "work",
    [
        lambda i, by: services.start(i, by=by),
        lambda i, by: services.report(i, by=by, kind="interim", text="Іргетас"),
        lambda i, by: services.request_extension(i, by=by, new_due=LATER, reason="Кешікті"),
    ],
)
def test_who_works_on_it_has_accepted_it(scene, work):
    given = scene.instruction()

    work(given, scene.executor)

    assert lead(given).accepted_on
    with pytest.raises(Conflict):
        services.refuse_assignment(given, by=scene.executor, reason="Құзыретіміз емес")


# --- re-assignment --------------------------------------------------------------------------------


def test_another_organisation_leads_and_has_to_accept(scene):
    given = scene.instruction("in_execution")
    services.request_extension(given, by=scene.executor, new_due=LATER, reason="Кешікті")
    services.save_report(given, by=scene.executor, kind="final", text="Біздің жазба")
    other = UserFactory(role="executor", organisation=OrganisationFactory())
    Outbox.objects.all().delete()

    given = services.reassign(given, by=scene.office, lead=other.organisation, reason="Құзыреті")

    assert (lead(given).organisation, lead(given).accepted_on) == (other.organisation, None)
    assert given.extensions.get().state == "withdrawn"
    assert not given.reports.exists()
    assert holder(given) == ("executor", other.organisation)
    assert {debt.payload["recipient"] for debt in Outbox.objects.filter(channel="bell")} == {other.pk}
    assert not Instruction.objects.visible_to(scene.executor).exists()
    given = services.refuse_assignment(given, by=other, reason="Құзыретіміз емес")
    assert holder(given)[0] == "office"


def test_a_co_executor_that_becomes_the_lead_is_told_and_accepts_anew(scene):
    given = scene.instruction()
    services.accept_assignment(given, by=scene.akimat_signer)
    Outbox.objects.all().delete()

    given = services.reassign(
        given, by=scene.office, lead=scene.akimat_signer.organisation, reason="Құзыреті"
    )

    assert lead(given).accepted_on is None
    assert given.executors.live().count() == 1
    told = {debt.payload["recipient"] for debt in Outbox.objects.filter(channel="bell")}
    assert told == {scene.akimat_signer.pk, scene.akimat_preparer.pk}


def test_one_that_refused_may_be_named_again(scene):
    given = services.refuse_assignment(scene.instruction(), by=scene.executor, reason="Құзыретіміз емес")
    given = services.reassign(given, by=scene.office, lead=scene.executor.organisation, reason="Құзыреті")
    assert lead(given).refused_on is None

    services.refuse_assignment(given, by=scene.akimat_signer, reason="Құзыретіміз емес")
    given = services.reassign(
        given, by=scene.office, lead=scene.akimat_signer.organisation, reason="Құзыреті"
    )
    assert lead(given).refused_on is None
    services.start(given, by=scene.akimat_preparer)
    assert given.executors.exclude(refused_on=None).count() == 2


def test_a_reassignment_says_why_and_whom(scene):
    given = scene.instruction()

    with pytest.raises(ValidationError) as caught:
        services.reassign(given, by=scene.office, lead=OrganisationFactory(), reason="")
    assert set(caught.value.message_dict) == {"reason"}
    with pytest.raises(ValidationError) as caught:
        services.reassign(given, by=scene.office, lead=scene.executor.organisation, reason="Құзыреті")
    assert set(caught.value.message_dict) == {"lead"}


def test_a_report_that_came_back_goes_to_the_new_lead(scene):
    given = scene.instruction("returned")
    other = UserFactory(role="executor", organisation=OrganisationFactory())
    services.reassign(given, by=scene.office, lead=other.organisation, reason="Құзыреті")

    row = services.report(given, by=other, kind="final", text="Түзетілді")

    assert (row.organisation, row.returns, row.state) == (other.organisation, 1, "submitted")


# --- co-executors ---------------------------------------------------------------------------------


def test_a_late_co_executor_does_not_stain_the_lead(scene):
    given = scene.instruction("in_execution")
    given.executors.filter(role="co").update(internal_due=date(2026, 2, 1))
    given.executors.filter(role="lead").update(internal_due=date(2026, 2, 1))

    def late(day):
        rows = given.executors.live().prefetch_related("contributions")
        return [one.role for one in rows if one.is_late(day)]

    assert late(date(2026, 2, 1)) == []
    assert late(date(2026, 2, 2)) == ["co"]
    assert not given.is_overdue(date(2026, 2, 2))
    services.contribute(given, by=scene.akimat_preparer, text="Жер бөлінді")
    assert late(date(2026, 2, 2)) == []


# --- who is told ----------------------------------------------------------------------------------


def test_where_the_controller_left_the_office_is_told(scene, second_office):
    given = scene.instruction()
    Instruction.objects.filter(pk=given.pk).update(controller=second_office)
    services.report(given, by=scene.executor, kind="interim", text="1")
    assert {debt.payload["recipient"] for debt in Outbox.objects.filter(channel="bell")} == {second_office.pk}

    second_office.is_active = False
    second_office.save()
    Outbox.objects.all().delete()
    services.refuse_assignment(given, by=scene.akimat_signer, reason="Құзыретіміз емес")

    assert {debt.payload["recipient"] for debt in Outbox.objects.filter(channel="bell")} == {scene.office.pk}


def test_where_nobody_decides_for_who_gave_it_leadership_does_and_is_told(scene):
    given = scene.instruction(issuer=OrganisationFactory())

    extension = services.request_extension(given, by=scene.executor, new_due=LATER, reason="Кешікті")

    told = {debt.payload["recipient"] for debt in Outbox.objects.filter(channel="bell")}
    assert told == {scene.leadership.pk, scene.other_leader.pk}
    assert services.grant(extension, by=scene.other_leader).state == "granted"
