"""History is read from the ledger, in words."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.admin import VERBS
from core.ledger import acting
from districts.services import change_stage
from tests.admin.forms import filled
from tests.admin.rows import address
from tests.factories import OrganisationFactory, ProjectFactory, ProjectPartyFactory, UserFactory

pytestmark = pytest.mark.django_db


def lines(response):
    return [(entry.who, entry.verb, entry.note, entry.lines) for entry in response.context["entries"]]


def test_who_what_why_and_from_what_to_what(browse, office):
    project = ProjectFactory()
    change_stage(project, "preparation", by=office, basis="decree 1")

    newest = lines(browse(office).get(address("districts.Project", "history", project.pk)))[0]

    assert newest[:3] == (str(office), "changed the stage", "decree 1")
    assert newest[3] == [("status", "identification", "preparation")]


def test_the_parts_belong_to_the_history(browse, office):
    organisation = OrganisationFactory(name_en="Mars")
    project = ProjectFactory()
    with acting(office, "amend", "they came"):
        party = ProjectPartyFactory(project=project, organisation=organisation)
    party.delete()

    response = browse(office).get(address("districts.Project", "history", project.pk))
    entries = [entry for entry in response.context["entries"] if entry.what == "party of a project"]

    assert [entry.op for entry in entries] == ["D", "I"]
    assert ("organisation", "—", "Mars") in entries[1].lines
    assert ("organisation", "Mars", "—") in entries[0].lines


def test_of_a_save_each_row_says_what_was_done_to_it(browse, office):
    party, client = ProjectPartyFactory(), browse(office)
    page = address("districts.Project", "change", party.project_id)
    typed = filled(client.get(page), code="renamed", **{"parties-0-DELETE": "on"}, why="they left")

    client.post(page, typed)
    response = client.get(address("districts.Project", "history", party.project_id))

    newest = {(entry.verb, entry.what, entry.note) for entry in response.context["entries"][:2]}
    assert newest == {("removed", "party of a project", "they left"), ("amended", "project", "they left")}


def test_what_left_for_another_stays_in_the_history(browse, office):
    party, other = ProjectPartyFactory(), ProjectFactory()
    first = party.project
    party.project = other
    party.save()

    response = browse(office).get(address("districts.Project", "history", first.pk))

    assert [entry.op for entry in response.context["entries"] if entry.what == "party of a project"] == [
        "U",
        "I",
    ]


def test_the_ledger_is_asked_by_index(browse, office):
    project = ProjectPartyFactory().project
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as queries:
        browse(office).get(address("districts.Project", "history", project.pk))
        cursor.execute("SET LOCAL enable_seqscan = off")
        plans = []
        for query in queries.captured_queries:
            if "core_change" in query["sql"] and query["sql"].startswith(("SELECT", "(SELECT")):
                cursor.execute("EXPLAIN " + query["sql"])
                plans.append("\n".join(line for (line,) in cursor.fetchall()))

    assert plans
    assert not [plan for plan in plans if "Seq Scan on core_change" in plan], plans


def test_every_verb_has_words():
    import ast
    from pathlib import Path

    used = set()
    for app in ("core", "accounts", "districts", "investors", "tasks"):
        for file in Path(app).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "acting":
                    used |= {arg.value for arg in node.args[1:2] if isinstance(arg, ast.Constant)}

    assert used - VERBS.keys() == set()


def test_personal_values_are_not_in_it(browse, office):
    person = UserFactory(full_name="Secret Name")
    person.full_name = "Another Name"
    person.save()

    response = browse(office).get(address("accounts.User", "history", person.pk))

    assert ("full name", "«…»", "«…»") in response.context["entries"][0].lines
    assert "Secret Name" not in response.content.decode()


def test_it_is_paged_newest_first(browse, office):
    project = ProjectFactory()
    for number in range(60):
        project.code = f"code-{number}"
        project.save()
    client, page = browse(office), address("districts.Project", "history", project.pk)

    first, second = client.get(page), client.get(page, {"p": 2})

    assert first.context["entries"][0].lines == [("code", "code-58", "code-59")]
    assert len(first.context["entries"]) == 50
    assert second.context["entries"][-1].op == "I"


def test_the_cost_does_not_grow_with_the_changes(browse, office, django_assert_max_num_queries):
    project, client = ProjectFactory(), browse(office)
    for _number in range(12):
        ProjectPartyFactory(project=project)

    with django_assert_max_num_queries(12):
        client.get(address("districts.Project", "history", project.pk))


def test_djangos_own_log_is_not_written(browse, office):
    project, client = ProjectFactory(), browse(office)
    page = address("districts.Project", "change", project.pk)

    client.post(page, filled(client.get(page), code="renamed"))

    assert not LogEntry.objects.exists()
