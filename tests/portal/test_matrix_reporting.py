"""Role × page × method of progress reports: who owes one writes it, the house reads, the office answers."""

import pytest

from tests.portal.asking import assert_answers
from tests.tasks.progress_scene import PEOPLE, ProgressScene

pytestmark = pytest.mark.django_db

ROUTES = {
    "report", "report-file", "report-files", "report-form", "report-matrix", "report-matrix-paper",
    "report-proof-remove", "report-proofs", "review", "review-duties", "review-duty-end", "review-duty-hand-over",
    "review-matrix", "review-matrix-paper", "review-period", "review-periods", "review-proof", "review-proof-release",
    "review-report", "report-proof-caption",
    "report-data", "report-shell", "report-worker",  # tests/portal/test_wizard.py
}  # fmt: skip
HOUSE, OWN = {"office", "leadership", "auditor"}, {"akimat_preparer", "akimat_signer"}
FORM = (200, 200)
#: Page → what GET and POST answer to those named; to everybody else who is signed in: the last pair.
PAGES = {
    "report/": ({}, (200, 405)),
    "report/files/": ({}, FORM),
    **{
        f"report/files/2026-01.{form}": (dict.fromkeys(OWN, (200, 405)), (404, 405))
        for form in ("html", "json", "xlsx")
    },
    "report/files/2026-02.html": ({}, (404, 405)),
    "report/2026-01/{project}/": (dict.fromkeys(OWN, FORM), (404, 404)),
    "report/2026-02/{project}/": ({}, (404, 404)),
    "report/2026-01/ALT-P-9999/": ({}, (404, 404)),
    "review/": (dict.fromkeys(HOUSE, (200, 405)), (403, 405)),
    "report/matrix/": ({}, (200, 405)),
    "report/matrix.csv": ({}, (200, 405)),
    "review/periods/": (dict.fromkeys(HOUSE, (200, 405)), (403, 405)),
    "review/periods/2026-01/": (dict.fromkeys(HOUSE, (200, 403)) | {"office": FORM}, (403, 403)),
    "review/periods/2026-13/": (dict.fromkeys(HOUSE, (404, 403)) | {"office": (404, 404)}, (403, 403)),
    "review/matrix/": (dict.fromkeys(HOUSE, (200, 405)), (403, 405)),
    "review/matrix.xlsx": (dict.fromkeys(HOUSE, (200, 405)), (403, 405)),
    "review/duties/{duty}/end/": ({"office": FORM}, (403, 403)),
    "review/duties/{duty}/hand-over/": ({"office": FORM}, (403, 403)),
    "review/duties/0/end/": ({"office": (404, 404)}, (403, 403)),
    "review/duties/": (dict.fromkeys(HOUSE, (200, 403)) | {"office": FORM}, (403, 403)),
    "review/{report}/": (dict.fromkeys(HOUSE, (200, 403)) | {"office": FORM}, (403, 403)),
    "report/proofs/{report}/": (dict.fromkeys(OWN, (200, 200)), (404, 404)),
    "report/proofs/{report}/0/caption/": (dict.fromkeys(OWN, (405, 404)), (405, 404)),
    "report/proofs/{report}/0/remove/": (dict.fromkeys(OWN, (405, 404)), (405, 404)),
    "review/{report}/proofs/0/": ({}, (404, 405)),
    "review/{report}/proofs/0/release/": ({"office": (405, 404)}, (405, 403)),
    "review/ALT-R-9999/": (dict.fromkeys(HOUSE, (404, 404)), (403, 403)),
}


@pytest.mark.parametrize("persona", PEOPLE)
def test_pages_of_progress_reports(client, request, persona):
    scene = ProgressScene(request)
    report = scene.report("submitted")
    if persona != "anonymous":
        client.force_login(scene.people[persona])
    places = {"project": scene.project.public_id, "report": report.public_id, "duty": scene.duty.pk}

    assert_answers(client, persona, PAGES, **places)
