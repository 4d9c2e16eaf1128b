"""Calendars of terms: what the database refuses, who makes one, and what whoever has the address reads."""

import secrets
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from accounts.services import digest
from core.exceptions import Forbidden
from core.models import Change
from tasks import services
from tasks.models import CalendarFeed, Executor
from tests.factories import CalendarFeedFactory, ExecutorFactory, OrganisationFactory, instruction_in
from tests.pages.board import NOW, given
from tests.personas import reader
from tests.refusals import Wrong, parameters

pytestmark = pytest.mark.django_db
PAGE = "/kk/control/calendar/"
DUE = date(2026, 3, 2)

CASES = {
    "tasks_calendarfeed_token_hashed": [
        Wrong(CalendarFeedFactory, {"token_hash": secrets.token_urlsafe(32)})
    ],
    "tasks_calendarfeed_one_live": [Wrong(CalendarFeedFactory, twin=("owner_id", "organisation_id"))],
}


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_what_the_database_refuses(door, rule, case):
    door(rule, case)


@pytest.fixture(autouse=True)
def _at(time_machine):
    time_machine.move_to(NOW, tick=True)


@pytest.fixture
def fed(client):
    """Events by their UID that whoever has this token reads; None where there is nothing."""

    def events(token, **query):
        client.logout()
        answer = client.get(f"/feeds/terms/{token}.ics", query)
        if answer.status_code == 404:
            return None
        assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
        calendar = Calendar.from_ical(answer.content)
        return {str(event["UID"]): event for event in calendar.walk("VEVENT")}

    return events


def made(by, organisation=None, language="kk"):
    return services.make_feed(by=by, organisation=organisation or by.organisation, language=language)


def test_an_event_says_what_is_due_in_the_language_of_the_calendar(
    fed, office, leadership, executor, settings
):
    row = given(
        office, leadership, executor.organisation, text="Құрылысты бастау; «Ғ» үлгісі,\nекінші жол " * 3
    )

    event = fed(made(executor)[1])[row.public_id]

    assert str(event["SUMMARY"]) == f"{row.public_id}: {row.text}".replace("\r", "")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (DUE, DUE + timedelta(days=1))
    assert str(event["URL"]) == f"{settings.PUBLIC_URL}/kk/control/{row.public_id}/"
    assert event["TRANSP"] == "TRANSPARENT" and not event.walk("VALARM")
    russian = fed(made(executor, language="ru")[1])[row.public_id]
    assert "/ru/control/" in russian["URL"] and "тветственный исполнитель" in russian["DESCRIPTION"]


def test_it_is_what_calendars_take(client, office, leadership, executor):
    given(office, leadership, executor.organisation, text="Ұзын мәтін " * 40)

    answer = client.get(f"/feeds/terms/{made(executor)[1]}.ics")

    lines = answer.content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-1] == b"" and max(map(len, lines)) <= 75
    calendar = Calendar.from_ical(answer.content)
    assert calendar["VERSION"] == "2.0" and calendar["METHOD"] == "PUBLISH"
    assert executor.organisation.name_kk in calendar["X-WR-CALNAME"]
    assert answer["Cache-Control"] == "private, no-store" and answer["X-Robots-Tag"] == "noindex"


def test_what_is_open_is_there_and_what_is_closed_is_not(fed, office, mic):
    rows = {
        state: instruction_in(state, lead=mic).public_id
        for state in (
            "registered",
            "on_control",
            "in_execution",
            "reported",
            "returned",
            "executed",
            "cancelled",
        )
    }

    found = set(fed(made(office, mic)[1]))

    assert found == {rows[state] for state in ("on_control", "in_execution", "reported", "returned")}


