"""What the benchmark of reads does inside its portal: `python -m benchmarks.reads_inside fill`, `interleave <url>`."""

import json
import os
import sys
from datetime import date
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from benchmarks.reads import PORTAL

STEPS, SEED, CITED = 10_000, 8, 6
#: A little more to each than the real ones have today.
NUMBER, PARTIES, MILESTONES, SOURCES = 50, 1, 2, 1
CODE = "bench-nested-"
YEAR = 2027


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")
    import django

    django.setup()
    from django.conf import settings

    if settings.DATA_DIR.name != PORTAL:
        sys.exit("This fills the register with invented rows: it runs on the portal of `make bench` only.")
    verb, *words = sys.argv[1:]
    print(json.dumps({"fill": fill, "interleave": interleave}[verb](*words)))


def fill() -> int:
    """Fifty invented projects, published, with all their parts, unless they are there."""
    from django.db import transaction

    from core.ledger import acting
    from districts.models import Project

    there = Project.objects.filter(code__startswith=CODE).count()
    for number in range(there, NUMBER):
        with transaction.atomic(), acting("system:bench", "fill"):
            _project(number)
    return NUMBER


def _project(number: int) -> None:
    from accounts.models import Organisation
    from core.models import Source
    from districts.models import District, Milestone, Project, ProjectParty, ProjectSource, StageChange

    sources = list(Source.objects.order_by("pk")[: SOURCES + 1])
    organisations = list(Organisation.objects.filter(visibility="public").order_by("pk")[:PARTIES])
    project = Project.objects.create(
        code=f"{CODE}{number}",
        visibility="public",
        district=District.objects.order_by("pk")[number % 4],
        name=_words("Құрылыс", "Строительство", "Construction", number),
        purpose=_words("Не үшін салынады", "Для чего строится", "What it is built for", number),
        note=_words("Ескертпе", "Примечание", "A note", number),
        kind="anchor",
        type="construction",
        sectors=["transport", "economy"],
        status="identification",
        source=sources[0],
        confidence="high",
    )
    StageChange.objects.create(project=project, to_status=project.status, basis="invented")
    for source in sources[1:]:
        ProjectSource.objects.create(project=project, source=source)
    for organisation in organisations:
        ProjectParty.objects.create(project=project, organisation=organisation, role="investor", share=10)
    for place in range(MILESTONES):
        due = date(YEAR + place, 1 + number % 12, 1)
        Milestone.objects.create(
            project=project,
            code=f"part-{place}",
            name=_words("Кезең", "Этап", "Part", place),
            baseline=due,
            forecast=due,
            as_of=date(YEAR - 1, 1, 1),
            source=sources[0],
        )
    _figures(project, sources[0])


def _figures(project: object, source: object) -> None:
    from districts.models import Figure

    what = {"site_area": "ha", "investment": "money"}
    for measure, unit in what.items():
        Figure.objects.create(
            project=project,
            visibility="public",
            chosen=True,
            measure=measure,
            unit=unit,
            currency="KZT" if unit == "money" else "",
            value=1500,
            as_of=date(YEAR - 1, 1, 1),
            confidence="high",
            source=source,
        )


def interleave(home: str) -> dict[str, Any]:
    """Writes by every door in here, and reads of the portal over HTTP."""
    import psycopg
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment

    from accounts.models import User
    from benchmarks.interleavings import Doors, Interleaving
    from core.ledger import acting
    from core.models import Source

    setup_test_environment()  # pages then say what they were made of
    office = User.objects.get(username="office")
    browser, line = Client(headers={"host": urlsplit(home).netloc}), HTTPConnection(urlsplit(home).netloc)
    browser.force_login(office)

    def read(address: str, tag: str) -> tuple[int, bytes, str]:
        line.request("GET", address, headers={"If-None-Match": tag} if tag else {})
        answer = line.getresponse()
        return answer.status, answer.read(), answer.headers["ETag"]

    def by_service(key: int, word: str) -> None:
        with acting(office, "amend"):
            Source.objects.filter(pk=key).update(publisher=word)

    def by_admin(key: int, word: str) -> None:
        page = f"/admin/core/source/{key}/change/"
        form = browser.get(page).context["adminform"].form
        typed = {bound.html_name: "" if bound.value() is None else bound.value() for bound in form}
        saved = browser.post(page, typed | {"publisher": word, "why": "invented"})
        if saved.status_code != 302:
            raise SystemExit(f"The admin refuses: {saved.context['adminform'].form.errors}")

    known = connection.get_connection_params() | {"autocommit": True}
    doors = Doors(read, by_service, by_admin, lambda: psycopg.connect(**known))
    sources = dict(Source.objects.order_by("pk").values_list("pk", "code")[:CITED])
    addresses = [
        "sources/",
        "projects/",
        "projects/?lang=kk&fields=source,milestones",
        "figures/?limit=20",
        "districts/",
    ]
    addresses += [f"sources/{code}/" for code in sources.values()]
    found = Interleaving(doors, sources, [f"/api/v1/{one}" for one in addresses], SEED).run(STEPS)
    return found._asdict()


def _words(kk: str, ru: str, en: str, number: int) -> dict[str, str | None]:
    return {"kk": f"{kk} {number}", "ru": f"{ru} {number}", "en": f"{en} {number}"}


if __name__ == "__main__":
    main()
