"""Who is told of what: by which way, once, in his language, and never of what he may not see any more."""

import pytest
from django.core import mail
from django.db import transaction

from accounts import services
from core import notices
from core.jobs import deliver_outbox
from core.models import Notice, Outbox, Silence
from districts import services as projects
from tasks import services as tasks
from tests.admin.forms import filled
from tests.factories import (
    ExecutorFactory,
    InstructionFactory,
    NoticeFactory,
    OrganisationFactory,
    ProjectPartyFactory,
    UserFactory,
    project_in,
)

pytestmark = pytest.mark.django_db

HERE = "/kk/accounts/notifications/"


@pytest.fixture
def project(investor):
    project = project_in("preparation", visibility="internal", name_kk="Зауыт", name_ru="Завод")
    ProjectPartyFactory(project=project, organisation=investor.organisation, role="investor")
    return project


def move(project, office):
    projects.change_stage(project, "implementation", by=office, basis="built", on="2026-11-20")


def test_the_people_of_a_project_are_told_of_its_stage_in_their_language(project, office, investor, executor):
    investor.language = "ru"
    investor.save()

    move(project, office)
    deliver_outbox()
    deliver_outbox()

    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.subject_id) == (investor, "stage_changed", project.pk)
    [letter] = mail.outbox
    assert letter.to == [investor.email]
    assert letter.body.startswith("Завод: теперь стадия «")
    assert f"/ru/projects/{project.public_id}/" in letter.body
    assert "/ru/accounts/notifications/settings/" in letter.body


def test_a_change_that_fails_tells_nobody(project, office):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        move(project, office)
        1 / 0

    assert not Outbox.objects.exists()


def test_a_bell_that_rings_twice_is_one_notice(project, office):
    move(project, office)
    deliver_outbox()
    Outbox.objects.filter(channel="bell").update(delivered_at=None)
    deliver_outbox()

    assert Notice.objects.count() == 1


def test_who_is_gone_or_inactive_is_not_told(project, office, investor):
    colleague = UserFactory(role="investor", organisation=investor.organisation, is_active=False)
    move(project, office)
    assert not Outbox.objects.filter(key__endswith=f"-{colleague.pk}").exists()

    Outbox.objects.filter(channel="bell").update(payload={"recipient": 0, "kind": "stage_changed"})
    deliver_outbox()
    assert not Notice.objects.exists()
    assert not Outbox.objects.filter(delivered_at=None).exists()


def test_what_is_silenced_by_one_way_comes_by_the_other(project, office, investor, client):
    client.force_login(investor)
    client.post(f"{HERE}settings/", {"wanted": ["stage_changed:bell"]})

    move(project, office)

    assert [debt.channel for debt in Outbox.objects.all()] == ["bell"]


def test_security_cannot_be_silenced(client, investor):
    client.force_login(investor)
    client.post(f"{HERE}settings/", {})
    silent = set(Silence.objects.values_list("kind", flat=True))
    assert "stage_changed" in silent and "security" not in silent

    services.set_password(investor, "Tulpar-zhuldyz-77")

    assert {debt.channel for debt in Outbox.objects.all()} == {"bell", "mail"}
    client.force_login(investor)
    html = client.get(f"{HERE}settings/").content.decode()
    assert html.count(" disabled") == 2


