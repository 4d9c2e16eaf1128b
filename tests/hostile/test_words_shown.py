"""Hostile words stand in every text: no page runs them, no export counts them, nothing fails over them."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from core.models import Change
from tasks.services import make_feed
from tests.admin.rows import LOOKED_AT, ROWS, address
from tests.admin.test_exchange import CSV, XLSX
from tests.admin.test_exchange import PEOPLE as UNTOLD
from tests.hostile import exports, pages, reading, words
from tests.hostile.world import IS_THOROUGH, PEOPLE, World
from tests.pages.control import controlled

READERS = list(PEOPLE) if IS_THOROUGH else ["office"]
#: Registers of the admin that are looked at.
MODELS = list(ROWS) if IS_THOROUGH else list(ROWS)[::4]
#: What somebody reads who reads everything.
EXPORTS = {
    "text/csv",
    "application/pdf",
    "application/json",
    "application/geo+json",
    "application/atom+xml",
    "application/xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def test_the_lists_are_long_enough() -> None:
    assert len(words.XSS) >= 30 and len(words.FORMULAS) >= 12
    assert len(set(words.EVERY)) == len(words.EVERY)
    assert all("__x" in word or "alert" in word for word in words.XSS)


@pytest.mark.django_db
def test_every_text_of_the_portal_holds_them(world: World) -> None:
    tables = {name.partition(".")[0] for name in world.planting.columns}

    refused = set(world.planting.refused) - set(world.planting.columns)
    held = f"{len(world.planting.columns)} columns of {len(tables)} tables hold them"
    print(f"   {held}; these let none in: {' '.join(sorted(refused))}")  # noqa: T201
    assert len(world.planting.columns) > 250 and len(tables) > 60
    assert len(refused) < 60


@pytest.mark.django_db
@pytest.mark.parametrize("name", READERS)
def test_nothing_that_is_read_runs(world: World, name: str) -> None:
    faults, kinds, shown = [], Counter[str](), 0
    views, registers = (3, 1) if IS_THOROUGH else (1, 5)
    for read in reading.everything(world.browser(name), PEOPLE[name][0], views, registers=registers):
        faults += read.faults
        kinds.update([read.kind.partition(";")[0]])
        shown += words.SENTINEL.encode() in read.content
    print(f"   {name}: {kinds.total()} answers, {shown} show the words; {dict(kinds)}")  # noqa: T201

    assert faults == []
    assert shown > 20
    if name == "office":
        assert set(kinds) >= EXPORTS


@pytest.mark.django_db
def test_nothing_of_the_admin_runs(world: World) -> None:
    client, faults, number = world.browser("office"), [], 0
    for model in MODELS:
        row = ROWS[model]()
        world.planting.plant(row)
        asked = [
            address(model, "changelist"),
            *(address(model, one, row.pk) for one in ("change", "history")),
        ]
        asked += [address(model, "add")] if model not in LOOKED_AT else []
        for read in (reading.get(client, one) for one in asked):
            faults += read.faults
            number += 1

    assert faults == []
    assert number > 3 * len(MODELS) - 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [XLSX, CSV])
def test_no_table_of_the_admin_counts(world: World, kind: str) -> None:
    client, faults, number = world.browser("office"), [], 0
    for model in sorted(ROWS.keys() - UNTOLD - LOOKED_AT - {"tasks.ReportingDuty"}):
        here = f"{address(model, 'changelist')}export/"
        read = reading.get(client, here, {"format": kind, "resource": "0"})
        of = exports.of_csv if kind == CSV else exports.of_xlsx
        faults += [f"{model}: {fault}" for fault in of(read.content)] if read.status == 200 else [model]
        number += 1

    assert faults == []
    assert number > 15


@pytest.mark.django_db
def test_a_calendar_of_terms_has_lines_of_its_own_alone(world: World) -> None:
    office, leadership, executor = (world.people[name] for name in ("office", "leadership", "executor"))
    for start in range(0, len(words.EVERY), 20):
        text = {"kk": words.mixed(start, 900), "ru": words.mixed(start + 10, 900)}
        controlled(office, leadership, executor, text=text)
    _feed, token = make_feed(by=executor, organisation=executor.organisation, language="kk")

    read = reading.get(world.browser("anonymous"), f"/feeds/terms/{token}.ics")

    assert read.faults == []
    assert read.kind.startswith("text/calendar") and read.content.count(b"BEGIN:VEVENT") >= 7
    assert words.SENTINEL.encode() in read.content.replace(b"\r\n ", b"")


@pytest.mark.django_db
def test_what_was_planted_came_into_the_ledger_too(world: World) -> None:
    assert Change.objects.filter(new__icontains=words.SENTINEL).exists()


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>&lt;script&gt;window.__x=1&lt;/script&gt;</p>", False),
        ("<input value='<script>window.__x=1</script>'>", False),
        ("<p><script>window.__x=1</script>", True),
        ("<img src=x onerror=window.__x=1>", True),
        ("<a href='javascript:window.__x=1'>x</a>", True),
        ("<a href=' java\tscript:1'>x</a>", True),
        ("<a href='//evil.example'>x</a>", True),
        ("<p style='x:__x'>", True),
        ("<div hx-on:click=window.__x=1>", True),
        ("<script type='application/json'>\"__x\"</script>", False),
        ("<script>var a = '__x'</script>", True),
        ("7006652", True),
    ],
)
def test_the_judge_of_pages_sees_what_runs(html: str, fault: bool) -> None:
    assert bool(pages.faults(html)) is fault


def test_the_judge_of_cells_sees_what_counts() -> None:
    assert exports.of_csv(b"a,b\n'=1,-5\n") == []
    assert exports.of_csv(b'a,b\n=1,-5\n"\t=1",+x\n') == ["cell '=1'", "cell '\\t=1'", "cell '+x'"]
