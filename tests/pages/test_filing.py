"""Progress reports by their pages: from what is owed to what is accepted, as people use them."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from tasks import services
from tasks.models import ProgressReport, ReportingDuty, ReportingPeriod
from tests.factories import ProjectFactory, ReportingDutyFactory, ReportingPeriodFactory
from tests.tasks.progress_scene import ProgressScene

pytestmark = pytest.mark.django_db

TYPED = {
    "physical_progress": "40,5", "financial_progress": "35", "spent": "1 500 000,50", "spent_currency": "KZT",
    "jobs_construction": "120", "jobs_permanent_mark": "not_applicable", "jobs_local_mark": "no_data",
    "text": "Іргетас құйылды",
}  # fmt: skip


@pytest.fixture
def scene(request, db):
    return ProgressScene(request)


@pytest.fixture
def form(client, scene):
    """send(by, do, **fields): the form of the report as its page gives it, sent with these fields."""
    here = f"/kk/report/2026-01/{scene.project.public_id}/"

    def send(by, do="save", **fields):
        client.force_login(by)
        shown = client.get(here).context["form"]
        hidden = {name: shown[name].value() or "" for name in ("client_uuid", "base") if name in shown.fields}
        return client.post(here, hidden | {"do": do} | fields, follow=True)

    send.here = here
    return send


def told(answer):
    return " ".join(str(message) for message in answer.context["messages"])


def test_from_what_is_owed_to_what_is_accepted(client, scene, form):
    client.force_login(scene.akimat_preparer)
    owed = client.get("/kk/report/")
    assert scene.project.name_kk in owed.content.decode() and form.here in owed.content.decode()

    form(scene.akimat_preparer, "complete", **TYPED)
    row = ProgressReport.objects.get()
    assert (row.state, row.text) == ("complete", "Іргетас құйылды")
    answers = {one.metric: (one.value, one.mark, one.currency) for one in row.values.all()}
    assert answers["spent"] == (Decimal("1500000.50"), "value", "KZT")
    assert answers["jobs_local"] == (None, "no_data", "") and answers["physical_progress"][0] == Decimal(
        "40.50"
    )

    answer = form(scene.akimat_signer, "submit", **TYPED)
    assert row.public_id in told(answer)

    client.force_login(scene.office)
    assert f"/kk/review/{row.public_id}/" in client.get("/kk/review/").content.decode()
    answer = client.post(
        f"/kk/review/{row.public_id}/", {"do": "return", "spent": "Өткен айдан аз"}, follow=True
    )
    row.refresh_from_db()
    assert row.state == "returned" and answer.redirect_chain == [("/kk/review/", 302)]

    client.force_login(scene.akimat_signer)
    assert "Өткен айдан аз" in client.get(form.here).content.decode()
    form(scene.akimat_signer, "submit", **(TYPED | {"spent": "2000000"}))
    client.force_login(scene.office)
    client.post(f"/kk/review/{row.public_id}/", {"do": "accept"})
    row.refresh_from_db()
    assert (row.state, row.returns, row.values.get(metric="spent").value) == ("accepted", 1, 2_000_000)
    assert ProgressReport.objects.count() == 1


def test_an_accepted_report_is_corrected_by_a_new_one(client, scene, form):
    old = scene.report("accepted")
    client.force_login(scene.akimat_signer)
    assert "40" in client.get(form.here).content.decode()

    form(scene.akimat_signer, reason="")
    assert ProgressReport.objects.count() == 1
    form(scene.akimat_signer, reason="Қате сан")
    assert "Қате сан" in client.get(form.here).content.decode()
    form(scene.akimat_signer, "submit", **TYPED)
    newer = ProgressReport.objects.waiting().get()
    services.accept_progress(newer, by=scene.office)
    old.refresh_from_db()
    assert old.state == "superseded" and newer.supersedes == old


def test_what_was_typed_is_kept_when_the_step_after_it_is_refused(scene, form):
    answer = form(scene.akimat_signer, "submit", physical_progress="40")

    row = ProgressReport.objects.get()
    assert (row.state, row.values.get().value) == ("draft", 40)
    assert set(answer.context["form"].errors) == {
        "financial_progress", "spent", "jobs_construction", "jobs_permanent", "jobs_local",
    }  # fmt: skip
    again = {name: answer.context["form"][name].value() for name in ("client_uuid", "base")}
    assert again == {"client_uuid": str(row.client_uuid), "base": str(row.version)}


def test_two_devices_are_told_of_each_other(client, scene, form):
    client.force_login(scene.akimat_preparer)
    hidden = {name: client.get(form.here).context["form"][name].value() for name in ("client_uuid",)}
    form(scene.akimat_signer, text="Бірінші құрылғы")
    client.force_login(scene.akimat_preparer)

    answer = client.post(form.here, hidden | {"base": "", "do": "save", "text": "Екінші құрылғы"})

    assert answer.context["form"].non_field_errors() and "Екінші құрылғы" in answer.content.decode()
    assert ProgressReport.objects.get().text == "Бірінші құрылғы"


def test_only_a_signer_submits(client, scene, form):
    client.force_login(scene.akimat_preparer)
    assert 'value="submit"' not in client.get(form.here).content.decode()

    answer = form(scene.akimat_preparer, "submit", **TYPED)

    assert answer.context["form"].non_field_errors()
    assert ProgressReport.objects.get().state == "complete"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("physical_progress", "101"), ("physical_progress", "көп"), ("physical_progress", "NaN"),
        ("physical_progress", "1e999999"), ("physical_progress", "-1"), ("jobs_local", "1,5"),
        ("jobs_local", "9" * 39), ("spent_currency", "тг"), ("spent_mark", "maybe"),
        ("client_uuid", "x"), ("base", "x"), ("text", "\0"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_told_and_nothing_is_kept(scene, form, name, typed):
    answer = form(
        scene.akimat_signer, **(TYPED | {name: typed} | ({"spent": ""} if name == "spent_mark" else {}))
    )

    assert answer.status_code == 200 and name in answer.context["form"].errors
    assert not ProgressReport.objects.exists()


def test_a_number_and_a_mark_together_are_refused(scene, form):
    answer = form(scene.akimat_signer, physical_progress="40", physical_progress_mark="no_data")

    assert set(answer.context["form"].errors) == {"physical_progress"}


def test_what_was_accepted_last_stands_beside_each_field(client, scene):
    scene.report("accepted")
    later = ReportingPeriodFactory(starts=date(2026, 2, 1))
    client.force_login(scene.akimat_signer)

    shown = client.get(f"/ru/report/{later.code}/{scene.project.public_id}/").context["form"]

    assert "40" in shown["physical_progress"].help_text and "500" in shown["spent"].help_text


def test_the_office_says_who_owes_reports(client, scene):
    project = ProjectFactory()
    client.force_login(scene.office)
    facts = {"project": project.pk, "organisation": scene.akimat.code, "kind": "month", "since": "2026-01-01"}

    assert client.post("/kk/review/duties/", facts).status_code == 302
    assert ReportingDuty.objects.get(project=project).organisation == scene.akimat
    again = client.post("/kk/review/duties/", facts)
    assert again.status_code == 200 and again.context["form"].errors


def test_a_locked_period_takes_nothing(client, scene, form):
    client.force_login(scene.akimat_signer)
    number = client.get(form.here).context["form"]["client_uuid"].value()
    ReportingPeriod.objects.update(locked_at="2026-03-10T00:00Z")

    answer = client.post(form.here, TYPED | {"client_uuid": number, "base": "", "do": "save"})

    assert answer.context["form"].non_field_errors() and 'name="do"' not in answer.content.decode()
    assert not ProgressReport.objects.exists()


def test_what_is_owed_is_counted_by_state_what_came_back_first(client, scene):
    for _more in range(2):
        ReportingDutyFactory(organisation=scene.akimat)
    scene.report("returned")
    client.force_login(scene.akimat_preparer)

    counts = client.get("/kk/report/").context["counts"]

    assert [(one.code, one.number) for one in counts] == [("returned", 1), ("", 2)]


def test_lists_cost_the_same_however_long(client, scene, django_assert_max_num_queries):
    for page, persona in (("/kk/report/", scene.akimat_signer), ("/kk/review/", scene.office)):
        client.force_login(persona)
        client.get(page)
    for starts in (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)):
        ReportingDutyFactory(organisation=scene.akimat)
        row = scene.save(period=ReportingPeriodFactory(starts=starts), client_uuid=uuid4())
        services.submit_progress(
            services.complete_progress(row, by=scene.akimat_signer), by=scene.akimat_signer
        )
    for page, persona in (("/kk/report/", scene.akimat_signer), ("/kk/review/", scene.office)):
        client.force_login(persona)
        with django_assert_max_num_queries(14):
            assert client.get(page).status_code == 200
