"""What is not published is nowhere: pages, API, feeds, exports, search, pictures, headers, counts, errors."""

import re
from itertools import takewhile

import pytest

from core.models import Published
from investors.models import Investor, Opportunity
from investors.services import close_opportunity, open_opportunity
from tests.leak.conftest import READERS
from tests.leak.reading import browser, get, text_of

pytestmark = pytest.mark.django_db


def test_words_stand_in_every_table(world):
    tables = {where.split()[0] for where in world.planted.where.values()}

    for table in ("districts_project", "districts_landplot", "investors_opportunity", "districts_document",
                  "investors_enquiry", "investors_message", "investors_contact", "tasks_instruction",
                  "tasks_meeting", "investors_investor", "investors_talk", "accounts_organisation",
                  "core_storedfile", "districts_publication"):  # fmt: skip
        assert table in tables, table
    assert len(world.planted.where) > 150
    assert world.planted.refused <= {"tasks_escalation", "tasks_reminder", "tasks_figuredispute"}


#: When reports are due is told to everybody: what is planted into a report brings its period along. And since when one
#: is signed in is ones own.
MOVES = re.compile("^/api/v1/reporting-periods|/accounts/(sessions|profile/sign-out-elsewhere)/")


def difference(was, now):
    """Where two answers part: a failure says what moved."""
    if was._replace(text="") != now._replace(text=""):
        return was.status, was.headers, now.status, now.headers
    place = sum(
        1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(was.text, now.text, strict=False))
    )
    return was.text[place - 60 : place + 60], now.text[place - 60 : place + 60]


@pytest.mark.parametrize("reader", READERS)
def test_nothing_internal_shows_and_nothing_moves(world, reader):
    """Byte by byte what was read before: no word, no count, no Last-Modified, no address tells that there is more."""
    now = world.read(reader)

    leaks = {
        address: found
        for address, answer in now.items()
        if (found := world.planted.found(answer.text + str(answer.headers)))
    }
    assert leaks == {}
    moved = {
        address: difference(answer, now[address])
        for address, answer in world.before[reader].items()
        if address in now and now[address] != answer and not MOVES.search(address)
    }
    assert moved == {}
    there, was = (
        {address for address in read if not MOVES.search(address)} for read in (now, world.before[reader])
    )
    assert there == was


def public_ids(world):
    for row in world.planted.rows:
        if isinstance(row, Published) and getattr(row, "public_id", None):
            yield row


API = {
    "districts_project": "projects",
    "districts_landplot": "plots",
    "investors_opportunity": "opportunities",
    "tasks_meeting": "meetings",
    "tasks_instruction": "instructions",
}
PAGES = {
    "districts_project": ["projects/{}/", "projects/{}/progress.docx", "figures/{}/investment/"],
    "districts_landplot": ["invest/plots/{}/", "invest/enquiry/?plot={}", "invest/compare/?plots={}"],
    "investors_opportunity": ["invest/opportunities/{}/", "invest/enquiry/?opportunity={}"],
    "districts_document": ["documents/{}/"],
    "tasks_instruction": ["control/{}/", "control/{}/card.docx"],
    "tasks_meeting": ["meetings/{}/", "meetings/{}/protocol.docx"],
}


@pytest.mark.parametrize("reader", READERS)
def test_a_guess_answers_as_if_there_were_nothing(world, reader):
    """An internal object and one that never was: the same status, the same words, the same headers."""
    client, language = browser(READERS[reader], world.people[reader]), READERS[reader]
    for row in public_ids(world):
        number, table = row.public_id, row._meta.db_table
        nobody = number.rpartition("-")[0] + "-9999"
        addresses = [f"/{language}/{page}" for page in PAGES.get(table, [])]
        addresses += [f"/api/v1/{API[table]}/{{}}/"] if table in API else []
        addresses += [f"/share/{kind}/{{}}.kk.png" for kind in ("project", "plot", "opportunity")]
        for address in addresses:
            there, gone = (get(client, address.format(one)) for one in (number, nobody))
            assert there.status == gone.status, address
            assert there.text.replace(number, "") == gone.text.replace(nobody, ""), address
            assert world.planted.found(there.text) == [], address


@pytest.mark.parametrize("name", ["projects", "plots", "opportunities", "investors", "organisations"])
def test_filters_do_not_tell_what_is_there(world, name):
    """Search for each planted word, and filters by internal numbers: as empty as for a word that nobody wrote."""
    client = browser("en")
    nothing = get(client, f"/api/v1/{name}/?q=zq7neverq")
    words = [
        word
        for word, where in world.planted.where.items()
        if where.startswith(("districts_", "investors_", "accounts_org"))
    ]
    for word in words[::7]:
        found = get(client, f"/api/v1/{name}/?q={word}")
        assert found.status == 200
        assert found.text.replace(word, "") == nothing.text.replace("zq7neverq", ""), world.planted.where[
            word
        ]


def test_the_search_page_finds_none_of_the_words(world):
    client = browser("kk")
    nothing = get(client, "/kk/search/?q=zq7neverq").text.replace("zq7neverq", "")

    for word, where in list(world.planted.where.items())[::11]:
        assert get(client, f"/kk/search/?q={word}").text.replace(word, "") == nothing, where


PUBLISHED = {
    "districts_project": "note_kk",
    "districts_landplot": "note_kk",
    "investors_opportunity": "",
    "investors_investor": "",
    "accounts_organisation": "about_kk",
}


def test_published_shows_withheld_and_drafts_do_not_and_taken_down_is_gone(world):
    rows = [row for row in world.planted.rows if row._meta.db_table in PUBLISHED]
    named = {row.organisation for row in rows if isinstance(row, Investor)}
    rows += [one for one in named if one not in rows]
    rows.sort(
        key=lambda row: (
            list(PUBLISHED).index(row._meta.db_table) if row._meta.db_table != "accounts_organisation" else -1
        )
    )
    withheld = set()
    for row in rows:
        column = PUBLISHED[row._meta.db_table]
        withheld |= {word for word in world.planted.of(row) if column and getattr(row, column) == word}
        world.publish(row, withhold=(column,) if column else ())
        assert row.visibility == "public"
        if isinstance(row, Opportunity):  # a draft is for the house, whoever it is prepared for
            open_opportunity(row, by=world.office)

    seen = " ".join(answer.text for answer in world.read("anonymous").values())
    shown = set(world.planted.found(seen))

    for row in rows:
        mine = {world.planted.where[word] for word in world.planted.of(row) - withheld}
        assert not mine or mine & shown, f"nothing of {row._meta.db_table} is shown"
    allowed = {world.planted.where[word] for row in rows for word in world.planted.of(row) - withheld}
    assert shown <= allowed

    for row in rows:
        if isinstance(row, Opportunity):
            close_opportunity(row, by=world.office, note=world.planted.word("note of closing"))
        world.take_down(row)
    gone = {
        address: found
        for address, answer in world.read("anonymous").items()
        if (found := world.planted.found(answer.text + str(answer.headers)))
    }
    assert gone == {}


def test_the_reading_looks_inside():
    """A leak inside a file would be found: the reader of archives and papers is proved on what it makes itself."""
    import zipfile
    from io import BytesIO

    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "<t>zq7aaaaq</t>")

    assert "zq7aaaaq" in text_of(
        made.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
