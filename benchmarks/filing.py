"""500 progress reports with three photos each by twenty clients of the API at once, a third of the requests repeated.

On a portal of its own (`make bench`). Each client signs for the same akimat with a token of its own and does what a
phone does: save, announce each photo, send it in pieces, mark as complete, submit with the files that have to be there.
Every third request is sent a second time: half of these while the first one still runs, half after its answer, as if it
were lost. Then the portal is asked, from inside, what it holds: nothing is to be there twice, nothing may be missing,
and every photo is read back and compared by its SHA-256. What runs inside it is `benchmarks/filing_inside.py`.
"""

import base64
import hashlib
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from random import Random
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from alatau_portal.embedded.apart import Portal
from alatau_portal.embedded.checks import FOREIGN
from alatau_portal.environment import ROOT

PORTAL = "bench-filing"
REPORTS, PHOTOS, CLIENTS = 500, 3, 20
#: Bytes of a piece; seconds of the comparison with constant bytes.
PIECE, SECONDS = 64 * 1024, 3.0
CONSTANT = "/health/live"
MONTHS = [date(year, month, 1) for year in (2022, 2023, 2024) for month in range(1, 13)]
VALUES = [
    {"metric": "physical_progress", "value": "40"},
    {"metric": "financial_progress", "value": "35"},
    {"metric": "spent", "value": "1500000", "currency": "KZT"},
    {"metric": "jobs_construction", "value": 120},
    {"metric": "jobs_permanent", "mark": "not_applicable"},
    {"metric": "jobs_local", "mark": "no_data"},
]


class Filed(NamedTuple):
    """What was sent, and what came of it. `per_second` and `constant` are answers a second of the same clients."""

    reports: int
    files: int
    megabytes: float
    requests: int
    repeated: int
    waits: int
    failures: int
    duplicates: int
    lost: int
    seconds: float
    per_second: float
    constant: float

    name = "reports by twenty clients"

    @property
    def is_over(self) -> bool:
        return bool(self.failures or self.duplicates or self.lost)


