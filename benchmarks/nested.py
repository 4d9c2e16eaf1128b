"""`python -m benchmarks.nested`, on a portal of `make bench` only: fifty invented projects with all their parts."""

import os
import sys
from datetime import date

#: A little more to each than the real ones have today.
NUMBER, PARTIES, MILESTONES, SOURCES = 50, 1, 2, 1
PORTAL = "bench"
CODE = "bench-nested-"
YEAR = 2027


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")
    import django

    django.setup()
    from django.conf import settings

    if settings.DATA_DIR.name != PORTAL:
        sys.exit("This fills the register with invented rows: it runs on the portal of `make bench` only.")
    fill()


def fill() -> None:
    """Unless they are there."""
    from django.db import transaction

    from core.ledger import acting
    from districts.models import Project

    there = Project.objects.filter(code__startswith=CODE).count()
    for number in range(there, NUMBER):
        with transaction.atomic(), acting("system:bench", "fill"):
            _project(number)


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


def _words(kk: str, ru: str, en: str, number: int) -> dict[str, str | None]:
    return {"kk": f"{kk} {number}", "ru": f"{ru} {number}", "en": f"{en} {number}"}


if __name__ == "__main__":
    main()
