"""Clients of the portal, as the API's guide tells them to be: a key for each write, repeated until it is answered."""

import http.client
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from alatau_portal.embedded.apart import Portal

GIVES_UP = 60.0  # seconds after which a client stops repeating
AGAIN = 0.2  # seconds between two tries
ANSWERS_WITHIN = 30.0
PAGES = ("/kk/", "/ru/projects/", "/en/districts/gate/", "/api/v1/projects/?limit=20", "/kk/search/?q=метро")


@dataclass
class Written:
    """One instruction: the name that its writer gave it, and what the portal said it had done."""

    number: str
    registered: str = ""  # the public id that was answered
    controlled: bool = False


@dataclass
class History:
    """What all clients saw; waits in seconds."""

    written: list[Written] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    cut_off: int = 0  # the connection ended without an answer
    given_up: int = 0
    refused: list[str] = field(default_factory=list)
    good: list[float] = field(default_factory=list)  # when there was an answer below 500
    longest_answer: float = 0.0
    longest_wait: float = 0.0  # of a write or a page, with all repeats, until it was answered

    @property
    def acknowledged(self) -> int:
        return sum(bool(one.registered) + one.controlled for one in self.written)

    def outages(self, since: float) -> list[tuple[float, float]]:
        """From when to when nobody had an answer for two seconds and more."""
        times = sorted(one - since for one in self.good)
        return [(one, two) for one, two in itertools.pairwise(times) if two - one > 2]

    @property
    def failures(self) -> int:
        return sum(number for status, number in self.statuses.items() if status >= 500)


class Clients:
    """Writers and readers in threads of their own, from `start` to `stop`."""

    def __init__(self, portal: Portal, tokens: list[str], seed: int, name: str) -> None:
        self.history = History()
        self._portal, self._seed, self._name = portal, seed, name
        self._host = urlsplit(portal.url).netloc
        self._over, self._lock = threading.Event(), threading.Lock()
        self._threads = [
            *(threading.Thread(target=self._writes, args=whose) for whose in enumerate(tokens)),
            *(threading.Thread(target=self._reads, args=(number,)) for number in range(2)),
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """What is on its way is brought to its end."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _writes(self, writer: int, token: str) -> None:
        number = 0
        while not self._over.is_set():
            number += 1
            one = Written(f"{self._name}-{self._seed}-{writer}-{number}")
            with self._lock:
                self.history.written.append(one)
            self._write(one, token)
            self._over.wait(0.3)

    def _write(self, one: Written, token: str) -> None:
        told = self._acknowledged(f"{one.number}-1", token, "instructions/", _new(one.number))
        if told is None:
            return
        one.registered = told["public_id"]
        address = f"instructions/{one.registered}/put_on_control/"
        one.controlled = self._acknowledged(f"{one.number}-2", token, address, TERM) is not None

    def _acknowledged(self, name: str, token: str, address: str, said: Any) -> Any:
        """The answer 2xx to a write, repeated under its key until there is one; None where it was refused."""
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "If-Match": "*",
            "Idempotency-Key": name,
        }
        body = json.dumps(said).encode()
        answer = self._until(lambda: self._ask("POST", f"/api/v1/{address}", body, headers), is_answer)
        if answer is None or not 200 <= answer[0] < 300:
            with self._lock:
                self.history.refused += [f"{name}: {answer[1][:300]!r}"] if answer else []
            return None
        return json.loads(answer[1])

    def _reads(self, reader: int) -> None:
        number = reader
        while not self._over.is_set():
            number += 1
            page = PAGES[number % len(PAGES)]
            self._until(partial(self._ask, "GET", page, None, {}), lambda status: status == 200)
            self._over.wait(0.1)

    def _until(self, ask: Callable[[], Any], is_good: Callable[[int], bool]) -> Any:
        """The first answer that is one, however often it takes; None where it takes too long."""
        began = time.monotonic()
        paused = 0.0
        while time.monotonic() - began < GIVES_UP:
            answer = ask()
            if answer and is_good(answer[0]):
                with self._lock:
                    waited = time.monotonic() - began - paused
                    self.history.longest_wait = max(self.history.longest_wait, waited)
                return answer
            pause = 2.0 if answer and answer[0] == 429 else AGAIN
            paused += pause if answer and answer[0] == 429 else 0  # its own haste, not a wait
            time.sleep(pause)
        with self._lock:
            self.history.given_up += 1
        return None

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes] | None:
        began = time.monotonic()
        line = http.client.HTTPConnection(self._host, timeout=ANSWERS_WITHIN)
        try:
            line.request(method, quote(path, safe="/?=&"), body, headers)
            response = line.getresponse()
            answer = response.status, response.read()
        except (OSError, http.client.HTTPException):
            answer = None
        finally:
            line.close()
        with self._lock:
            self.history.longest_answer = max(self.history.longest_answer, time.monotonic() - began)
            if answer:
                self.history.statuses[answer[0]] += 1
                self.history.good += [time.monotonic()] if answer[0] < 500 else []
            else:
                self.history.cut_off += 1
        return answer


def is_answer(status: int) -> bool:
    """Not one that says: later. 409 is what a repeat gets while the first of its key is still at it."""
    return status < 500 and status not in {409, 429}


def _new(number: str) -> dict[str, Any]:
    return {
        "number": number,
        "issuer": "deputy_prime_minister",
        "text": {"kk": f"{number} жобасын бекіту", "ru": f"Утвердить проект {number}"},
        "executors": [{"organisation": "mic", "role": "lead"}],
    }


TERM = {
    "due": "2099-03-02",
    "expected_result": {"kk": "Бекітілген жоба"},
    "reason": "Сынақ",  # these look alike, and the check may call them duplicates
}
