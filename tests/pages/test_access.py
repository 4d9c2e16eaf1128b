"""The page that says who has access, and by what."""

import csv
import io
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone
from openpyxl import load_workbook
from psycopg.types.range import DateRange

from accounts.models import Invitation, User
from core.models import AccessLog
from tests.accounts.test_tokens import owned
from tests.factories import ApiClientFactory, InvitationFactory, SubstitutionFactory, UserFactory

pytestmark = pytest.mark.django_db

HERE = "/en/accounts/access/"


@pytest.fixture
def house(office, executor, investor, auditor, akimat):
    """Somebody of each kind."""
    today = timezone.localdate()
    User.objects.filter(pk=executor.pk).update(last_seen_on=today - timedelta(days=91))
    User.objects.filter(pk=office.pk).update(last_seen_on=today, second_factors=1)
    owned(executor, name="BI of the ministry", scopes=["read", "reports"])
    ApiClientFactory(
        name="an old token",
        owner=investor,
        role="investor",
        organisation=investor.organisation,
        is_active=False,
    )
    ApiClientFactory(name="registry", role="executor", organisation=akimat)
    InvitationFactory(email="new@example.kz", full_name="Somebody New")
    InvitationFactory(email="late@example.kz", expires_at=timezone.now() - timedelta(days=1))
    UserFactory(username="left-us", is_active=False)
    UserFactory(username="term-over", valid_until=today - timedelta(days=1))
    UserFactory(username="term-runs", valid_until=today + timedelta(days=5))
    days = DateRange(today - timedelta(days=1), today + timedelta(days=3))
    SubstitutionFactory(person=office, substitute=auditor, during=days)
    return office


def names(client, query=""):
    answer = client.get(HERE + query)
    assert answer.status_code == 200
    return {person.username for person in answer.context["people"]}


@pytest.mark.parametrize("reader", ["office", "leadership", "auditor"])
def test_the_house_sees_every_way_in(client, house, reader, request):
    client.force_login(request.getfixturevalue(reader))

    page = client.get(HERE).content.decode()

    for word in (
        "BI of the ministry",
        "read, reports",
        "registry",
        "new@example.kz",
        "acts for",
        "term-runs",
    ):
        assert word in page
    for word in ("late@example.kz", "left-us", "term-over", "an old token"):
        assert word not in page
    assert AccessLog.objects.filter(purpose="access", action="list").exists()


def test_filters(client, house, office):
    client.force_login(office)

    assert names(client) == {"office", "executor", "investor", "auditor", "term-runs"}
    assert names(client, "?show=signs") == {"executor"}
    assert "office" in names(client, "?show=no_factor")  # the database counts, nobody writes it
    assert names(client, "?show=unseen") == {"executor"}
    assert names(client, "?show=ended") == {"left-us", "term-over"}
    assert names(client, "?role=investor") == {"investor"}
    assert names(client, "?show=unseen&role=investor") == set()
    assert "Nobody" in client.get(f"{HERE}?show=unseen&role=investor").content.decode()


def test_a_new_account_that_was_never_used_counts_from_its_day(office):
    fresh = UserFactory(username="fresh")
    long_ago = timezone.localdate() - timedelta(days=90)

    assert fresh not in User.objects.unseen_since(long_ago)
    assert fresh in User.objects.unseen_since(timezone.localdate() + timedelta(days=1))


def test_a_list_goes_on_page_by_page(client, office):
    for _ in range(60):
        UserFactory()
    client.force_login(office)

    first = client.get(HERE)
    assert len(first.context["people"]) == 50
    second = client.get(HERE, {"cursor": first.context["page"].next})
    assert len(second.context["people"]) == 11
    assert client.get(HERE, {"cursor": "nonsense"}).status_code == 200


def test_it_costs_the_same_for_many(client, office, django_assert_max_num_queries):
    for _ in range(30):
        ApiClientFactory(owner=UserFactory())
    client.force_login(office)
    client.get(HERE)

    with django_assert_max_num_queries(20):
        client.get(HERE)


def table(client, query=""):
    answer = client.get(f"/en/accounts/access.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_a_token_of_one_who_may_not_come_in_may_not_either(client, office, executor):
    owned(executor, name="BI")
    client.force_login(office)

    came = [(row["way"], row["may_come_in"]) for row in table(client, "?role=executor")]
    User.objects.filter(pk=executor.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    ended = [(row["way"], row["may_come_in"]) for row in table(client, "?role=executor&show=ended")]

    assert came == [("account", "true"), ("token", "true")]
    assert ended == [("account", "false"), ("token", "false")]


@pytest.mark.parametrize(
    ("query", "ways", "told"),
    [
        ("?role=executor", ["account", "token", "token", "invitation"], ("registry", "new@example.kz")),
        ("?role=investor", ["account"], ("None with this role.",)),
        ("?show=signs", ["account", "token"], ()),
        ("?show=ended", ["account", "account"], ()),
    ],
)
def test_programs_and_invitations_are_asked_for_as_the_accounts(client, house, akimat, query, ways, told):
    Invitation.objects.update(role="executor", organisation=akimat)
    User.objects.filter(username__startswith="term-runs").delete()
    client.force_login(house)

    page = client.get(HERE + query).content.decode()

    assert [row["way"] for row in table(client, query)] == ways
    for word in ("registry", "new@example.kz", "None with this role."):
        assert (word in page) == (word in told)
    assert ("Open invitations" in page) == ("show" not in query)


def test_a_link_with_the_identity_provider_is_a_way_in_too(client, office, executor, settings):
    settings.OIDC = {"id": "oidc-here", "name": "Mekeme ID"}
    for user, provider in ((executor, "oidc-here"), (office, "oidc-of-former-days")):
        SocialAccount.objects.create(user=user, provider=provider, uid="7")
    client.force_login(office)

    page = client.get(HERE).content.decode()

    assert page.count("linked with Mekeme ID") == 1
    assert {row["user_name"]: row["is_linked"] for row in table(client)} == {
        "office": "false",
        "executor": "true",
    }


def test_the_same_as_a_file(client, house, office):
    User.objects.filter(username="term-runs").update(full_name="=1+1")
    client.force_login(office)

    answer = client.get("/en/accounts/access.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))

    assert answer["Content-Disposition"].startswith('attachment; filename="access-')
    ways = [row["way"] for row in rows]
    assert (ways.count("account"), ways.count("token"), ways.count("invitation")) == (5, 2, 1)
    token = next(row for row in rows if row["name"] == "BI of the ministry")
    assert (token["user_name"], token["scopes"]) == ("executor", "read; reports")
    assert next(row for row in rows if row["user_name"] == "term-runs")["name"] == "'=1+1"
    assert next(row for row in rows if row["user_name"] == "auditor")["acts_for"] == "office"
    assert AccessLog.objects.filter(action="export", purpose="access.csv", number=5).exists()


def test_the_same_as_a_workbook_of_what_was_filtered(client, house, office):
    client.force_login(office)

    answer = client.get("/en/accounts/access.xlsx?show=ended")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]

    listed = {row[2] for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert {"left-us", "term-over"} <= listed and "office" not in listed
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
