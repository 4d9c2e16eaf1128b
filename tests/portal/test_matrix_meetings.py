"""Role × page × method of meetings: the house reads, the office writes, nobody else comes in."""

import pytest

from tests.factories import FindingFactory, MeetingFactory, ProtocolFactory, ProtocolItemFactory

pytestmark = pytest.mark.django_db

PERSONAS = ["office", "leadership", "auditor", "executor", "akimat_signer", "investor", "anonymous"]
METHODS = ["get", "head", "post", "put", "patch", "delete"]
#: Page → name of its route, what GET and POST answer to the office, whether the whole house reads it.
PAGES = {
    "": ("meetings", 200, 405, True),
    "new/": ("meeting-new", 200, 200, False),
    "import/": ("meeting-import", 200, 200, False),
    "{meeting}/": ("meeting", 200, 405, True),
    "{meeting}/edit/": ("meeting-edit", 200, 200, False),
    "{meeting}/import/": ("meeting-import-into", 200, 200, False),
    "{meeting}/carry-over/": ("meeting-carry-over", 405, 302, False),
    "{meeting}/protocol/": ("meeting-write", 200, 200, False),
    "{meeting}/findings/new/": ("meeting-finding-new", 200, 200, False),
    "{meeting}/findings/{finding}/": ("meeting-finding", 200, 200, False),
    "{meeting}/findings/{finding}/photo/": ("meeting-photo", 404, 405, True),
    "{meeting}/findings/{finding}/instruction/": ("meeting-finding-instruct", 200, 200, False),
    "{meeting}/papers/{paper}/": ("meeting-paper", 200, 405, True),
    "{meeting}/papers/{paper}/add/": ("meeting-paper-add", 405, 422, False),
    "{meeting}/papers/{paper}/instruction/": ("meeting-paper-instruct", 200, 200, False),
    "{meeting}/papers/{paper}/mark/": ("meeting-paper-mark", 405, 422, False),
    "{meeting}/papers/{paper}/sign/": ("meeting-paper-sign", 200, 200, False),
    "{meeting}/papers/{paper}/correct/": ("meeting-paper-correct", 200, 200, False),
    "{meeting}/items/{item}/": ("meeting-item", 200, 200, False),
    "{meeting}/items/{item}/decide/": ("meeting-item-decide", 405, 404, False),
    "{meeting}/items/{item}/change/": ("meeting-item-change", 200, 200, False),
    "{meeting}/papers/{paper}/discard/": ("meeting-paper-discard", 200, 302, False),
}
ROUTES = {name for name, *_answers in PAGES.values()}


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_of_meetings(client, request, persona):
    meeting = MeetingFactory(visibility="public")
    paper = ProtocolFactory(meeting=meeting, number="", text="")
    item = ProtocolItemFactory(protocol=paper, state="proposed", kind="unclear")
    finding = FindingFactory(meeting=meeting)
    places = {"meeting": meeting.public_id, "paper": paper.pk, "item": item.pk, "finding": finding.pk}
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))

    answers = {
        (page, method): getattr(client, method)(f"/kk/meetings/{page.format(**places)}").status_code
        for page in PAGES
        for method in METHODS
    }

    assert answers == {
        (page, method): _expected(page, persona, method) for page in PAGES for method in METHODS
    }


def _expected(page, persona, method):
    _name, read, written, for_the_house = PAGES[page]
    if persona == "anonymous":
        return 302
    answer = read if method in {"get", "head"} else written if method == "post" else 405
    allowed = persona == "office" or (for_the_house and persona in {"leadership", "auditor"})
    return answer if allowed or answer == 405 else 403
