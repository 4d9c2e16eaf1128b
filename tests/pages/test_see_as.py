"""What somebody may see: the page of the house and the command tell what the API shows him, and each look is kept."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts.models import User
from core.models import AccessLog, Change, Source
from tests.api.conftest import path_of, populate
from tests.factories import ApiClientFactory, ProjectFactory, SourceFactory, instruction_in
from tests.personas import EVERYBODY, reader

pytestmark = pytest.mark.django_db

HERE = "/en/review/see-as/"


def printed(who, *more):
    out = StringIO()
    call_command("see_as", who, *more, stdout=out)
    return out.getvalue()


def words_for(user):
    if not user.is_authenticated:
        return "anonymous"
    return user.username if hasattr(user, "username") else f"client:{user.pk}"


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_command_tells_what_the_api_shows(api, request, name):
    user = reader(name, request)
    populate()
    ProjectFactory()
    instruction_in("in_execution")

    told = json.loads(printed(words_for(user), "--json"))

    client = api(user if user.is_authenticated else None)
    for one in told["registers"]:
        page = client.get(path_of(one["register"]), {"limit": 200, "count": 1}).json()
        assert (one["register"], one["count"]) == (one["register"], page["count"])
        shown = {row["url"].rstrip("/").rpartition("/")[2] for row in page["results"] if "url" in row}
        assert not shown or shown == set(one["ids"])
    assert (told["role"], told["active"]) == (getattr(user, "role", None), True)


def test_a_token_of_a_person_sees_what_he_sees(executor, office):
    ProjectFactory()
    client = ApiClientFactory(owner=executor, role="office")

    told = json.loads(printed(f"client:{client.pk}", "--json"))

    assert (told["who"], told["role"], told["organisation"]) == (f"client:{client.pk}", "executor", "mic")
    assert next(one["count"] for one in told["registers"] if one["register"] == "projects") == 0


def test_the_command_prints_lines_that_a_person_reads(office):
    project = ProjectFactory()

    lines = printed(office.ledger_name).splitlines()

    assert lines[0] == f"{office.ledger_name} (office, no organisation)"
    assert any(line.split() == ["projects", "1", project.public_id] for line in lines)


@pytest.mark.parametrize(
    "who", ["nobody", "user:0", "client:999999", "user:x", "", "client:99999999999999999999"]
)
def test_who_is_not_there_is_said(db, who):
    with translation.override("en"), pytest.raises(CommandError, match="Nobody is called"):
        printed(who)


def test_the_page_counts_and_links(client, office, executor):
    public, hidden = ProjectFactory(visibility="public"), ProjectFactory()
    client.force_login(office)

    counts = client.get(HERE, {"who": executor.ledger_name})
    ids = client.get(HERE, {"who": executor.ledger_name, "register": "projects"}).content.decode()

    assert {seen.name: number for seen, number in counts.context["counts"]}["projects"] == 1
    assert f"/api/v1/projects/{public.public_id}/" in ids and hidden.public_id not in ids


def test_it_changes_nothing_and_each_look_is_kept(client, auditor, executor):
    client.force_login(auditor)
    changes = Change.objects.count()

    client.get(HERE)
    client.get(HERE, {"who": executor.ledger_name})
    client.get(HERE, {"who": "anonymous", "register": "projects"})
    printed("anonymous")

    kept = list(AccessLog.objects.order_by("pk").values_list("who", "model", "rows", "purpose"))
    assert kept == [
        (auditor.ledger_name, "accounts.user", [executor.pk], f"see_as {executor.ledger_name}"),
        (auditor.ledger_name, "", [], "see_as anonymous projects"),
        ("system:see_as", "", [], "see_as anonymous"),
    ]
    assert Change.objects.count() == changes


def test_a_long_register_is_read_page_by_page(client, office):
    Source.objects.bulk_create(SourceFactory.build_batch(103))
    client.force_login(office)
    query = {"who": office.ledger_name, "register": "sources"}

    first = client.get(HERE, query)
    second = client.get(HERE, query | {"cursor": first.context["page"].next})

    assert (len(first.context["ids"]), len(second.context["ids"])) == (100, 3)
    assert client.get(HERE, query | {"cursor": "x"}).status_code == 200


@pytest.mark.parametrize(
    "query", [{"who": "nobody"}, {"who": "anonymous", "register": "users"}, {"who": "\x00"}]
)
def test_what_is_not_there_is_a_404(client, office, query):
    client.force_login(office)

    assert client.get(HERE, query).status_code == 404
    assert not AccessLog.objects.exists()


def test_its_cost_does_not_grow_with_the_rows(client, office, django_assert_max_num_queries):
    client.force_login(office)
    populate(2)
    with django_assert_max_num_queries(40):
        client.get(HERE, {"who": "anonymous"})


def test_whose_term_is_over_is_not_offered_and_told_apart(client, office, executor):
    token = ApiClientFactory(owner=executor, role="executor", organisation=executor.organisation)
    User.objects.filter(pk=executor.pk).update(valid_until="2020-01-01")
    client.force_login(office)

    for who in (executor.ledger_name, f"client:{token.pk}"):
        page = client.get(HERE, {"who": who})
        assert "not active: cannot sign in" in page.content.decode()
        assert executor not in page.context["people"]
        assert json.loads(printed(who, "--json"))["active"] is False
    assert "not active" not in client.get(HERE, {"who": office.ledger_name}).content.decode()
