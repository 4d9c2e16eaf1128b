"""Reports by file through the page: taken along, sent back, sent twice, sent by the wrong one."""

import json
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from tasks import services
from tasks.models import ProgressReport, ReportingPeriod
from tasks.services import Answer
from tests.factories import MilestoneFactory, ProjectFactory, ReportingDutyFactory, UserFactory
from tests.tasks.filing_by_file import (
    FULL,
    GOOD,
    HERE,
    answered,
    bundle,
    bytes_of,
    fill,
    send,
    text_of,
    workbook,
)
from tests.tasks.progress_scene import ProgressScene, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(request, client):
    scene = ProgressScene(request)
    MilestoneFactory(project=scene.project, code="roof", name_kk="Шатыр")
    client.force_login(scene.akimat_preparer)
    return scene


def states(answer):
    return [row.state for row in answer.context["receipts"]]


def values(row):
    return {one.metric: (one.value, one.mark, one.currency) for one in row.values.all()}


def test_taken_along_filled_in_and_sent_back_twice(client, scene):
    sent = answered(
        client, scene.project, FULL | {"milestones": {"roof": {"outcome": "met", "on": "2026-01-20"}}}
    )

    assert states(send(client, sent)) == ["made"]
    before = everything()
    again = send(client, sent)

    row = ProgressReport.objects.get()
    assert states(again) == ["there"] and everything() == before
    assert (
        row.public_id in text_of(again)
        and str(row.client_uuid) == sent["frozen"]["projects"][0]["client_uuid"]
    )
    assert values(row)["spent"] == (Decimal("1500000.50"), "value", "KZT")
    assert (
        values(row)["jobs_local"][1] == "no_data" and row.issues == "Цемент кешікті" and row.state == "draft"
    )
    assert row.milestones.get().milestone.code == "roof"


def test_sent_again_after_it_was_accepted_it_is_still_there_once(client, scene):
    sent = answered(client, scene.project)
    send(client, sent)
    row = ProgressReport.objects.get()
    services.complete_progress(row, by=scene.akimat_preparer)
    services.submit_progress(row, by=scene.akimat_signer)
    assert states(send(client, sent)) == ["there"]
    services.accept_progress(row, by=scene.office)
    before = everything()

    assert states(send(client, sent)) == ["there"]
    changed = send(client, answered_again(sent, scene, text="Басқа"))

    assert states(changed) == ["refused"] and changed.context["receipts"][0].faults and everything() == before


def answered_again(sent, scene, **parts):
    return sent | {"answers": {scene.project.public_id: FULL | parts}}


def test_what_the_others_changed_meanwhile_is_kept_and_asked_of_field_by_field(client, scene):
    row = scene.save(words={"text": "Ескі"})
    sent = answered(client, scene.project, {"text": "Менікі", "issues": "Тек менде", "values": {}})
    theirs = {"spent": Answer(Decimal("7"), currency="KZT")}
    services.save_progress(
        by=scene.akimat_signer, project=scene.project, period=scene.period, client_uuid=row.client_uuid,
        answers=theirs, words={"text": "Олардыкі", "risks": "Тек оларда"}, base=row.version,
    )  # fmt: skip
    before = everything()

    asked = send(client, sent)

    (receipt,) = asked.context["receipts"]
    assert (
        receipt.state == "asks"
        and [one.label for one in receipt.asks] == ["Сөзбен"]
        and everything() == before
    )
    page = text_of(asked)
    assert "Менікі" in page and "Олардыкі" in page and "Ескі" in page

    kept = {"checked": asked.context["checked"], receipt.asks[0].name: "mine"}
    taken = client.post(HERE, kept)

    row.refresh_from_db()
    assert states(taken) == ["saved"]
    assert (row.text, row.issues, row.risks) == ("Менікі", "Тек менде", "Тек оларда")
    assert values(row)["spent"][0] == Decimal(7)  # not touched by the file


