"""Seals of the ledger: a forged, deleted, reordered or added row and a tail cut off are each found and named."""

from contextlib import contextmanager

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from core import seals
from core.jobs import prove_ledger, seal_ledger
from core.models import Change, JobRun, Notice, Outbox, Seal, Source
from core.outbox import deliver_one
from tests.database import as_owner
from tests.factories import SourceFactory
from tests.refusals import refused, refuses, sql
from tests.two import second_connection

pytestmark = pytest.mark.django_db(transaction=True)
COPY = "xid, at, relation, row_key, op, old, new, actor, verb, note"


@pytest.fixture
def sealed():
    """Five blocks of four changes each, and what is needed to name them: keys in order, the head."""
    source = SourceFactory()
    for number in range(19):
        Source.objects.filter(pk=source.pk).update(publisher=str(number))
    seals.seal(size=4)
    return list(Change.objects.order_by("id").values_list("id", flat=True)), seals.newest().head


@contextmanager
def master_of_the_database():
    """Somebody who switches the triggers off, changes what he likes and switches them on again."""
    tables = ("core_change", "core_seal")
    with transaction.atomic():
        for table in tables:
            as_owner(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        yield
        transaction.set_rollback(True)


FORGERIES = {
    "a word": ("UPDATE core_change SET note = 'x' WHERE id = {a}", [(1, "a", "altered")]),
    "an instant": ("UPDATE core_change SET at = at + interval '1 us' WHERE id = {a}", [(1, "a", "altered")]),
    "a row less": ("DELETE FROM core_change WHERE id = {b}", [(3, "b", "deleted")]),
    "a row more": (
        f"INSERT INTO core_change (id, {COPY}) OVERRIDING SYSTEM VALUE SELECT 9000000, {COPY} FROM core_change"
        " WHERE id = {a}",
        [(None, 9000000, "added")],
    ),
    "two rows change places": (
        "UPDATE core_change c SET old = o.old, new = o.new, xid = o.xid, at = o.at FROM core_change o"
        " WHERE c.id + o.id = {a} + {b} AND c.id IN ({a}, {b})",
        [(1, "a", "altered"), (3, "b", "altered")],
    ),
    "the tail": ("DELETE FROM core_change WHERE id = {last}", [(5, "last", "deleted")]),
    "a seal less": ("DELETE FROM core_seal WHERE no = 2", [(3, None, "missing_seal")]),
    "a seal that holds less": (
        "UPDATE core_seal SET ids = ids[1:1] WHERE no = 5",
        [(5, None, "altered_seal")],
    ),
    "another hash": (
        "UPDATE core_seal SET hash = previous WHERE no = 4",
        [(4, None, "altered_seal"), (5, None, "broken_chain")],
    ),
    "the tail with its seal": (
        "DELETE FROM core_seal WHERE no = 5; DELETE FROM core_change WHERE id > {before}",
        [(5, None, "gone")],
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_every_forgery_is_named(sealed, forgery):
    keys, head = sealed
    named = {"a": keys[3], "b": keys[11], "last": keys[-1], "before": keys[15]}
    command, found = FORGERIES[forgery]
    expected = {(number, named.get(key, key), what) for number, key, what in found}
    assert len(keys) == 20
    assert seals.verify(head) == []

    with master_of_the_database():
        as_owner(command.format(**named))
        for zone, style in [("UTC", "ISO"), ("Asia/Almaty", "German"), ("America/Caracas", "SQL, DMY")]:
            sql(f"SET LOCAL timezone = '{zone}'; SET LOCAL datestyle = '{style}'")
            assert expected <= set(seals.verify(head))
    assert seals.verify(head) == []


def test_what_commits_late_is_sealed_later():
    early, late = SourceFactory(), SourceFactory()
    with second_connection() as other:
        other.execute("UPDATE core_source SET publisher = 'late' WHERE id = %s", [late.pk])
        Source.objects.filter(pk=early.pk).update(publisher="early")
        seals.seal()
        assert seals.verify() == []
    assert seals.verify() == []
    seals.seal()
    sealed = [key for seal in Seal.objects.order_by("no") for key in seal.ids]
    assert sorted(sealed) == sorted(Change.objects.values_list("id", flat=True))


def test_nothing_new_makes_no_seal(sealed):
    assert seals.seal() == 0
    assert seals.newest().head == sealed[1]


@refuses("core_seal_append_only")
@pytest.mark.parametrize("command", ["UPDATE core_seal SET hash = ''", "DELETE FROM core_seal"])
def test_a_seal_stays(sealed, command):
    with refused("core_seal_append_only"):
        as_owner(command)


def test_the_command_proves_and_names(sealed, capsys):
    call_command("verify_ledger", head=sealed[1])
    assert f"ledger proved: 20 changes, 5 seals, head {sealed[1]}" in capsys.readouterr().out

    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_ledger", head="4:00")
    assert "seal 4: the seal that was once printed is gone" in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_ledger", head="nonsense")


def test_the_job_tells_the_auditor_once_a_day(auditor, office, sealed):
    seal_ledger()
    prove_ledger()
    prove_ledger()

    run = JobRun.objects.get(job="verify_ledger")
    assert run.result == {"head": seals.newest().head, "faults": []}
    while deliver_one():
        pass
    assert not Outbox.objects.filter(delivered_at=None).exists()
    assert [row.recipient for row in Notice.objects.filter(kind="ledger_proved")] == [auditor]
    letters = [letter for letter in mail.outbox if letter.to == [auditor.email]]
    assert len(letters) == 1
    assert run.result["head"] in letters[0].body
    assert not Notice.objects.filter(recipient=office).exists()


def test_a_forgery_alarms_the_house(auditor, office, leadership, sealed):
    keys, _head = sealed
    with transaction.atomic():
        as_owner("ALTER TABLE core_change DISABLE TRIGGER append_only")
        as_owner("UPDATE core_change SET note = 'x' WHERE id = %s", keys[3])
        as_owner("ALTER TABLE core_change ENABLE ALWAYS TRIGGER append_only")
    prove_ledger()

    while deliver_one():
        pass
    told = Notice.objects.filter(kind="ledger_tampered")
    assert {row.recipient for row in told} == {auditor, office, leadership}
    assert all(f"{keys[3]}" in letter.body for letter in mail.outbox)


def test_the_daily_proof_misses_a_tail_that_was_cut_off_since_the_last_one(sealed):
    keys, head = sealed
    prove_ledger()
    JobRun.objects.filter(job="verify_ledger").update(slot="2026-01-01")
    with transaction.atomic():
        for table in ("core_change", "core_seal"):
            as_owner(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        as_owner(f"DELETE FROM core_seal WHERE no = 5; DELETE FROM core_change WHERE id > {keys[15]}")
        for table in ("core_change", "core_seal"):
            as_owner(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only")

    for day in ("2026-01-02", "2026-01-03"):  # and goes on missing it until somebody has looked
        prove_ledger()
        run = JobRun.objects.get(job="verify_ledger", slot=timezone.localdate().isoformat())
        assert run.result["faults"] == [[5, None, "gone"]] and run.result["head"] != head
        JobRun.objects.filter(pk=run.pk).update(slot=day)


def test_an_empty_head_is_no_head(sealed):
    with pytest.raises(CommandError, match="--head is empty"):
        call_command("verify_ledger", head=" ")
