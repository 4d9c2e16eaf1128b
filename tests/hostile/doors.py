"""Every door through which a file comes in, as the person who may use it; each is given a name and bytes."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.test_uploads import announced, begin, send
from tests.factories import (
    ConsentTextFactory,
    DistrictFactory,
    FigureFactory,
    MeetingFactory,
    ReportingDutyFactory,
)
from tests.hostile.files import File, picture
from tests.pages import test_enquiry as enquiry
from tests.pages.control import address, executing
from tests.pages.room import asked_by, thread, typed
from tests.pages.test_disputes import TYPED as DISPUTED
from tests.pages.test_meetings import at
from tests.tasks.progress_scene import ProgressScene

#: Sends a file of this name; what is answered.
type Door = Callable[[str, bytes], Any]
PDF = File("жоспар.pdf", lambda: b"%PDF-1.7 a plan")
PHOTO = File("жол.png", picture)
PIECE = 2**20
TEXT = "text/plain"


def _browser(user: Any = None) -> Client:
    made = Client(raise_request_exception=False, headers={"accept-language": "en"})
    if user is not None:
        made.force_login(user, "accounts.backends.Passwords")
    return made


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, TEXT)


def pieces(request: Any) -> Door:
    scene = ProgressScene(request)
    client, report = _browser(scene.akimat_preparer), scene.save()

    def door(name: str, content: bytes) -> Any:
        said = announced(scene, content, report=report, name=name, kind="document")
        answer = begin(client, said)
        for place in range(0, max(len(content), 1), PIECE):
            if answer.status_code >= 300:
                break
            answer = send(client, said, content[place : place + PIECE], place)
        return answer

    return door


def proofs(request: Any) -> Door:
    scene = ProgressScene(request)
    client, report = _browser(scene.akimat_preparer), scene.save()
    here = f"/en/report/proofs/{report.public_id}/"
    return lambda name, content: client.post(here, {"file": _file(name, content), "kind": "document"})


def _executing(request: Any) -> Any:
    people = (
        request.getfixturevalue(name) for name in ("office", "leadership", "executor", "akimat_preparer")
    )
    return executing(*people)


def report(request: Any) -> Door:
    here = address(_executing(request), "report", "en")
    client = _browser(request.getfixturevalue("executor"))
    said = {"kind": "interim", "text": "Built", "save": "1"}
    return lambda name, content: client.post(here, said | {"documents": [_file(name, content)]})


def report_by_api(request: Any) -> Door:
    row = _executing(request)
    client = request.getfixturevalue("api")(request.getfixturevalue("executor"))
    client.raise_request_exception = False
    here = f"/api/v1/instructions/{row.public_id}/report/"

    def door(name: str, content: bytes) -> Any:
        body = {"kind": "interim", "text": "Built", "act": _file(name, content)}
        return client.post(here, body, format="multipart", headers={"If-Match": "*"})

    return door


def dispute(request: Any) -> Door:
    figure = FigureFactory(chosen=True, visibility="public", project__visibility="public")
    user = request.getfixturevalue("akimat_preparer")
    ReportingDutyFactory(project=figure.project, organisation=user.organisation)
    here, client = f"/en/figures/{figure.project.public_id}/site_area/dispute/", _browser(user)
    return lambda name, content: client.post(here, DISPUTED | {"file": _file(name, content)})


def finding(request: Any) -> Door:
    here = at(MeetingFactory(), "findings", "new")
    client = _browser(request.getfixturevalue("office"))
    return lambda name, content: client.post(here, {"text_kk": "Жол", "photo": _file(name, content)})


def enquiry_file(request: Any) -> Door:
    ConsentTextFactory()
    request.getfixturevalue("monkeypatch").setattr("investors.enquiring.steps.QUICKEST", 0)
    return lambda name, content: enquiry.to_the_end(_browser(), file=_file(name, content))


def room(request: Any) -> Door:
    user = request.getfixturevalue("investor")
    row, client = asked_by(user), _browser(user)
    return lambda name, content: client.post(thread(row), typed(row, "The act", files=_file(name, content)))


def desk(request: Any) -> Door:
    row = asked_by(request.getfixturevalue("investor"))
    client = _browser(request.getfixturevalue("office"))
    return lambda name, content: client.post(
        thread(row, desk=True), typed(row, "The act", files=_file(name, content))
    )


def new_request(request: Any) -> Door:
    client = _browser(request.getfixturevalue("investor"))
    said = {"title": "Water", "kind": "utilities", "project": "", "text": "When?"}

    def door(name: str, content: bytes) -> Any:
        more = {"client_uuid": str(uuid4()), "files": _file(name, content)}
        return client.post("/en/room/requests/new/", said | more)

    return door


def document(request: Any) -> Door:
    client, district = _browser(request.getfixturevalue("office")), DistrictFactory()
    said = {"kind": "projectPlan", "name_kk": "Жоспар", "name_ru": "План", "published_precision": "unknown"}
    said |= {"version": "", "district": district.pk}
    return lambda name, content: client.post(
        "/admin/districts/document/add/", said | {"upload": _file(name, content)}
    )


def table(request: Any) -> Door:
    client = _browser(request.getfixturevalue("office"))

    def door(name: str, content: bytes) -> Any:
        kind = "1" if name.endswith(".csv") else "0"
        said = {"import_file": _file(name, content), "format": kind, "resource": "0", "why": "because"}
        return client.post("/admin/core/calendarday/import/", said)

    return door


def answers(request: Any) -> Door:
    client = _browser(ProgressScene(request).akimat_preparer)
    return lambda name, content: client.post("/en/report/files/", {"file": _file(name, content)})


def answers_by_api(request: Any) -> Door:
    client = _browser(ProgressScene(request).akimat_preparer)
    here = "/api/v1/progress-reports/bundle/"
    return lambda name, content: client.post(here, {"file": _file(name, content)})


def paper(request: Any) -> Door:
    client = _browser(request.getfixturevalue("office"))
    said = {"text": "", "language": "kk", "kind": "protocol", "once": "once"}
    return lambda name, content: client.post("/en/meetings/import/", said | {"file": _file(name, content)})


class Keeping(NamedTuple):
    """A door that keeps what comes, what it takes, and how it answers to what it refuses and to what it takes."""

    make: Callable[[Any], Door]
    good: File
    refused: set[int]
    taken: int


KEEPING = {
    "pieces of a report": Keeping(pieces, PDF, {400, 422}, 204),  # without a byte nothing is announced
    "proofs of a report": Keeping(proofs, PDF, {200}, 302),
    "report of an instruction": Keeping(report, PDF, {200}, 302),
    "report by the API": Keeping(report_by_api, PDF, {400}, 200),
    "dispute": Keeping(dispute, PDF, {200}, 302),
    "finding": Keeping(finding, PHOTO, {200}, 302),
    "enquiry": Keeping(enquiry_file, PDF, {200}, 200),
    "room": Keeping(room, PDF, {200}, 302),
    "new request": Keeping(new_request, PDF, {200}, 302),
    "desk": Keeping(desk, PDF, {200}, 302),
    "document": Keeping(document, PDF, {200}, 302),
}
#: Doors that only read, and how they answer.
READING: dict[str, tuple[Callable[[Any], Door], int]] = {
    "table of the admin": (table, 200),
    "answers by file": (answers, 200),
    "answers by the API": (answers_by_api, 400),
    "paper": (paper, 200),
}
