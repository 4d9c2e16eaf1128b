"""The report page: drafts, proof that survives a mistake, handing in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tasks import services
from tasks.models import Evidence, ExecutionReport
from tests.pages.control import address, executing

pytestmark = pytest.mark.django_db


@pytest.fixture
def instruction(office, leadership, executor, akimat_preparer):
    return executing(office, leadership, executor, akimat_preparer, evidence_kind="act")


@pytest.fixture
def send(client, executor, instruction):
    def post(**typed):
        client.force_login(executor)
        return client.post(address(instruction, "report"), {"kind": "final"} | typed)

    return post


def pdf(name="Акт №5.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4 content", "application/pdf")


def bad(name="surprise.pdf"):
    return SimpleUploadedFile(name, b"MZ\x00\x01", "application/pdf")


def test_a_draft_is_kept_and_stands_in_the_form(send, client, instruction, office, akimat_preparer):
    answer = send(text="Бітіп қалды", save="1", documents=[pdf("Хат.pdf")], links="https://example.kz/a")

    assert answer.status_code == 302
    assert {(one.kind, str(one)) for one in Evidence.objects.all()} == {
        ("document", "Хат.pdf"),
        ("link", "https://example.kz/a"),
    }
    html = client.get(answer["Location"]).content.decode()
    assert "Бітіп қалды" in html
    assert "Хат.pdf" in html
    for stranger in (office, akimat_preparer):
        client.force_login(stranger)
        assert "Бітіп қалды" not in client.get(address(instruction)).content.decode()


def test_the_proof_asked_for_is_missed_and_nothing_is_lost(send):
    answer = send(text="Салынды", hand_in="1", documents=[pdf("Хат.pdf")])

    assert answer.status_code == 200
    assert answer.context["form"].errors["documents"]
    assert "Салынды" in answer.content.decode()
    assert "Хат.pdf" in answer.content.decode()
    assert ExecutionReport.objects.get().state == "draft"

    assert send(text="Салынды", hand_in="1", acts=[pdf()]).status_code == 302
    report = ExecutionReport.objects.get()
    assert (report.state, report.evidence.count()) == ("submitted", 2)


def test_good_files_survive_a_bad_one(send):
    answer = send(
        text="Салынды", hand_in="1", acts=[pdf()], photos=[bad()], links="https://example.kz/a\nnot"
    )

    form = answer.context["form"]
    assert set(form.errors) == {"photos", "links"}
    assert form.data["links"] == "not"
    assert {str(one) for one in Evidence.objects.all()} == {"Акт №5.pdf", "https://example.kz/a"}


def test_the_same_file_sent_twice_is_kept_once(send):
    for _time in range(2):
        send(text="Салынды", save="1", acts=[pdf()], links="https://example.kz/a")

    assert Evidence.objects.count() == 2


def test_a_second_handing_in_is_told(send):
    assert send(text="Салынды", hand_in="1", acts=[pdf()]).status_code == 302

    second = send(text="Салынды", hand_in="1", acts=[pdf()])

    assert second.status_code == 200
    assert second.context["form"].non_field_errors()
    assert (ExecutionReport.objects.count(), Evidence.objects.count()) == (1, 1)


def test_a_proof_is_taken_out_and_the_words_stay(send, client):
    send(text="Салынды", save="1", acts=[pdf()])

    answer = send(text="Салынды, тексерілді", remove=str(Evidence.objects.get().pk))

    assert answer.status_code == 302
    assert not Evidence.objects.exists()
    assert ExecutionReport.objects.get().text == "Салынды, тексерілді"


def test_what_was_returned_stands_with_its_note(send, client, instruction, office):
    send(text="Салынды", hand_in="1", acts=[pdf()])
    services.return_report(instruction, by=office, note="Қолтаңба жоқ")
    client.force_login(instruction.executors.get(role="lead").organisation.users.get())

    html = client.get(address(instruction, "report")).content.decode()

    assert "Қолтаңба жоқ" in html
    assert "Салынды" in html


def test_contributions_are_shown_to_compile(client, instruction, executor, akimat_preparer):
    services.contribute(instruction, by=akimat_preparer, text="Жер бөлінді")
    client.force_login(executor)

    assert "Жер бөлінді" in client.get(address(instruction, "report")).content.decode()


def test_an_interim_report_leaves_the_state(send, instruction):
    assert send(kind="interim", text="Іргетас құйылды", hand_in="1").status_code == 302

    instruction.refresh_from_db()
    assert instruction.state == "in_execution"