class Client:
    """One program with its token: what it says, it says again every third time."""

    def __init__(self, home: str, token: str, seed: int) -> None:
        self.host = urlsplit(home).netloc
        self.headers = {"Authorization": f"Bearer {token}"}
        self.luck = Random(seed)
        self.connections = [http.client.HTTPConnection(self.host, timeout=120) for _ in range(2)]
        self.beside = ThreadPoolExecutor(1)
        self.statuses: list[int] = []
        self.repeated = 0

    def ask(self, method: str, path: str, body: Any, **headers: str) -> tuple[int, Any, Any]:
        """(status, JSON or None, headers) of the first answer; of two at once, of the one that was taken."""
        again = self.luck.random()
        if again < 1 / 6:
            self.repeated += 1
            second = self.beside.submit(self._until_answered, 1, method, path, body, headers)
            first = self._until_answered(0, method, path, body, headers)
            return min(first, second.result(), key=lambda answer: answer[0])
        answer = self._until_answered(0, method, path, body, headers)
        if again < 1 / 3:
            self.repeated += 1
            self._until_answered(0, method, path, body, headers)
        return answer

    def _until_answered(
        self, line: int, method: str, path: str, body: Any, headers: Any
    ) -> tuple[int, Any, Any]:
        """Who is told to wait, waits as long as it is said."""
        while True:
            status, told, given = self._once(self.connections[line], method, path, body, headers)
            busy = status == http.HTTPStatus.CONFLICT and told["code"] in ("busy", "still_running")
            if status != http.HTTPStatus.TOO_MANY_REQUESTS and not busy:
                return status, told, given
            time.sleep(float(given["Retry-After"]) if "Retry-After" in given else 0.1)

    def _once(self, line: Any, method: str, path: str, body: Any, headers: Any) -> tuple[int, Any, Any]:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        line.request(method, f"/api/v1/{path}", content, self.headers | headers)
        answer = line.getresponse()
        read = answer.read()
        self.statuses.append(answer.status)
        return answer.status, json.loads(read) if read else None, answer.headers

    def post(self, path: str, key: str, body: Any) -> Any:
        sent = {"Content-Type": "application/json", "Idempotency-Key": key, "If-Match": "*"}
        status, told, _headers = self.ask("POST", path, body, **sent)
        if status not in (200, 201):
            raise SystemExit(f"{path} answers {status}: {told}")
        return told

    def file(self, project: str, period: str, number: int) -> list[str]:
        """One report from its first word to its number; the SHA-256 of its photos."""
        name = UUID(int=self.luck.getrandbits(128), version=4)
        said = {"client_uuid": str(name), "project": project, "period": period, "values": VALUES}
        report = self.post(
            "progress-reports/", str(name), said | {"text": f"Есеп {number}", "language": "kk"}
        )
        held = [self._photo(report["public_id"], photo(self.luck, number, place)) for place in range(PHOTOS)]
        here = f"progress-reports/{report['public_id']}/"
        self.post(here + "complete/", f"{name}-c", {})
        self.post(here + "submit/", f"{name}-s", {"files": held})
        return [one["sha256"] for one in held]

    def _photo(self, report: str, content: bytes) -> dict[str, Any]:
        name = str(UUID(int=self.luck.getrandbits(128), version=4))
        facts = {"client_uuid": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        about = {"report": report, "kind": "photo", "name": "photo.jpg", "caption": "Құрылыс алаңы"}
        offset = int(self.post("uploads/", name, facts | about)["offset"])
        while offset < len(content):
            piece = content[offset : offset + PIECE]
            digest = base64.b64encode(hashlib.sha256(piece).digest()).decode()
            sent = {"Upload-Offset": str(offset), "Upload-Checksum": f"sha256 {digest}"}
            kind = "application/offset+octet-stream"
            status, told, given = self.ask(
                "PATCH", f"uploads/{name}/", piece, **{"Content-Type": kind}, **sent
            )
            if status not in (204, 409):
                raise SystemExit(f"uploads/ answers {status}: {told}")
            offset = int(given["Upload-Offset"])
        return facts


def photo(luck: Random, number: int, place: int) -> bytes:
    """A JPEG of 60 to 200 KB like no other one."""
    from PIL import Image

    size = luck.randrange(110, 180)
    coarse = Image.frombytes("RGB", (size, size * 3 // 4), luck.randbytes(size * (size * 3 // 4) * 3))
    out = BytesIO()
    coarse.resize((1280, 960), Image.Resampling.BILINEAR).save(
        out, "JPEG", quality=72, comment=f"{number}-{place}".encode()
    )
    return out.getvalue()


def measure(portal: Portal) -> Filed:
    ready = _inside(portal, "prepare", "")
    work = ready["owed"][:REPORTS]
    clients = [Client(portal.url, token, seed) for seed, token in enumerate(ready["tokens"])]
    sent: list[str] = []
    started = time.monotonic()

    def go_on(place: int) -> None:
        for number in range(place, len(work), len(clients)):
            sent.extend(clients[place].file(*work[number], number))

    with ThreadPoolExecutor(len(clients)) as pool:
        for done in [pool.submit(go_on, place) for place in range(len(clients))]:
            done.result()
    seconds = time.monotonic() - started
    found = _inside(portal, "check", json.dumps(sent))
    statuses = [status for client in clients for status in client.statuses]
    return Filed(
        reports=found["reports"],
        files=found["files"],
        megabytes=found["bytes"] / 2**20,
        requests=len(statuses),
        repeated=sum(client.repeated for client in clients),
        waits=statuses.count(http.HTTPStatus.TOO_MANY_REQUESTS),
        failures=sum(status >= http.HTTPStatus.INTERNAL_SERVER_ERROR for status in statuses),
        duplicates=found["duplicates"],
        lost=found["lost"] + len(work) - found["reports"],
        seconds=seconds,
        per_second=len(statuses) / seconds,
        constant=_constant(portal.url),
    )


def _constant(home: str) -> float:
    """Answers a second with constant bytes, of as many clients."""
    counts: list[int] = []
    deadline = time.monotonic() + SECONDS

    def go_on() -> None:
        line, number = http.client.HTTPConnection(urlsplit(home).netloc, timeout=30), 0
        while time.monotonic() < deadline:
            line.request("GET", CONSTANT)
            line.getresponse().read()
            number += 1
        counts.append(number)

    threads = [threading.Thread(target=go_on) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def _inside(portal: Portal, step: str, said: str) -> Any:
    """In a process that has the portal's settings."""
    own = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    words = [sys.executable, "-m", "benchmarks.filing_inside", step]
    own["DATA_DIR"] = str(portal.data_dir)
    done = subprocess.run(words, cwd=ROOT, env=own, input=said, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"Filing, {step}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])
