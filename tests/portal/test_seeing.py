"""The facts of the moment, their alarms, the page that shows them, and a runbook that knows each."""

import os
import re
import time
from dataclasses import replace
from datetime import timedelta

import pytest
import yaml
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone, translation

from alatau_portal.seeing import alarms, facts, runbook
from core.models import JobRun, Outbox
from tests.database import as_owner, backdated, owner
from tests.factories import FigureFactory, ProjectFactory, WebhookDeliveryFactory
from tests.portal.test_errors import failing

pytestmark = pytest.mark.django_db
LANGUAGES = ["kk", "ru", "en"]
CODES = [alarm.code for alarm in alarms.ALARMS] + list(alarms.OUTSIDE)
PARTS = {
    "en": ["What you see", "What it means", "What to do", "When it is over"],
    "ru": ["Что видно", "Что это значит", "Что делать", "Когда всё закончилось"],
    "kk": ["Не көрінеді", "Бұл не дегені", "Не істеу керек", "Қашан бітті деп санауға болады"],
}


@pytest.fixture(autouse=True)
def room(tmp_path, settings):
    """DATA_DIR of the test's own: backups of others are none of it."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def ringing():
    return {alarm.code for alarm in alarms.ringing(facts.gather())}


def owed(**more):
    return Outbox.objects.create(
        key=f"letter-{Outbox.objects.count()}", channel="mail", payload={"to": "a@b.kz"}, **more
    )


def test_the_facts_of_the_database_are_one_query(django_assert_max_num_queries):
    with django_assert_max_num_queries(7):  # with what /health/ready asks, and the jobs that are late
        now = facts.gather()

    assert now.told["outbox_waiting"] == 0 and now["seals"] == 0
    assert now["database_size"] > 0 and now["connections"] >= 1


def test_each_alarm_rings_for_what_it_is_about_and_ends():
    """One message of each kind, one after the other: only its own alarm comes and goes."""
    long_ago, days_ago = timezone.now() - timedelta(minutes=11), timezone.now() - timedelta(days=4)
    before = ringing()
    for facts_of_it, code in (
        ({"next_try_at": long_ago}, "outbox_late"),
        ({"tries": 5, "next_try_at": timezone.now() + timedelta(hours=1)}, "outbox_failing"),
        ({"given_up_at": days_ago, "last_error": "refused"}, "outbox_dead"),
    ):
        letter = owed(**facts_of_it)
        assert ringing() - before == {code}
        letter.delete()
        assert ringing() == before


def test_a_letter_that_was_stopped_on_purpose_is_no_alarm():
    owed(given_up_at=timezone.now(), last_error="")

    assert "outbox_dead" not in ringing()


def test_a_fault_of_the_last_proof_rings_until_a_proof_finds_none():
    JobRun.objects.create(
        job="verify_ledger", slot="1", finished_at=timezone.now(), result={"faults": [[1, 2, "altered"]]}
    )
    assert "ledger_broken" in ringing()

    JobRun.objects.create(job="verify_ledger", slot="2", finished_at=timezone.now(), result={"faults": []})
    assert "ledger_broken" not in ringing()


def test_what_is_not_sealed_rings_after_a_while():
    ProjectFactory()
    assert facts.gather()["unsealed"] > 0 and "ledger_unsealed" not in ringing()

    as_owner("SET CONSTRAINTS ALL IMMEDIATE")
    as_owner("ALTER TABLE core_change DISABLE TRIGGER USER")
    as_owner("UPDATE core_change SET at = at - interval '11 minutes'")

    assert "ledger_unsealed" in ringing()


def test_old_data_are_told_by_register():
    figure = FigureFactory(as_of_day=timezone.localdate() - timedelta(days=200))

    now = facts.gather()

    assert now.days_old["figures"] == 200 and "data_stale" in ringing()
    backdated("districts_figure", figure.pk, as_of_day=timezone.localdate())
    assert facts.gather().days_old["figures"] == 0


def test_a_backup_counts_when_it_is_whole_and_of_the_last_day(room):
    assert "backup_old" in ringing()
    folder = room / "backups" / "20261129T100000Z"
    folder.mkdir(parents=True)
    assert facts.newest_backup() is None  # it is being written

    (folder / "manifest.json").write_text("{}")
    assert facts.newest_backup().name == folder.name and "backup_old" not in ringing()

    (room / "backups" / "newest").write_text("/mnt/backups/20261129T120000Z\n")
    assert facts.newest_backup().name == "/mnt/backups/20261129T120000Z"
    (room / "backups" / "newest").unlink()
    two_days_ago = timezone.now().timestamp() - 2 * 86400
    os.utime(folder / "manifest.json", (two_days_ago, two_days_ago))
    assert "backup_old" in ringing()


def test_parts_that_are_missed_at_once_and_those_that_are_not():
    now = facts.gather()

    def rings_for(part):
        parts = dict.fromkeys(now.parts, "ok") | {part: "broken"}
        codes = {alarm.code for alarm in alarms.ringing(replace(now, parts=parts))}
        return codes & {"not_ready", "part_silent"}

    assert {part: rings_for(part) for part in now.parts if part != "database"} == {
        **{key: {"not_ready"} for key in ("migrations", "data", "open_data", "changes", "files")},
        **{key: {"part_silent"} for key in ("broker", "cache")},
        **{key: set() for key in ("jobs", "mail")},  # they have alarms of their own
    }


def test_webhooks_that_are_not_to_be_called_are_not_late(client):
    long_ago = timezone.now() - timedelta(minutes=30)
    delivery = WebhookDeliveryFactory(next_try_at=long_ago)
    endpoint = delivery.endpoint
    assert "webhooks_late" in ringing() and facts.gather().parts["jobs"] != "ok"

    type(endpoint).objects.update(quiet_until=timezone.now() + timedelta(minutes=5))
    assert "webhooks_late" not in ringing() and facts.gather().parts["jobs"] == "ok"
    type(endpoint).objects.update(quiet_until=timezone.now() - timedelta(minutes=3))
    assert "webhooks_late" not in ringing() and facts.gather().parts["jobs"] == "ok"
    type(endpoint).objects.update(quiet_until=timezone.now() - timedelta(minutes=12))
    assert "webhooks_late" in ringing() and facts.gather().parts["jobs"] != "ok"
    type(endpoint).objects.update(state="paused")
    assert "webhooks_late" not in ringing() and facts.gather().parts["jobs"] == "ok"


@pytest.mark.django_db(transaction=True)
def test_the_owners_own_transaction_is_seen_too():
    with owner(connection.settings_dict["NAME"]) as server:
        server.execute("BEGIN")
        server.execute("SELECT pg_current_xact_id()")
        time.sleep(0.3)

        assert facts.gather()["longest_write"] >= 0.3

        server.execute("ROLLBACK")
    assert facts.gather()["longest_write"] == 0


def test_a_full_disk_rings(monkeypatch):
    assert "disk_low" not in ringing()
    size = 100 * alarms.GIGABYTE
    monkeypatch.setattr(facts.shutil, "disk_usage", lambda _path: Disk(size))

    assert "disk_low" in ringing()


class Disk:
    def __init__(self, total):
        self.total, self.free = total, total // 21


def test_without_the_database_only_what_is_known_is_told():
    with failing(OperationalError("gone")):
        now = facts.gather()

    assert now.told == {} and {alarm.code for alarm in alarms.ringing(now)} == {"database_down", "backup_old"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_alarm_has_an_entry_and_every_entry_an_alarm(language):
    entries = runbook.entries(language)

    assert sorted(entry.code for entry in entries) == sorted(CODES)
    assert all([word for word, _text in entry.parts] == PARTS[language] for entry in entries)
    assert all(text.strip() for entry in entries for _word, text in entry.parts)


def test_an_alarm_is_called_in_the_runbook_as_on_the_page():
    titles = {entry.code: entry.title for entry in runbook.entries("en")}

    with translation.override("en"):
        assert {alarm.code: str(alarm.title) for alarm in alarms.ALARMS}.items() <= titles.items()


def test_the_rules_for_a_collector_have_the_same_codes(client):
    document = yaml.safe_load((settings.BASE_DIR / "docs" / "alerts.yml").read_text())
    rules = [rule for group in document["groups"] for rule in group["rules"]]
    told = client.get("/metrics").content.decode()
    known = set(re.findall(r"^# TYPE (\S+)", told, re.MULTILINE))

    assert sorted(rule["alert"] for rule in rules) == sorted(CODES)
    urgency = {alarm.code: alarm.urgency for alarm in alarms.ALARMS}
    for rule in rules:
        code = rule["alert"]
        assert rule["annotations"] == {"runbook": f"docs/runbook.md#{code}"}
        assert rule["labels"]["urgency"] == urgency.get(code, rule["labels"]["urgency"])
        asked = set(re.findall(r"portal_\w+(?=[{[])|portal_\w+_bucket", rule["expr"]))
        assert {name.removesuffix("_bucket") for name in asked} <= known, code
        if code in urgency:
            assert rule["expr"] == f'portal_alarm{{code="{code}"}} == 1'


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_what_rings_and_leads_to_what_to_do(client, office, language):
    owed(next_try_at=timezone.now() - timedelta(hours=1))
    client.force_login(office)

    page = client.get(f"/{language}/ops/").content.decode()
    book = client.get(f"/{language}/ops/runbook/").content.decode()

    assert f'href="/{language}/ops/runbook/#outbox_late"' in page
    assert re.search(r'href="/admin/core/outbox/\?waits=owed"', page)
    links = set(re.findall(rf'href="/{language}/ops/runbook/#(\w+)"', page))
    assert links == ringing() and all(f'id="{code}"' in book for code in CODES)


def test_the_page_leads_there_from_the_menu(client, auditor, executor):
    client.force_login(auditor)
    assert 'href="/kk/ops/"' in client.get("/kk/").content.decode()

    client.force_login(executor)
    assert 'href="/kk/ops/"' not in client.get("/kk/").content.decode()
