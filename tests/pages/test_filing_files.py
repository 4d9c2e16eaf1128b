"""Reports by file through the page: taken along, sent back, sent twice, sent by the wrong one."""

import pytest

from tasks.models import ProgressReport
from tests.factories import MilestoneFactory
from tests.tasks.filing_by_file import HERE, answered, bytes_of, fill, send, workbook
from tests.tasks.progress_scene import ProgressScene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(request, client):
    scene = ProgressScene(request)
    MilestoneFactory(project=scene.project, code="roof", name_kk="Шатыр")
    client.force_login(scene.akimat_preparer)
    return scene


def test_try(client, scene):
    got = client.get(HERE)
    assert got.status_code == 200
    page = client.get(f"{HERE}2026-01.html")
    assert page.status_code == 200 and len(page.content) < 60_000
    open("/tmp/h-offline/var/form.html", "wb").write(page.content)
    open("/tmp/h-offline/var/form.xlsx", "wb").write(client.get(f"{HERE}2026-01.xlsx").content)
    answer = send(client, answered(client, scene.project))
    print([(r.state, r.faults) for r in answer.context["receipts"]])
    row = ProgressReport.objects.get()
    answer = send(client, answered(client, scene.project))
    print([(r.state, r.faults) for r in answer.context["receipts"]])
    answer = send(client, bytes_of(fill(workbook(client), physical_progress=44, issues="=1+1")), "a.xlsx")
    print(answer.context.get("faults"), answer.context["form"].errors)
