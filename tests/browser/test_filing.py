"""Pages of progress reports with a report on them, against axe, at both widths, in three languages."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tasks.models import ReportingPeriod
from tasks.services import Answer, Told
from tests.browser.inspection import faults
from tests.browser.test_axe import sign_in
from tests.factories import MilestoneFactory, PlanFactory, ReportingDutyFactory, ReportingPeriodFactory
from tests.tasks.progress_scene import ALL, ProgressScene

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("state", ["draft", "returned", "accepted"])
def test_the_form_of_who_owes_a_report(page: Page, portal: str, request: Any, state: str) -> None:
    scene = told_of(request)
    scene.report(state)
    sign_in(page, portal, scene.akimat_signer)

    assert seen(page, portal, "/report/", f"/report/2026-01/{scene.project.public_id}/") == []


def test_the_review_of_the_office(page: Page, portal: str, request: Any) -> None:
    scene = told_of(request)
    row = scene.report("submitted")
    sign_in(page, portal, scene.office)

    assert seen(page, portal, "/review/", f"/review/{row.public_id}/", "/review/duties/") == []


def test_periods_duties_and_who_has_filed_what(page: Page, portal: str, request: Any) -> None:
    scene = ProgressScene(request)
    for state in ("submitted", "returned", "accepted"):
        scene.project = ReportingDutyFactory(organisation=scene.akimat).project
        scene.report(state)
    for starts in (date(2025, month, 1) for month in range(1, 13)):
        ReportingPeriodFactory(
            starts=starts, due_on=date(2026, 1, 30), grace_until=date(2026, 2, 6), locked_at=timezone.now()
        )
    ReportingPeriod.objects.filter(pk=scene.period.pk).update(due_on=date(2026, 2, 27))
    sign_in(page, portal, scene.office)

    duty = f"/review/duties/{scene.duty.pk}"
    pages = ["/review/matrix/", "/review/periods/2026-01/", "/review/periods/2025-12/", "/review/periods/"]
    assert seen(page, portal, *pages, f"{duty}/end/", f"{duty}/hand-over/") == []
    sign_in(page, portal, scene.akimat_signer)
    assert seen(page, portal, "/report/matrix/") == []


def told_of(request: Any) -> ProgressScene:
    """Its project has milestones and plans; the report will look wrong beside the plan of jobs, with a word."""
    scene = ProgressScene(request)
    bridge = MilestoneFactory(project=scene.project, code="bridge")
    MilestoneFactory(project=scene.project, code="tower")
    PlanFactory(project=scene.project, period=scene.period, metric="jobs_construction", value=50)
    scene.given = {
        "answers": ALL | {"jobs_construction": Answer(Decimal(120), note="Екі ауысым")},
        "milestones": [Told(bridge, "moved", "2027 autumn", "land", "Сот шешімі күтіледі")],
        "words": {"text": "Іргетас құйылды", "issues": "Су жоқ", "risks": "Қыс", "help_needed": "Жер"},
        "language": "kk",
    }
    return scene


def seen(page: Page, portal: str, *addresses: str) -> list[str]:
    return [
        fault
        for address in addresses
        for language, width in (("kk", 390), ("ru", 1280), ("en", 390))
        for fault in faults(page, portal, f"/{language}{address}", width)
    ]
