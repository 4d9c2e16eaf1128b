"""Role × address × method of reporting in the API; role × verb is in tests/api/test_progress_reports.py."""

from typing import Any

import pytest

from accounts.services import digest
from tests.factories import ApiClientFactory
from tests.tasks.progress_scene import PEOPLE, ProgressScene

pytestmark = pytest.mark.django_db

METHODS = ["get", "head", "post", "put", "patch", "delete"]
VERBS = {
    "reporting-period": ["lock", "reopen"],
    "progress-report": ["complete", "submit", "return", "accept", "correct", "discard"],
}
ROUTES = {
    *(f"{register}-{verb}" for register, verbs in VERBS.items() for verb in verbs),
    *(f"{register}-{kind}" for register in VERBS for kind in ("list", "detail", "csv", "xlsx")),
    "upload-list", "upload-detail", "upload-caption",  # tests/api/test_uploads.py
    "progress-report-bundle",
}  # fmt: skip
#: Who reads the submitted report of the akimat.
READERS = {"office", "leadership", "auditor", "akimat_preparer", "akimat_signer"}
#: A token that reads and one that writes, both of the signer of the akimat.
TOKENS = {"token": ["read", "write"], "token_that_reads": ["read"], "token_that_writes": ["write"]}


@pytest.mark.parametrize("persona", [*PEOPLE, *TOKENS])
def test_addresses_of_reporting(client: Any, request: pytest.FixtureRequest, persona: str) -> None:
    scene = ProgressScene(request)
    row = scene.report("submitted")
    headers = {"if-match": "*"}
    if persona in TOKENS:
        mine = {"owner": scene.akimat_signer, "role": "executor", "organisation": scene.akimat}
        ApiClientFactory(token_hash=digest(persona), scopes=TOKENS[persona], **mine)
        headers["authorization"] = f"Bearer {persona}"
    elif persona != "anonymous":
        client.force_login(scene.people[persona])
    report, period = f"progress-reports/{row.public_id}", "reporting-periods/2026-01"
    verbs = [f"{report}/{verb}" for verb in VERBS["progress-report"]]
    verbs += [f"{period}/{verb}" for verb in VERBS["reporting-period"]]
    addresses = ["progress-reports", "progress-reports/bundle", report, "reporting-periods", period, *verbs]

    answers = {
        (address, method): getattr(client, method)(f"/api/v1/{address}/", headers=headers).status_code
        for address in addresses
        for method in METHODS
    }

    assert answers == {
        (address, method): _expected(persona, address, method, address in verbs)
        for address in addresses
        for method in METHODS
    }


def _expected(persona: str, address: str, method: str, is_verb: bool) -> int:
    reads, writes = "read" in TOKENS.get(persona, ["read"]), "write" in TOKENS.get(persona, ["write"])
    knows = persona in READERS or persona in TOKENS or not address.startswith("progress-reports/ALT-")
    if address == "progress-reports/bundle":  # a form without its file
        return 405 if method != "post" else 401 if persona == "anonymous" else 400 if writes else 403
    if method in {"get", "head"} and not is_verb:
        return 403 if not reads else 200 if knows else 404
    if method != "post" or not (is_verb or address == "progress-reports"):
        return 405
    if persona == "anonymous":
        return 401
    if not writes:
        return 403
    return 415 if knows else 404  # a form: tests/api/test_progress_reports.py sends JSON
