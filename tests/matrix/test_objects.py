"""Every address that names an object, of every person and program: of what he may not know of he is answered, byte by
byte, as of what is not there; of what he knows as the table says (matrix.csv).

The addresses come from the resolver: one without a line fails.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.matrix import table
from tests.matrix.asking import Answer, Filling, address, ask, filling, routes, said, without
from tests.matrix.conftest import World
from tests.matrix.rows import mark_of
from tests.matrix.table import EVERYBODY, Line
from tests.matrix.world import HOUSE, TOKENS

pytestmark = pytest.mark.django_db
#: Routes whose holes name no object of anybody.
NO_OBJECT = {
    *(
        "access-file",
        "control-certificate-paper",
        "control-paper",
        "report-matrix-paper",
        "review-matrix-paper",
    ),
    *("changes-feed", "styleguide-section"),
    *("open-data-copy", "open-data-file"),  # published for everybody: tests/open_data/test_door.py
    "report-file",  # of the reader's own reports of a month: tests/portal/test_matrix_reporting.py
    # The link itself is the right: tests/pages/test_invitation.py, tests/tasks/test_feeds.py, allauth.
    *("invitation", "terms-feed", "account_reset_password_from_key"),
}
#: To whom what is foreign here is not their own.
OUTSIDE = set(EVERYBODY) - {*HOUSE, "stranger", "foreign_investor"}
LINES = {line.route: line for line in table.lines()}


def test_every_address_of_an_object_has_a_line() -> None:
    for name, route in routes().items():
        assert name in LINES or name in NO_OBJECT, (
            f"The route {name} ({route}) has no line in tests/matrix/matrix.csv. Say there what its holes name"
            " (tests/matrix/rows.py makes one own and one foreign object of each kind), who knows of the own one, and"
            " what a GET and a POST of it answer; or add it to NO_OBJECT where it names nothing of anybody."
        )
    assert set(LINES) | NO_OBJECT == set(routes()), "a line or a name is of no route any more"


def is_asked(line: Line, method: str, persona: str) -> bool:
    """What nobody may do at all is asked by one person of each side; programs come to the API alone."""
    if persona in TOKENS and not routes()[line.route].startswith("^api/"):
        return False
    nobody = set(line.answers[method, True].values()) == {405}
    return not nobody or persona in {"office", "stranger"}


class Asked:
    """One person at one route, by one method."""

    def __init__(self, client: Client, line: Line, words: Filling, method: str) -> None:
        self.client, self.method, self.route = client, method, routes()[line.route]
        self.words = words

    def answer(self, words: list[str]) -> Answer:
        found = ask(self.client, self.method, address(self.route, words))
        assert found.status < 500, (self.route, self.method, words)
        return without(found, [*self.words.own, *self.words.foreign, *self.words.nowhere])


def faults(asked: Asked, line: Line, persona: str) -> Iterator[Any]:
    """What is not as it should be: (route, method, what was asked, what was expected, what was answered)."""
    words, method = asked.words, asked.method
    own, nowhere = asked.answer(words.own), asked.answer(words.nowhere)
    pairs: list[tuple[str, Any, Any]] = [
        ("own", line.answers[method, True][persona], own.status),
        ("missing", line.answers[method, False][persona], nowhere.status),
    ]
    if persona not in line.knows:  # he knows neither
        pairs.append(("own that he may not know of", nowhere, own))
    elif persona in OUTSIDE and all(words.foreign) and words.foreign != words.own:
        pairs.append(("foreign", nowhere, asked.answer(words.foreign)))
    if persona in line.knows and words.crossed != words.own and all(words.crossed):
        pairs.append(("foreign inside of own", asked.answer(words.cut), asked.answer(words.crossed)))
    for what, expected, answered in pairs:
        if expected != answered:
            yield line.route, method, what, expected, answered


@pytest.mark.parametrize("persona", EVERYBODY)
def test_what_is_foreign_is_as_if_it_were_not_there(world: World, persona: str) -> None:
    client, people, rows = world.people.browser(persona), world.people, world.rows
    mine = people.browser("executor")
    rows.own["mark"] = mark_of(people.row["executor"], mine)
    rows.foreign["mark"] = mark_of(people.row["stranger"], people.browser("stranger"))

    found = [
        fault
        for line in LINES.values()
        for method in ("get", "post")
        if is_asked(line, method, persona)
        for fault in faults(Asked(client, line, filling(line.holes, rows), method), line, persona)
    ]

    assert found == []


def test_other_methods_tell_nothing_either(world: World) -> None:
    """HEAD is as GET; nothing is put, patched or deleted, but for a file that is on its way."""
    asked = {"head": "office", "put": "stranger", "patch": "stranger", "delete": "office"}
    clients = {name: world.people.browser(name) for name in set(asked.values())}
    on_its_way = {("upload-detail", "patch"): 404, ("upload-detail", "delete"): 404}

    found: dict[Any, Any] = {}
    for line in LINES.values():
        words = filling(line.holes, world.rows)
        for method, persona in asked.items():
            status = ask(clients[persona], method, address(routes()[line.route], words.own)).status
            expected = on_its_way.get((line.route, method), 405)
            if method == "head":
                expected = line.answers["get", True][persona]
            if status != expected:
                found[line.route, method] = (expected, status)

    assert found == {}


def test_the_table_is_written_as_it_is_read() -> None:
    """So that a line looks the same whoever writes it: what most are answered first."""
    assert (
        said(table.statuses("200; 404 stranger investor; 302 anonymous"))
        == "200; 404 stranger investor; 302 anonymous"
    )
