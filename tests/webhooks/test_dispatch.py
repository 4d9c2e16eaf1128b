"""From the ledger to webhooks: transitions, told once, to those who may see them, late commits too.

What is visible is what was committed: each of these tests commits, so each tells a whole story.
"""

import json
import time
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import WebhookBookmark, WebhookDelivery, WebhookEndpoint
from alatau_portal import webhooks
from districts.models import Project
from tasks.models import Instruction
from tests.factories import (
    ApiClientFactory,
    ExecutorFactory,
    InstructionFactory,
    OrganisationFactory,
    ProjectFactory,
    SourceFactory,
    UserFactory,
    WebhookEndpointFactory,
    move_project,
)
from tests.two import second_connection

pytestmark = pytest.mark.django_db(transaction=True)

PROJECTS = {"resource": "projects"}
STATUS = {"resource": "projects", "field": "status"}
FROM, TO = "identification", "preparation"
#: A watch, and whether it waits for a project that goes from the one stage to the other.
WATCHES = [
    (PROJECTS, True),
    (STATUS, True),
    ({**STATUS, "from": FROM}, True),
    ({**STATUS, "from": FROM, "to": TO}, True),
    ({**STATUS, "to": TO}, True),
    ({**STATUS, "to": "completion"}, False),
    ({**STATUS, "from": TO}, False),
    ({"resource": "projects", "field": "name"}, False),
    ({"resource": "instructions"}, False),
    ({"resource": "projects", "field": "suspended_since", "from": None}, False),
]


def public(**facts):
    return ProjectFactory(visibility="public", **facts)


def change(project, **facts):
    Project.objects.filter(pk=project.pk).update(**facts)


def watching(owner, *watches, **facts):
    return WebhookEndpointFactory(user=owner, watches=list(watches), **facts)


def owed():
    """What this look wrote, as (webhook, message), in order."""
    last = WebhookDelivery.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    webhooks.dispatch()
    written = WebhookDelivery.objects.filter(pk__gt=last).select_related("endpoint").order_by("pk")
    return [(delivery.endpoint, json.loads(delivery.payload)) for delivery in written]


def objects(written):
    return [message["data"]["id"] for _endpoint, message in written]


def test_what_is_told_and_when_to_whom_everything_is_open(api):
    boss, project, other = UserFactory(), public(), public()
    hooks = [(watching(boss, watch), fires) for watch, fires in WATCHES]
    all_of_them = watching(boss, PROJECTS, STATUS, {**STATUS, "to": TO})
    plainly = hooks[0][0]
    assert owed() == []

    move_project(project, TO)
    written = owed()
    fired = [endpoint.pk for endpoint, _message in written]
    assert sorted(fired) == sorted([hook.pk for hook, fires in hooks if fires] + [all_of_them.pk])
    message = dict(written)[plainly]
    assert message["type"] == "project.changed"
    assert message["timestamp"].endswith("+05:00")
    assert message["data"] == {
        "resource": "projects",
        "id": project.public_id,
        "url": f"http://127.0.0.1:8000/api/v1/projects/{project.public_id}/",
        "changed": ["status"],
        "before": {"status": FROM},
        "after": {"status": TO},
    }

    # An edit that leaves the stage alone fires no watch of it, and what is written anew as it was fires nothing.
    change(project, name_ru="Другое имя")
    change(project, name_ru="Другое имя", status=TO)
    written = owed()
    named = {PROJECTS["resource"]: plainly.pk, "name": hooks[7][0].pk}
    assert {endpoint.pk for endpoint, _message in written} == {*named.values(), all_of_them.pk}
    assert len(written) == 3
    told = written[0][1]["data"]
    assert (told["before"]["name"]["ru"], told["after"]["name"]["ru"]) == (project.name.ru, "Другое имя")
    assert told["after"]["name"]["kk"] == project.name.kk

    # One transaction is one event, from its beginning to its end.
    with transaction.atomic():
        change(project, note_ru="первое")
        change(project, note_ru="второе")
        change(other, note_ru="туда")
        change(other, note_ru="")
    written = owed()
    assert objects(written) == [project.public_id] * 2
    assert written[0][1]["data"]["after"]["note"]["ru"] == "второе"

    # Of a link only that it changed; of what the API does not show, nothing.
    change(project, source=SourceFactory())
    told = owed()[0][1]["data"]
    assert (told["changed"], told["before"], told["after"]) == (["source"], {}, {})
    change(other, published_at=timezone.now() - timedelta(days=1))
    assert owed() == []

    # What is new is told whole, as the API answers it.
    born = public(sectors=["transport"])
    message = owed()[0][1]
    answer = api(boss).get(f"/api/v1/projects/{born.public_id}/").json()
    after = message["data"]["after"]
    assert (message["type"], message["data"]["before"]) == ("project.appeared", None)
    assert after == {name: answer[name] for name in after}
    assert {"name", "status", "sectors", "suspended_since", "demo"} <= set(after)

    # Who is off is told nothing, and it is not collected for him.
    off = type(plainly).objects.exclude(pk=all_of_them.pk)
    for state in ("paused", "gone", "failing"):
        off.update(state=state)
        change(project, note_ru=state)
        assert [endpoint for endpoint, _message in owed()] == [all_of_them]
    off.update(state="active")
    assert owed() == []


