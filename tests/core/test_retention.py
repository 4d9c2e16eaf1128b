"""What is over is cleared every night, once, and the rest is left alone."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Invitation
from core import retention
from core.jobs import clear_sessions, keep_terms
from core.models import AccessLog, Change, JobRun, Outbox
from tests.database import backdated
from tests.factories import AccessLogFactory, InvitationFactory, JobRunFactory, OutboxFactory

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.now() - timedelta(days=days)


def test_letters_that_were_sent_forget_to_whom():
    old = OutboxFactory(delivered_at=ago(31), payload={"to": "a@example.org", "subject": "s"})
    given_up = OutboxFactory(
        given_up_at=ago(31), last_error="refused: {'b@example.org'}", payload={"to": "b@example.org"}
    )
    young, owed = OutboxFactory(delivered_at=ago(29)), OutboxFactory(created_at=ago(60))

    keep_terms()

    assert [Outbox.objects.get(pk=one.pk).payload for one in (old, given_up)] == [{}, {}]
    assert Outbox.objects.get(pk=given_up.pk).last_error == ""
    assert all(Outbox.objects.get(pk=one.pk).payload for one in (young, owed))
    assert JobRun.objects.get(job="retention").result["letters"] == 2


def test_looks_are_removed_after_their_year():
    old, young = AccessLogFactory(), AccessLogFactory()
    backdated("core_accesslog", old.pk, at=ago(367))

    keep_terms()

    assert [look.pk for look in AccessLog.objects.all()] == [young.pk]


def test_an_invitation_forgets_whom_it_was_for_when_it_is_over():
    lapsed = InvitationFactory(email="gone@example.org", full_name="Gone Person", expires_at=ago(31))
    open_still = InvitationFactory(email="here@example.org", expires_at=ago(-3))

    keep_terms()

    lapsed.refresh_from_db()
    assert (lapsed.email, lapsed.full_name, str(lapsed)) == ("", "", f"№ {lapsed.pk}")
    assert Invitation.objects.get(pk=open_still.pk).email == "here@example.org"
    told = Change.objects.of(lapsed).last()
    assert (told.actor, told.verb, told.old["email"]) == ("system:retention", "erase", "…")


def test_a_night_is_kept_once_however_often_the_job_runs():
    OutboxFactory(delivered_at=ago(31), payload={"to": "a@example.org"})

    keep_terms()
    OutboxFactory(delivered_at=ago(31), payload={"to": "b@example.org"})
    keep_terms()

    assert JobRun.objects.get(job="retention").result["letters"] == 1


def test_a_rule_that_fails_holds_up_no_other(monkeypatch):
    def fails(rows):
        raise RuntimeError("no")

    broken = retention.Rule("accesses", "x", "x", "x", lambda now: AccessLog.objects.all(), fails)
    monkeypatch.setitem(retention.RULES, "accesses", broken)
    OutboxFactory(delivered_at=ago(31), payload={"to": "a@example.org"})

    keep_terms()

    result = JobRun.objects.get(job="retention").result
    assert (result["accesses"], result["letters"]) == ("failed", 1)


def test_the_command_counts_and_clears_nothing():
    letter = OutboxFactory(delivered_at=ago(31), payload={"to": "a@example.org"})
    said = StringIO()

    call_command("retention", "--dry-run", stdout=said)
    assert "letters: 1 over" in said.getvalue()
    letter.refresh_from_db()
    assert letter.payload

    call_command("retention", stdout=said)
    assert "letters: 1 cleared" in said.getvalue()
    letter.refresh_from_db()
    assert letter.payload == {}


def test_the_record_of_nights_outlives_other_records():
    JobRunFactory(job="retention", slot="2025-01-01", started_at=ago(100))
    JobRunFactory(job="other", started_at=ago(100))

    clear_sessions()

    assert {run.job for run in JobRun.objects.all()} == {"retention", "clear_sessions"}
