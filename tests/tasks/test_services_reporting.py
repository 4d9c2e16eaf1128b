"""What was done: contributions, reports, proof, returns; and out of control by two."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.exceptions import Conflict, Forbidden
from core.models import Outbox
from tasks import services
from tasks.models import Evidence, ExecutionReport, HoldInterval, Instruction
from tasks.services import Proof
from tests.factories import ApiClientFactory
from tests.tasks.scene import LATER, TEXTS, Scene, everything

pytestmark = pytest.mark.django_db

LINK = Proof(kind="link", url="https://example.kz/act")


@pytest.fixture
def scene(request, db):
    return Scene(request)


def bells(kind):
    return Outbox.objects.filter(channel="bell", payload__kind=kind)


def test_an_interim_report_never_closes(scene):
    given = scene.instruction("in_execution")
    for text in ("1", "2"):
        services.report(given, by=scene.executor, kind="interim", text=text)
        given = services.accept(given, by=scene.office)
        assert given.state == "in_execution"

    assert given.reports.filter(kind="interim", state="accepted").count() == 2
    assert bells("interim_accepted").filter(payload__recipient=scene.executor.pk).count() == 2
    with pytest.raises(Conflict):
        services.propose_removal(given, by=scene.office)


def test_an_interim_report_is_returned_and_handed_in_again(scene):
    given = scene.instruction("in_execution")
    services.report(given, by=scene.executor, kind="interim", text="1")
    with pytest.raises(Conflict):
        services.report(given, by=scene.executor, kind="interim", text="2")

    given = services.return_report(given, by=scene.office, note="Нақтылаңыз")
    assert given.state == "in_execution"
    row = services.report(given, by=scene.executor, kind="interim", text="2")
    assert (row.returns, row.text, row.state) == (1, "2", "submitted")


def test_a_final_report_follows_the_start(scene):
    with pytest.raises(Conflict):
        services.report(scene.instruction(), by=scene.executor, kind="final", text="Дайын")


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"kind": "final", "text": " "}, "text"), ({"kind": "whole", "text": "Дайын"}, "kind")],
)
def test_a_wrong_report_names_its_field_and_keeps_nothing(scene, facts, field):
    given = scene.instruction("in_execution")
    before = everything()

    with pytest.raises(ValidationError) as caught:
        services.report(given, by=scene.executor, **facts)
    assert set(caught.value.message_dict) == {field}
    assert everything() == before


@pytest.mark.parametrize(
    "proof", [Proof(kind="link"), Proof(kind="act"), Proof(kind="rumour", url="https://a.kz")]
)
def test_wrong_proof_is_refused(scene, proof):
    with pytest.raises(ValidationError):
        services.report(
            scene.instruction("in_execution"), by=scene.executor, kind="final", text="Дайын", proofs=[proof]
        )
    assert not ExecutionReport.objects.exists()


def test_the_final_report_brings_the_proof_that_was_asked_for(scene):
    given = scene.instruction("in_execution", evidence_kind="act")

    with pytest.raises(ValidationError) as caught:
        services.report(given, by=scene.executor, kind="final", text="Дайын", proofs=[LINK])
    assert set(caught.value.message_dict) == {"evidence"}

    act = Proof(kind="act", file=BytesIO(b"%PDF-1.4 act"), name="act.pdf", note="Қабылдау актісі")
    row = services.report(given, by=scene.executor, kind="final", text="Дайын", proofs=[act])
    assert row.evidence.get().file.name == "act.pdf"
    with pytest.raises(Conflict):
        services.remove_proof(row.evidence.get(), by=scene.executor)


def test_proof_is_taken_out_while_the_report_is_written(scene):
    given = scene.instruction("in_execution")
    row = services.save_report(given, by=scene.executor, kind="final", text="Жазылуда", proofs=[LINK])

    services.remove_proof(row.evidence.get(), by=scene.executor)
    assert not Evidence.objects.exists()

    sent = services.contribute(given, by=scene.akimat_signer, text="Дайын", proofs=[LINK])
    with pytest.raises(Conflict):
        services.remove_proof(sent.evidence.get(), by=scene.akimat_signer)


def test_a_draft_is_its_organisations_own(scene):
    given = scene.instruction("in_execution")
    row = services.save_report(given, by=scene.executor, kind="final", text="Жазылуда", proofs=[LINK])

    for person in (scene.office, scene.leadership, scene.auditor, scene.akimat_signer, scene.stranger):
        assert not ExecutionReport.objects.visible_to(person).exists()
        assert not Evidence.objects.visible_to(person).exists()
    assert ExecutionReport.objects.visible_to(scene.executor).get() == row
    services.report(given, by=scene.executor, kind="final")
    for person in (scene.office, scene.leadership, scene.auditor, scene.akimat_signer):
        assert ExecutionReport.objects.visible_to(person).get() == row
        assert Evidence.objects.visible_to(person).exists()
    assert not ExecutionReport.objects.visible_to(scene.stranger).exists()


def test_a_return_says_what_is_to_be_corrected_and_takes_the_proposal_back(scene):
    given = scene.proposed()
    with pytest.raises(ValidationError) as caught:
        services.return_report(given, by=scene.leadership, note="")
    assert set(caught.value.message_dict) == {"note"}

    given = services.return_report(given, by=scene.leadership, note="Актісі жоқ")

    assert (given.state, given.removal_proposed_by, given.removal_proposed_at) == ("returned", None, None)
    assert given.reports.get().returns == 1
    services.report(given, by=scene.executor, kind="final", text="Актісі бар")
    services.propose_removal(given, by=scene.office)
    assert bells("removal_proposed").filter(payload__recipient=scene.leadership.pk).count() == 2


def test_two_people_remove(scene):
    given = scene.instruction("reported")
    with pytest.raises(Conflict):
        services.accept(given, by=scene.leadership)
    services.propose_removal(given, by=scene.office)
    with pytest.raises(Conflict):
        services.propose_removal(given, by=scene.office)

    done = services.accept(given, by=scene.leadership)

    assert (done.state, done.removed_by, done.removed_for) == ("executed", scene.leadership, None)
    assert done.executed_on == timezone.localdate()
    assert done.reports.get().state == "accepted"
    assert not HoldInterval.objects.now().filter(instruction=done).exists()
    with pytest.raises(Conflict):
        services.accept(given, by=scene.leadership)


def test_who_proposed_does_not_remove(scene):
    part = scene.instruction("reported", issuer=scene.akimat_signer.organisation)
    services.propose_removal(part, by=scene.akimat_signer)

    with pytest.raises(Conflict):
        services.accept(part, by=scene.akimat_signer)
    assert Instruction.objects.get(pk=part.pk).state == "reported"


def test_closing_ends_the_requests_that_wait(scene):
    extension = scene.asked("in_execution")
    given = extension.instruction
    services.report(given, by=scene.executor, kind="final", text="Дайын")
    assert HoldInterval.objects.now().get(instruction=given).holder == "issuer"
    services.propose_removal(given, by=scene.office)
    services.accept(given, by=scene.leadership)
    extension.refresh_from_db()
    assert extension.state == "withdrawn"

    other = scene.asked()
    services.cancel(other.instruction, by=scene.office, reason="Екі рет берілген")
    other.refresh_from_db()
    assert other.state == "withdrawn"


def test_a_cancellation_says_why(scene):
    with pytest.raises(ValidationError) as caught:
        services.cancel(scene.instruction(), by=scene.office, reason="")
    assert set(caught.value.message_dict) == {"reason"}


def test_a_program_decides_only_in_the_name_of_a_person(scene):
    given = scene.instruction("reported")
    nobodys = ApiClientFactory(role="office", scopes=["read", "write"])
    own = ApiClientFactory(role="office", scopes=["read", "write"], owner=scene.office)

    with pytest.raises(Forbidden):
        services.propose_removal(given, by=nobodys)
    assert services.propose_removal(given, by=own).removal_proposed_by == scene.office


# --- in part --------------------------------------------------------------------------------------


def test_the_remainder_lives_on_with_its_own_term(scene):
    rest = services.remove_part(scene.proposed(), by=scene.leadership, due=LATER, **TEXTS)

    whole = rest.remainder_of
    assert (whole.state, rest.state, rest.due, rest.original_due) == ("executed", "on_control", LATER, LATER)
    assert (rest.issuer, rest.parent, rest.evidence_kind) == (whole.issuer, whole, whole.evidence_kind)
    assert [(one.organisation, one.role) for one in rest.executors.live()] == [
        (scene.executor.organisation, "lead"),
        (scene.akimat_signer.organisation, "co"),
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"text": {}}, "text"), ({"expected_result": {"en": "act"}}, "expected_result")],
)
def test_a_remainder_says_what_is_left(scene, wrong, field):
    given = scene.proposed()
    before = everything()

    with pytest.raises(ValidationError) as caught:
        services.remove_part(given, by=scene.leadership, due=LATER, **(TEXTS | wrong))
    assert set(caught.value.message_dict) == {field}
    assert everything() == before


def test_the_whole_waits_for_the_remainder_of_its_part(scene):
    whole = scene.instruction("in_execution")
    part = scene.instruction("reported", parent=whole)
    services.propose_removal(part, by=scene.office)
    rest = services.remove_part(part, by=scene.leadership, due=LATER, **TEXTS)

    with pytest.raises(Conflict, match=rest.public_id):
        services.cancel(whole, by=scene.office, reason="Екі рет берілген")
    services.cancel(rest, by=scene.office, reason="Екі рет берілген")
    services.cancel(whole, by=scene.office, reason="Екі рет берілген")