def test_theirs_may_hold_and_what_was_checked_is_nobody_elses(client, scene):
    row = scene.save(words={"text": "Ескі"})
    sent = answered(client, scene.project, {"text": "Менікі"})
    services.save_progress(
        by=scene.akimat_signer, project=scene.project, period=scene.period, client_uuid=row.client_uuid,
        answers={}, words={"text": "Олардыкі"}, base=row.version,
    )  # fmt: skip
    asked = send(client, sent)
    kept = {"checked": asked.context["checked"], f"choose:{scene.project.public_id}:text": "theirs"}

    assert states(client.post(HERE, kept)) == ["there"]
    client.force_login(scene.akimat_signer)
    for wrong in (kept, kept | {"checked": kept["checked"] + "x"}, {"checked": ""}):
        assert client.post(HERE, wrong).context["form"].errors
    row.refresh_from_db()
    assert row.text == "Олардыкі"


def test_a_workbook_is_tried_then_taken_over_as_a_whole(client, scene):
    other = ReportingDutyFactory(project=ProjectFactory(), organisation=scene.akimat).project
    book = fill(workbook(client), **GOOD, text="Іргетас")
    tried = send(client, bytes_of(book), "a.xlsx")

    assert not ProgressReport.objects.exists() and states(tried) == ["made", "empty"]
    assert "1 500 000,50" in text_of(tried).replace("\u00a0", " ") and not tried.context["is_done"]
    taken = client.post(HERE, {"checked": tried.context["checked"]})

    assert taken.context["is_done"] and values(ProgressReport.objects.get())["spent"][0] == Decimal(
        "1500000.50"
    )
    again = client.post(HERE, {"checked": tried.context["checked"]})
    assert states(again) == ["there", "empty"] and ProgressReport.objects.count() == 1
    assert not ProgressReport.objects.filter(project=other).exists()


@pytest.mark.parametrize(
    ("cell", "code", "value"),
    [
        ("C4", "physical_progress", 101), ("C4", "physical_progress", -1), ("P4", "jobs_permanent", 1.5),
        ("I4", "spent", 10**19), ("C4", "physical_progress", 1.234),
    ],
)  # fmt: skip
def test_one_bad_row_of_a_workbook_holds_the_whole_up(client, scene, cell, code, value):
    ReportingDutyFactory(project=ProjectFactory(), organisation=scene.akimat)
    book = fill(workbook(client), **GOOD, text="Іргетас")
    sheet = book.worksheets[0]
    place = next(one.column for one in sheet[1] if one.value == code)
    sheet.cell(4, place).value = value
    sheet.cell(4, 11).value = "KZT"
    before = everything()

    tried = send(client, bytes_of(book), "a.xlsx")

    faults = [fault for row in tried.context["receipts"] for fault in row.faults]
    assert [fault.cell for fault in faults] == [f"{sheet.title}, {cell}"] and everything() == before
    assert not tried.context["checked"]


def test_between_the_trial_and_the_deed_somebody_wrote(client, scene):
    tried = send(client, bytes_of(fill(workbook(client), **GOOD | {"text": "Менікі"})), "a.xlsx")
    scene.save(by=scene.akimat_signer, words={"text": "Олардыкі"})
    before = everything()

    taken = client.post(HERE, {"checked": tried.context["checked"]})

    assert states(taken) == ["asks"] and everything() == before and taken.context["checked"]


def cut(content):
    return json.dumps(content).encode()[:-40]


def forged(content):
    frozen = content["frozen"]
    return content | {"frozen": frozen | {"period": "2026-02"}}


def told_of(project, **parts):
    return lambda content: content | {"answers": {project or next(iter(content["answers"])): parts}}


