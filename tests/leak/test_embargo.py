"""The guesser: every address that can be foretold is asked again and again, from before a thing is made until after the
instant from which it is public. Not a byte of it comes early, and it is there at once when the time has come."""

from collections import Counter
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from accounts.choices import Role
from core import files
from core.choices import ScanState
from core.models import StoredFile
from districts.models import Document, LandPlot, Project
from districts.services import publishing
from tests.database import owner
from tests.factories import (
    DistrictFactory,
    DocumentFactory,
    LandPlotFactory,
    OpportunityFactory,
    ProjectFactory,
    SourceFactory,
    UserFactory,
)
from tests.leak.reading import browser, get

pytestmark = pytest.mark.django_db(transaction=True)

WORD, INSIDE = "zq7embargoq", b"%PDF-1.4 zq7embargoq inside"
EMBARGO = timedelta(seconds=4)


def clock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def coming(table):
    """The number that the next row of this table gets."""
    with owner(connection.settings_dict["NAME"]) as asked:
        return asked.execute(
            "SELECT coalesce(max(last_value), 0) + 1 FROM pg_sequences WHERE sequencename = %s",
            [f"{table}_id_seq"],
        ).fetchone()[0]


def guesses(first):
    """What the next of each kind will be called is known to everybody who can count."""
    for project, plot, document in (first, [number + 1 for number in first]):
        yield f"/kk/projects/ALT-P-{project:04d}/"
        yield f"/api/v1/projects/ALT-P-{project:04d}/"
        yield f"/share/project/ALT-P-{project:04d}.kk.png"
        yield f"/kk/invest/plots/ALT-L-{plot:04d}/"
        yield f"/api/v1/plots/ALT-L-{plot:04d}/"
        yield f"/share/plot/ALT-L-{plot:04d}.kk.png"
        yield f"/kk/documents/ALT-F-{document:04d}/"
        yield f"/kk/projects/ALT-P-{project:04d}/progress.docx"
    yield from (
        "/kk/", "/kk/projects/", "/api/v1/projects/", "/api/v1/projects.csv", "/api/v1/projects.xlsx",
        "/api/v1/projects.geojson", "/api/v1/plots/", "/api/v1/plots.geojson", "/api/v1/plots.csv",
        f"/kk/search/?q={WORD}", f"/api/v1/projects/?q={WORD}", "/sitemap.xml", "/feeds/changes.kk.xml",
        "/kk/changes/", "/kk/invest/", "/kk/districts/gate/", "/api/v1/districts/gate/",
    )  # fmt: skip


#: Must show it when the time has come.
SHOWS = {
    "/kk/projects/",
    "/api/v1/projects/",
    "/api/v1/projects.csv",
    "/api/v1/plots/",
}


class Guesser:
    """`early`: what was seen before the instant; `seen`: when each address showed it first; `asked`: how often."""

    def __init__(self):
        self.client, self.early, self.seen, self.asked = browser("kk"), [], {}, Counter()
        self.before = {}
        self.first = [
            coming(table) for table in ("districts_project", "districts_landplot", "districts_document")
        ]

    def round(self, until=None):
        for address in guesses(self.first):
            answer = get(self.client, address)
            after = clock()
            self.asked.update(["all"])
            echoed = address.split("q=")[-1] if "q=" in address else ""
            said = answer.text.replace(echoed, "") if echoed else answer.text
            shows = WORD in said
            if until is None or after < until:
                if shows:
                    self.early.append((address, answer.status))
                known = self.before.setdefault(address, answer)
                if (known.status, known.headers) != (answer.status, answer.headers):
                    self.early.append((address, "moved", known.status, answer.status))
            elif shows:
                self.seen.setdefault(address, after)


def test_nothing_is_early_and_nothing_is_late():
    office, second = (UserFactory(username=name, role=Role.OFFICE) for name in ("one", "two"))
    district = DistrictFactory(code="gate")
    source = SourceFactory()  # sources are open to everybody: this one was there before
    guesser = Guesser()
    guesser.round()
    project = ProjectFactory(
        source=source, district=district, name_kk=WORD, name_ru=WORD, name_en=WORD, visibility="internal"
    )
    plot = LandPlotFactory(
        source=source, district=district, name_kk=WORD, name_ru=WORD, name_en=WORD, visibility="internal"
    )
    stored = files.store(BytesIO(INSIDE), f"{WORD}.pdf")
    StoredFile.objects.filter(pk=stored.pk).update(scan_state=ScanState.CLEAN)
    document = DocumentFactory(
        district=district, name_kk=WORD, name_ru=WORD, name_en=WORD, file=stored, visibility="internal"
    )
    guesser.round()
    for row in (project, plot, document):
        row.refresh_from_db()
        publishing.make_ready(row, by=office)
    guesser.round()
    at = clock() + EMBARGO
    for row in (project, plot, document):
        row.refresh_from_db()
        publishing.publish(row, by=second, at=at)

    while clock() < at + timedelta(seconds=1):
        guesser.round(until=at)
    guesser.round(until=at)

    assert guesser.early == []
    assert set(guesser.seen) >= SHOWS | {f"/kk/documents/{document.public_id}/"}
    assert max(guesser.seen.values()) - at < timedelta(seconds=60)
    assert guesser.asked["all"] > 150
    for model in (Project, LandPlot, Document):
        assert model.objects.visible_to(AnonymousUser()).exists()


def test_an_opportunity_under_embargo_is_nowhere_before_its_time():
    office, second = (UserFactory(username=name, role=Role.OFFICE) for name in ("one", "two"))
    row = OpportunityFactory(name_kk=WORD, name_ru=WORD, name_en=WORD, visibility="internal")
    publishing.make_ready(row, by=office)
    row.refresh_from_db()
    publishing.publish(row, by=second, at=timezone.now() + timedelta(hours=1))
    client = browser("kk")

    for address in (f"/kk/invest/opportunities/{row.public_id}/", f"/api/v1/opportunities/{row.public_id}/",
                    "/kk/invest/", "/api/v1/opportunities/", "/api/v1/opportunities.xlsx", "/sitemap.xml"):  # fmt: skip
        assert WORD not in get(client, address).text, address
