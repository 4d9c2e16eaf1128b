"""Files of evidence: for those who may see what they prove, harmless on the way."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.models import StoredFile
from tasks import services
from tasks.models import Evidence
from tests.pages.control import controlled, executing

pytestmark = pytest.mark.django_db
NAME = "Қабылдау актісі №5 «соңғы».pdf"


@pytest.fixture
def instruction(office, leadership, executor, akimat_preparer):
    return executing(office, leadership, executor, akimat_preparer)


@pytest.fixture
def proof(instruction, executor):
    proofs = [services.Proof("act", ContentFile(b"%PDF-1.4 act"), NAME)]
    services.report(instruction, by=executor, kind="interim", text="Дайын", proofs=proofs)
    return Evidence.objects.get()


def address(instruction, evidence):
    return f"/kk/control/{instruction.public_id}/files/{evidence.pk}/"


@pytest.mark.parametrize("persona", ["office", "leadership", "executor", "akimat_preparer", "auditor"])
def test_whom_it_concerns_gets_it_as_a_download(instruction, proof, client, request, persona):
    client.force_login(request.getfixturevalue(persona))

    answer = client.get(address(instruction, proof))

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 act"
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert "%D2%9A%D0%B0%D0%B1%D1%8B%D0%BB" in disposition  # Қабыл…
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in answer["Cache-Control"]


def test_nobody_else_knows_of_it(instruction, proof, client, investor):
    client.force_login(investor)
    assert client.get(address(instruction, proof)).status_code == 404

    type(instruction).objects.filter(pk=instruction.pk).update(visibility="public")
    assert client.get(address(instruction, proof)).status_code == 404


def test_a_draft_is_not_downloaded_by_others(instruction, executor, office, akimat_preparer, client):
    proofs = [services.Proof("act", ContentFile(b"%PDF-1.4 act"), NAME)]
    services.save_report(instruction, by=executor, kind="interim", text="Дайын", proofs=proofs)
    proof = Evidence.objects.get()

    for persona, status in ((office, 404), (akimat_preparer, 404), (executor, 200)):
        client.force_login(persona)
        assert client.get(address(instruction, proof)).status_code == status


def test_under_another_instruction_there_is_no_such_file(
    instruction, proof, office, leadership, executor, client
):
    other = controlled(office, leadership, executor)
    client.force_login(office)

    assert client.get(address(other, proof)).status_code == 404


def test_a_contribution_has_files_too(instruction, akimat_preparer, executor, client):
    proofs = [services.Proof("document", ContentFile("Жер".encode()), "жер.txt")]
    services.contribute(instruction, by=akimat_preparer, text="Бөлінді", proofs=proofs)
    client.force_login(executor)

    assert client.get(address(instruction, Evidence.objects.get())).status_code == 200


def test_bytes_that_are_gone_are_told(instruction, proof, client, office):
    default_storage.delete(proof.file.path)
    client.force_login(office)

    answer = client.get(address(instruction, proof))

    assert answer.status_code == 404
    assert proof.file.sha256 in answer.content.decode()


def test_visitors_sign_in_first(instruction, proof, client):
    assert client.get(address(instruction, proof)).status_code == 302


def test_what_a_scanner_found_infected_nobody_opens(instruction, proof, client, office):
    StoredFile.objects.update(scan_state="infected")
    client.force_login(office)
    assert client.get(address(instruction, proof)).status_code == 403