BAD = {
    "cut short": (cut, "кесіліп"),
    "forged": (forged, ""),
    "no signature": (lambda content: {"frozen": content["frozen"], "answers": {}}, ""),
    "a list": (lambda content: b"[1, 2]", ""),
    "not utf-8": (lambda content: b'{"a": "\xff"}', ""),
    "deep": (lambda content: b'{"a":' + b"[" * 100_000, ""),
    "NaN": (lambda content: b'{"frozen": NaN}', ""),
    "answers in a list": (lambda content: content | {"answers": []}, ""),
    "foreign project": (told_of("ALT-P-9999"), ""),
    "project in a list": (lambda content: content | {"answers": {"ALT-P-0001": []}}, ""),
    "unknown part": (told_of("", colour="red"), ""),
    "unknown metric": (told_of("", values={"height": {"value": 1}}), ""),
    "unknown milestone": (told_of("", milestones={"cellar": {"outcome": "met", "on": "2026"}}), ""),
    "values in a list": (told_of("", values=[1]), ""),
    "answer in a list": (told_of("", values={"spent": [1]}), ""),
    "number in an object": (told_of("", values={"spent": {"value": {"x": 1}}}), ""),
    "truth": (told_of("", values={"jobs_local": {"value": True}}), ""),
    "words": (told_of("", values={"spent": {"value": "many", "currency": "KZT"}}), ""),
    "NUL": (told_of("", text="a\0b"), ""),
    "half a character": (told_of("", text="a\ud800"), ""),
    "a number of words": (told_of("", text=["x"]), ""),
    "long": (told_of("", text="x" * 20_001), ""),
    "both": (told_of("", values={"spent": {"value": "1", "currency": "KZT", "mark": "no_data"}}), ""),
    "large": (lambda content: b"{" + b" " * 2**21, ""),
    "empty": (lambda content: b"", ""),
}  # fmt: skip


def test_malformed_files_are_refused_whole(client, scene):
    good = answered(client, scene.project)
    before = everything()

    for kind, (spoil, _words) in BAD.items():
        answer = send(client, spoil(good))
        said = [*(answer.context.get("faults") or ()), *answer.context["form"].errors.get("__all__", ())]
        said += answer.context["form"].errors.get("file", [])
        assert answer.status_code == 200 and said, kind
        assert everything() == before, kind
    assert client.post(HERE, {}).context["form"].errors


def test_the_file_of_another_organisation_is_refused(client, scene):
    sent = answered(client, scene.project)
    client.force_login(scene.stranger)
    before = everything()

    assert send(client, sent).context["form"].errors and everything() == before
    assert client.get(f"{HERE}2026-01.html").status_code == 404
    other = UserFactory(role="office", organisation=None)
    client.force_login(other)
    assert send(client, sent).context["form"].errors and everything() == before


@pytest.mark.parametrize("persona", ["office", "leadership", "auditor", "investor", "executor"])
def test_who_owes_nothing_takes_and_sends_nothing(client, scene, persona):
    sent = answered(client, scene.project)
    client.force_login(scene.people[persona])
    before = everything()

    assert client.get(f"{HERE}2026-01.xlsx").status_code == 404
    assert send(client, sent).context["form"].errors and everything() == before


def test_into_a_locked_period_nothing_is_sent(client, scene):
    sent = answered(client, scene.project)
    ReportingPeriod.objects.update(locked_at=timezone.now())
    before = everything()

    assert send(client, sent).context["form"].errors and everything() == before


def test_a_duty_that_ended_meanwhile_refuses_its_report_only(client, scene):
    other = ReportingDutyFactory(project=ProjectFactory(), organisation=scene.akimat)
    sent = answered(client, scene.project)
    sent["answers"][other.project.public_id] = FULL
    type(other).objects.filter(pk=other.pk).delete()

    assert sorted(states(send(client, sent))) == ["made", "refused"]


def test_what_was_answered_already_is_not_taken_along(client, scene):
    scene.report("submitted")
    assert bundle(client)["frozen"]["projects"] == []


def test_the_page_and_the_files_cost_little_however_many(client, scene, django_assert_max_num_queries):
    for _each in range(3):
        duty = ReportingDutyFactory(project=ProjectFactory(), organisation=scene.akimat)
        scene.save(project=duty.project, client_uuid=uuid4())
    with django_assert_max_num_queries(24):
        client.get(f"{HERE}2026-01.html")
    with django_assert_max_num_queries(24):
        client.get(HERE)