def test_everybody_chooses_among_what_concerns_him(client, office, executor, investor, auditor):
    offered = {
        user.role: [kind.code for kind in notices.kinds_for(user)]
        for user in (office, executor, investor, auditor)
    }

    either = ["interim_accepted", "removed_from_control", "instruction_cancelled"]
    executes = ["instruction_given", "contribution_sent", "report_returned", "extension_decided"]
    checks = ["assignment_refused", "report_handed_in"]
    decides = ["extension_asked", "removal_proposed"]
    reminded, escalated = ["term_reminder"], ["term_reminder", "escalated"]
    answered = ["progress_returned", "progress_accepted"]
    waits = ["progress_submitted", "figure_disputed"]
    written = ["request_opened", "request_answered", "request_written", "request_promise", "request_ended"]
    published = ["publication_ready", "publication_sent_back"]
    enquired = ["enquiry_received", "erasure_asked", "enquiry_due", "enquiry_overdue"]
    assert offered == {
        "office": [
            *(
                "open_data_refused",
                "security",
                "invitation_accepted",
                "token_ends",
                "webhook_off",
                "ledger_tampered",
                *published,
                *enquired,
                *written,
                "request_due",
            ),
            *(*checks, *either, *escalated, *waits, "duty_late"),
        ],
        "executor": [
            *("security", "token_ends", "webhook_off", "stage_changed", "plot_held", *executes, *checks),
            *(*decides, *either, *escalated, *answered, "dispute_decided", "duty_reminder"),
        ],
        "investor": [
            *(
                "security",
                "token_ends",
                "webhook_off",
                "stage_changed",
                "plot_held",
                *written,
                "request_wanted",
                *executes,
                *checks,
            ),
            *(*either, *reminded, *answered, "duty_reminder"),
        ],
        "auditor": ["security", "token_ends", "ledger_proved", "ledger_tampered"],
    }
    client.force_login(auditor)
    client.post(f"{HERE}settings/", {"wanted": ["nothing:nowhere", "x", "stage_changed:bell"]})
    assert set(Silence.objects.values_list("kind", flat=True)) == {"ledger_proved", "token_ends"}


def test_an_invitation_that_is_accepted_is_told_to_who_sent_it(office):
    services.invite(by=office, email="a@example.kz", role="auditor")
    body = Outbox.objects.get().payload["body"]
    token = body.split("/invitation/")[1].split("/")[0]
    user = services.accept_invitation(token, username="a", password="Tulpar-zhuldyz-77", full_name="А. Б.")
    deliver_outbox()

    [told] = notices.tell(Notice.objects.all(), office)
    assert told.notice.recipient == office
    assert "А. Б." in told.text
    assert told.link == f"/admin/accounts/user/{user.pk}/change/"


def test_an_organisation_that_is_named_is_told_once(office, executor, akimat_preparer):
    instruction = InstructionFactory(visibility="internal", text_kk="Жол салынсын")
    named = [
        ExecutorFactory(instruction=instruction, organisation=executor.organisation, role="lead"),
        ExecutorFactory(instruction=instruction, organisation=None, group_kk="инвесторлар", role="co"),
    ]

    tasks.tell_named(named, by=office)
    tasks.tell_named(named, by=office)
    deliver_outbox()

    notice = Notice.objects.get()
    assert notice.recipient == executor
    assert "Жол салынсын" in notices.tell([notice], executor)[0].text


def test_a_notice_keeps_silent_of_what_its_reader_may_not_see_any_more(project, office, investor, client):
    move(project, office)
    deliver_outbox()
    client.force_login(investor)
    assert "Зауыт" in client.get(HERE).content.decode()

    project.parties.all().delete()

    html = client.get(HERE).content.decode()
    assert "Зауыт" not in html and project.public_id not in html
    assert "енді көре алмайсыз" in html


def test_registering_an_instruction_in_the_admin_tells_its_executors(client, office, executor):
    client.force_login(office)
    page = "/admin/tasks/instruction/add/"
    lead = {
        "executors-TOTAL_FORMS": "1",
        "executors-0-organisation": executor.organisation_id,
        "executors-0-role": "lead",
    }

    facts = {"issuer": OrganisationFactory().pk, "text_kk": "Жеделдету", **lead}
    answer = client.post(page, filled(client.get(page), **facts))

    assert answer.status_code == 302
    assert {debt.channel for debt in Outbox.objects.filter(key__contains="instruction-")} == {"bell", "mail"}


def test_many_notices_of_many_kinds_cost_no_more(
    client, project, office, investor, django_assert_max_num_queries
):
    move(project, office)
    deliver_outbox()
    NoticeFactory.create_batch(15, recipient=investor)
    client.force_login(investor)

    with django_assert_max_num_queries(8):
        client.get(HERE)