def test_a_moved_term_moves_the_event_and_the_first_is_told(fed, office, leadership, executor):
    row = given(office, leadership, executor.organisation)
    token = made(executor)[1]
    before = fed(token)[row.public_id]
    services.grant(
        services.request_extension(row, by=executor, new_due=date(2026, 4, 1), reason="Жабдық кешікті"),
        by=leadership,
    )

    after = fed(token)[row.public_id]

    assert after["DTSTART"].dt == date(2026, 4, 1) and "02.03.2026" in after["DESCRIPTION"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_co_executor_has_its_own_day(fed, office, leadership, executor, akimat_signer):
    row = given(office, leadership, executor.organisation, co=[akimat_signer.organisation])
    token = made(akimat_signer)[1]
    assert fed(token)[row.public_id]["DTSTART"].dt == DUE

    Executor.objects.filter(instruction=row, role="co").update(internal_due=date(2026, 2, 20))

    event = fed(token)[row.public_id]
    assert event["DTSTART"].dt == date(2026, 2, 20) and "02.03.2026" in event["DESCRIPTION"]


def test_only_what_the_organisation_executes(fed, office, leadership, executor, akimat):
    given(office, leadership, akimat, text="Басқаның ісі")
    own = given(office, leadership, executor.organisation)
    issued = given(office, executor, akimat, text="Министрлік берген")
    services.reassign(
        given(office, leadership, executor.organisation, text="Босатылған"),
        by=office,
        lead=akimat,
        reason="Құзыреті",
    )

    assert set(fed(made(executor)[1])) == {own.public_id}
    assert issued.public_id in fed(made(office, akimat)[1])


def test_the_right_is_asked_at_each_reading(fed, office, executor, akimat):
    instruction_in("on_control", lead=executor.organisation)
    token = made(executor)[1]
    assert len(fed(token)) == 1

    executor.organisation = akimat
    executor.save()
    assert fed(token) is None
    executor.organisation = CalendarFeed.objects.get().organisation
    executor.is_active = False
    executor.save()
    assert fed(token) is None


def test_the_token_is_kept_nowhere(executor):
    feed, token = made(executor)

    assert feed.token_hash == digest(token)
    entries = Change.objects.filter(relation="tasks_calendarfeed")
    assert entries and all(
        token not in str(one.new) and feed.token_hash not in str(one.new) for one in entries
    )
    assert [one.verb for one in entries] == ["make_feed"] and entries[0].actor == f"user:{executor.pk}"


@pytest.mark.parametrize("wrong", ["x", "a" * 43, "A" * 44, "%00" * 43, "../" * 14 + "a"])
def test_a_wrong_token_tells_nothing(client, executor, wrong):
    made(executor)

    assert client.get(f"/feeds/terms/{wrong}.ics").status_code == 404


def test_made_anew_the_former_address_ends_and_taken_back_there_is_none(fed, executor):
    first = made(executor)[1]
    feed, second = made(executor)
    assert fed(first) is None and fed(second) == {}

    for _twice in range(2):
        services.revoke_feed(feed, by=executor)
    assert fed(second) is None
    verbs = Change.objects.filter(relation="tasks_calendarfeed").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["make_feed", "make_feed", "make_feed", "revoke_feed"]


def test_the_last_use_is_noted_once_a_day_and_is_no_event(fed, executor):
    feed, token = made(executor)
    for _twice in range(2):
        fed(token)

    feed.refresh_from_db()
    assert feed.last_used_on == date(2026, 2, 3) and feed.version == 1
    assert Change.objects.filter(relation="tasks_calendarfeed").count() == 1


@pytest.mark.parametrize(
    ("persona", "may"),
    [
        ("office", {"own", "other"}), ("leadership", {"own", "other"}), ("auditor", {"own", "other"}),
        ("executor", {"own"}), ("investor", {"own"}), ("stranger", {"own"}),
    ],
)  # fmt: skip
def test_whose_terms_one_may_follow(request, persona, may):
    user = reader(persona, request)
    bodies = {"own": user.organisation or OrganisationFactory(), "other": OrganisationFactory()}

    for name, body in bodies.items():
        if name in may:
            assert made(user, body)[0].organisation == body
        else:
            with pytest.raises(Forbidden):
                made(user, body)


def test_somebody_elses_calendar_is_not_taken_back(client, office, executor, akimat_signer):
    feed, _token = made(executor)

    with pytest.raises(Forbidden):
        services.revoke_feed(feed, by=office)
    client.force_login(akimat_signer)
    assert client.post(f"{PAGE}{feed.pk}/revoke/").status_code == 404
    assert CalendarFeed.objects.live().count() == 1


def test_the_cost_does_not_grow_with_the_terms(client, django_assert_num_queries, office, executor):
    token = made(executor)[1]
    for number in range(12):
        ExecutorFactory(instruction=instruction_in("on_control", lead=executor.organisation))
        if number in (0, 11):
            client.get(f"/feeds/terms/{token}.ics")
            with django_assert_num_queries(2):
                client.get(f"/feeds/terms/{token}.ics")


class TestPage:
    def test_one_makes_a_calendar_sees_the_address_once_and_takes_it_back(self, client, fed, executor):
        row = instruction_in("on_control", lead=executor.organisation)
        client.force_login(executor)

        shown = client.post(PAGE, {"language": "kk"}, follow=True).content.decode()

        address = shown.split('<code class="address">')[1].split("</code>")[0]
        token = address.rpartition("/")[2].removesuffix(".ics")
        assert token not in client.get(PAGE).content.decode()
        assert set(fed(token)) == {row.public_id}
        client.force_login(executor)
        assert client.post(f"{PAGE}{CalendarFeed.objects.get().pk}/revoke/").status_code == 302
        assert fed(token) is None

    def test_the_house_names_the_organisation(self, client, office, mic):
        client.force_login(office)

        refused = client.post(PAGE, {"language": "kk", "organisation": "жоқ ұйым"}).content.decode()
        client.post(PAGE, {"language": "ru", "organisation": mic.name_kk})

        assert 'class="error-summary"' in refused
        assert [(one.organisation, one.language) for one in CalendarFeed.objects.all()] == [(mic, "ru")]

    def test_others_cannot_name_one(self, client, executor, akimat):
        client.force_login(executor)

        client.post(PAGE, {"language": "kk", "organisation": akimat.code})

        assert CalendarFeed.objects.get().organisation == executor.organisation

    @pytest.mark.parametrize("language", ["", "de", "\x00"])
    def test_a_wrong_language_is_told(self, client, executor, language):
        client.force_login(executor)

        answer = client.post(PAGE, {"language": language})

        assert answer.status_code == 200 and 'class="error-summary"' in answer.content.decode()
        assert not CalendarFeed.objects.exists()
