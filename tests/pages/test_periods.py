"""Reporting periods by their pages, and the matrix of who has filed what: what is shown to whom, what is done there."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from core.models import Change
from tasks import services
from tasks.models import ReportingDuty, ReportingPeriod
from tests.factories import (
    DistrictFactory,
    OrganisationFactory,
    ProjectFactory,
    ReportingDutyFactory,
    ReportingPeriodFactory,
)
from tests.tasks.progress_scene import ProgressScene

pytestmark = pytest.mark.django_db

PERIOD, PERIODS, MATRIX, OWN = (
    "/kk/review/periods/2026-01/", "/kk/review/periods/", "/kk/review/matrix/", "/kk/report/matrix/",
)  # fmt: skip


@pytest.fixture
def scene(request, db, time_machine):
    time_machine.move_to("2026-03-02T12:00+05:00")
    scene = ProgressScene(request)
    ReportingPeriod.objects.update(due_on=date(2026, 2, 27), grace_until=date(2026, 3, 6))
    scene.period.refresh_from_db()
    return scene


def page(client, user, address, **query):
    client.force_login(user)
    return client.get(address, query)


def send(client, user, address, **facts):
    client.force_login(user)
    return client.post(address, facts, follow=True)


def cells(answer):
    return {
        row.project.public_id: [(cell.code, cell.is_late) for cell in row.cells]
        for row in answer.context["rows"]
    }


# --- periods --------------------------------------------------------------------------------------


def test_how_many_owe_and_filed(client, scene):
    for state in ("submitted", "returned", "accepted", "draft"):
        scene.project = ReportingDutyFactory(organisation=scene.akimat).project
        scene.report(state)
    ReportingDutyFactory(since=date(2026, 2, 1))

    [row] = page(client, scene.auditor, PERIODS).context["rows"]

    assert (row.owed, row.submitted, row.returned, row.accepted, row.missing) == (5, 1, 1, 1, 2)


def test_one_period_shows_who_has_filed_and_what_happened(client, scene):
    report = scene.report("submitted")
    missing = ReportingDutyFactory(project=ProjectFactory()).project
    services.move_due(
        scene.period, by=scene.office, due_on=date(2026, 3, 3), grace_until=date(2026, 3, 10), reason="Мереке"
    )

    answer = page(client, scene.leadership, PERIOD)

    assert cells(answer) == {
        scene.project.public_id: [("submitted", True)],  # by the clock of the database
        missing.public_id: [("awaited", False)],
    }
    html = answer.content.decode()
    assert (
        f"/kk/review/{report.public_id}/" in html and "<form" not in html.split("<main")[1].split("</main")[0]
    )
    [event] = answer.context["events"][:1]
    assert [line.value for line in event.lines] == [
        "2026 ж. 27 ақпан → 2026 ж. 3 наурыз", "2026 ж. 6 наурыз → 2026 ж. 10 наурыз", "Мереке",
    ]  # fmt: skip
    assert event.who == str(scene.office)


def test_the_office_locks_opens_again_and_puts_off(client, scene):
    assert "lock" in page(client, scene.office, PERIOD).content.decode()
    send(client, scene.office, PERIOD, do="lock")
    scene.period.refresh_from_db()
    assert scene.period.is_locked

    wrong = send(client, scene.office, PERIOD, until="2026-03-01", reason="")
    assert set(wrong.context["form"].errors) == {"reason"}
    wrong = send(client, scene.office, PERIOD, until="2026-03-01", reason="Қате")
    assert set(wrong.context["form"].errors) == {"until"}
    send(client, scene.office, PERIOD, until="2026-03-20", reason="Жаңа деректер")
    scene.period.refresh_from_db()
    assert (scene.period.is_locked, scene.period.grace_until) == (False, date(2026, 3, 20))

    send(client, scene.office, PERIOD, due_on="2026-03-10", grace_until="2026-03-12", reason="Мереке")
    scene.period.refresh_from_db()
    assert scene.period.due_on == date(2026, 3, 10)
    verbs = Change.objects.of(scene.period).order_by("id").values_list("verb", "note")
    assert list(verbs)[-3:] == [
        ("lock_period", ""), ("reopen_period", "Жаңа деректер"), ("move_due", "Мереке"),
    ]  # fmt: skip


def test_why_it_cannot_be_locked_is_said(client, scene):
    scene.report("submitted")

    answer = send(client, scene.office, PERIOD, do="lock")

    assert answer.status_code == 200 and answer.context["refused"]
    scene.period.refresh_from_db()
    assert not scene.period.is_locked


# --- duties ---------------------------------------------------------------------------------------


def test_a_duty_is_ended_and_handed_over(client, scene):
    here = f"/kk/review/duties/{scene.duty.pk}"
    other = scene.executor.organisation
    wrong = send(client, scene.office, f"{here}/hand-over/", organisation="Жоқ ұйым", since="2026-02-01")
    assert set(wrong.context["form"].errors) == {"organisation"}

    send(client, scene.office, f"{here}/hand-over/", organisation=other.code, since="2026-02-01")
    last = ReportingDuty.objects.get(organisation=other)
    assert last.since == date(2026, 2, 1)

    wrong = send(client, scene.office, f"/kk/review/duties/{last.pk}/end/", until="2026-01-31")
    assert set(wrong.context["form"].errors) == {"__all__"}
    send(client, scene.office, f"/kk/review/duties/{last.pk}/end/", until="2026-12-31")
    last.refresh_from_db()
    assert last.until == date(2026, 12, 31)
    of_project = page(client, scene.auditor, "/kk/review/duties/", project=scene.project.public_id)
    assert len(of_project.context["rows"]) == 2
    assert page(client, scene.auditor, "/kk/review/duties/", project="\x00").status_code == 400


# --- the matrix -----------------------------------------------------------------------------------


@pytest.fixture
def months(scene):
    """January of five projects in every state; February not yet over, December locked; one owes from February on."""
    ReportingPeriodFactory(
        starts=date(2025, 12, 1),
        due_on=date(2026, 1, 30),
        grace_until=date(2026, 2, 6),
        locked_at="2026-02-07T00:00Z",
    )
    ReportingPeriodFactory(starts=date(2026, 2, 1), due_on=date(2026, 3, 31), grace_until=date(2026, 4, 7))
    made = {}
    for state in ("draft", "submitted", "returned", "accepted"):
        scene.project = ReportingDutyFactory(organisation=scene.akimat, since=date(2026, 1, 1)).project
        scene.report(state)
        made[state] = scene.project
    made["none"] = scene.duty.project
    made["later"] = ReportingDutyFactory(since=date(2026, 2, 1)).project
    return made


def expected(months, **told):
    return {months[name].public_id: codes for name, codes in told.items()}


def test_every_state_has_its_cell(client, scene, months):
    answer = page(client, scene.office, MATRIX)

    assert [period.code for period in answer.context["periods"]] == ["2026-02", "2026-01", "2025-12"]
    before, after = ("not_owed", False), ("awaited", False)
    assert cells(answer) == expected(
        months,
        none=[after, ("missing", True), ("missing", True)],
        draft=[after, ("missing", True), before],
        submitted=[after, ("submitted", True), before],
        returned=[after, ("returned", True), before],
        accepted=[after, ("accepted", True), before],
        later=[after, before, before],
    )
    html = answer.content.decode()
    assert html.count("tag-bad") == 3 and "/kk/review/ALT-R-" in html


def test_an_organisation_sees_its_own_drafts_and_nothing_of_others(client, scene, months):
    answer = page(client, scene.akimat_preparer, OWN)

    found = cells(answer)
    assert found[months["draft"].public_id][1] == ("draft", True)
    assert months["later"].public_id not in found and len(found) == 5
    assert f"/kk/report/2026-01/{months['draft'].public_id}/" in answer.content.decode()
    for name in ("stranger", "investor", "office"):
        assert not page(client, scene.people[name], OWN).context["rows"]


def test_it_is_asked_by_kind_organisation_and_district(client, scene, months):
    quarter = ReportingDutyFactory(kind="quarter")
    ReportingPeriodFactory(kind="quarter", starts=date(2026, 1, 1), ends=date(2026, 3, 31))

    assert list(cells(page(client, scene.office, MATRIX, kind="quarter"))) == [quarter.project.public_id]
    only = page(client, scene.office, MATRIX, organisation=scene.akimat.code)
    assert len(cells(only)) == 5
    there = ReportingDutyFactory(project=ProjectFactory(district=DistrictFactory())).project
    in_district = page(client, scene.office, MATRIX, district=there.district.code)
    assert list(cells(in_district)) == [there.public_id]
    for wrong in ({"kind": "year"}, {"organisation": "\x00"}, {"district": "moon"}, {"cursor": "x"}):
        assert page(client, scene.office, MATRIX, **wrong).status_code == 400


def test_it_is_taken_away_as_a_file(client, scene, months):
    client.force_login(scene.office)
    rows = list(csv.reader(StringIO(client.get("/kk/review/matrix.csv").content.decode())))
    assert rows[0] == ["project", "name", "organisation", "2026-02", "2026-01", "2025-12"]
    accepted = next(row for row in rows if row[0] == months["accepted"].public_id)
    assert accepted[2:] == [scene.akimat.code, "awaited", "accepted:late", ""]

    sheet = load_workbook(BytesIO(client.get("/kk/review/matrix.xlsx").content)).active
    assert months["accepted"].name_kk in {cell.value for (cell,) in sheet["A1:A40"]}
    assert client.get("/kk/review/matrix.xlsx?kind=year").status_code == 400
    client.force_login(scene.akimat_signer)
    own = client.get("/kk/report/matrix.csv").content.decode()
    assert months["later"].public_id not in own and "draft:late" in own


def test_a_name_that_looks_like_a_formula_is_none(client, scene):
    scene.project.name_kk = "=1+1"
    scene.project.save()
    client.force_login(scene.office)

    assert "'=1+1" in client.get("/kk/review/matrix.csv").content.decode()


def test_who_reports_last_in_the_period_is_shown(client, scene):
    other = OrganisationFactory()
    services.hand_over_duty(scene.duty, by=scene.office, organisation=other, since=date(2026, 1, 20))

    [row] = page(client, scene.office, MATRIX).context["rows"]

    assert row.organisation == other and row.cells[0].duty.organisation == other


def test_pages_cost_the_same_however_long(client, scene, months, django_assert_max_num_queries):
    pages = (
        (MATRIX, scene.office),
        (OWN, scene.akimat_signer),
        (PERIOD, scene.office),
        (PERIODS, scene.office),
    )
    for month in range(3, 8):
        ReportingDutyFactory(organisation=scene.akimat)
        ReportingPeriodFactory(starts=date(2026, month, 1))
    for address, persona in pages:
        page(client, persona, address)
        with django_assert_max_num_queries(16):
            assert page(client, persona, address).status_code == 200