def test_late_commits_are_told_nothing_is_told_twice_and_all_or_nothing_is_written(monkeypatch):
    late, early = public(), public()
    watching(UserFactory(), PROJECTS)
    assert owed() == []  # nothing of before the first look
    update = "UPDATE districts_project SET note_ru = 'поздно' WHERE id = %s"

    with second_connection() as other, other.cursor() as cursor:
        cursor.execute(update, [late.pk])
        change(early, note_ru="рано")
        assert objects(owed()) == [early.public_id]
        assert owed() == []
    assert objects(owed()) == [late.public_id]
    assert owed() == []

    change(early, note_ru="снова")
    before = WebhookBookmark.objects.get().mark
    with monkeypatch.context() as patched:
        patched.setattr(webhooks.WebhookDelivery.objects, "bulk_create", lambda *args, **how: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            webhooks.dispatch()
    assert WebhookBookmark.objects.get().mark == before
    assert objects(owed()) == [early.public_id]

    change(early, note_ru="вчетвером")
    gate, found = Barrier(4), []

    def look():
        gate.wait()
        found.append(webhooks.dispatch())
        connection.close()

    threads = [Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(found) == 1
    assert WebhookDelivery.objects.count() == 4


def test_an_outsider_is_told_what_he_may_see_from_when_he_may(hook, told):
    company = OrganisationFactory(code="caspian_group")
    outsider = UserFactory(role="investor", organisation=company)
    inner, shown = ProjectFactory(), public()
    watching(outsider, PROJECTS)
    watching(outsider, {**STATUS, "from": FROM})
    watching(outsider, {**STATUS, "to": TO})
    assert owed() == []

    for project in (inner, shown):
        change(project, note_ru="правка")
    assert objects(owed()) == [shown.public_id]

    # What was inner when it was written is not told, although it is public at the next look.
    change(inner, name_ru="Тайное имя")
    move_project(Project.objects.get(pk=inner.pk), TO)
    change(inner, visibility="public", name_ru="Имя")
    written = owed()
    kinds = [(message["type"], message["data"]["before"]) for _endpoint, message in written]
    assert kinds == [("project.appeared", None)] * 2  # not to who asked for what it was before
    assert written[0][1]["data"]["after"]["name"]["ru"] == "Имя"
    assert "Тайное" not in str(written)
    change(inner, name_ru="Имя для всех")
    assert [message["data"]["before"]["name"]["ru"] for _endpoint, message in owed()] == ["Имя"]

    # Sent by the job, and verified by the reference library.
    WebhookEndpoint.objects.all().delete()
    hook(outsider, {"resource": "projects", "field": "note"})
    change(inner, note_ru="для всех")
    assert [message["data"]["changed"] for message in told()] == [["note"]]

    # What is taken down before it was sent is not sent, and nothing is left of it.
    change(shown, note_ru="и это")
    webhooks.dispatch()
    change(shown, visibility="internal")
    Project.objects.filter(pk=inner.pk).update(visibility="internal")
    assert told() == []
    assert [delivery.state for delivery in WebhookDelivery.objects.all()] == ["delivered"]


def test_an_embargoed_object_appears_when_its_hour_has_come():
    outsider = UserFactory(role="investor", organisation=OrganisationFactory())
    boss = UserFactory()
    his, hers = watching(outsider, PROJECTS), watching(boss, PROJECTS)
    assert owed() == []
    project = public(published_at=timezone.now() + timedelta(seconds=1))
    assert [endpoint for endpoint, _message in owed()] == [hers]
    change(project, note_ru="до срока")
    assert [endpoint for endpoint, _message in owed()] == [hers]

    time.sleep(max(0.0, (project.published_at - timezone.now()).total_seconds() + 0.05))

    ((endpoint, message),) = owed()
    assert (endpoint, message["type"], message["data"]["before"]) == (his, "project.appeared", None)
    assert owed() == []


def test_executors_and_programs_are_told_by_their_own_rights():
    company = OrganisationFactory(code="caspian_group")
    executor = UserFactory(role="executor", organisation=company)
    client = ApiClientFactory(role="executor", organisation=company)
    mine, _alien = InstructionFactory(), InstructionFactory()
    ExecutorFactory(instruction=mine, organisation=company)
    due = {"resource": "instructions", "field": "term_note"}
    endpoints = [watching(executor, due), WebhookEndpointFactory(user=None, client=client, watches=[due])]
    assert owed() == []

    Instruction.objects.update(term_note_ru="по мере готовности")
    written = owed()
    assert [endpoint for endpoint, _message in written] == endpoints
    assert objects(written) == [mine.public_id] * 2

    for facts in ({"is_active": False}, {"is_active": True, "expires_at": timezone.now()}):
        type(client).objects.filter(pk=client.pk).update(**facts)
        Instruction.objects.update(term_note_ru=str(facts))
        assert [endpoint for endpoint, _message in owed()] == endpoints[:1]
    type(executor).objects.update(is_active=False)
    Instruction.objects.update(term_note_ru="")
    assert owed() == []
