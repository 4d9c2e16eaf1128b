"""Who uses the portal of the drill, over HTTP: one writes, one follows the feed, one signs in to the admin."""

import http.client
import json
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlsplit

TIMEOUT = 30
#: Below the limit of one client, 300 writes a minute.
PACE = 0.15
#: Of what the API's root names: no registers of objects, so the feed does not tell of them.
NOT_FOLLOWED = ("changes", "openapi", "docs", "figure-differences")


class Client:
    """Asks one portal as one account; addresses in what it reads are without the portal's own."""

    def __init__(self, home: str, token: str) -> None:
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.go_to(home)

    def go_to(self, home: str) -> None:
        self.home = home

    def ask(self, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        line = http.client.HTTPConnection(urlsplit(self.home).netloc, timeout=TIMEOUT)
        try:
            data = None if body is None else json.dumps(body)
            line.request("GET" if body is None else "POST", path, data, self.headers | headers)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read().decode().replace(self.home, ""))
        finally:
            line.close()

    def all_of(self, register: str) -> dict[str, Any]:
        """Every object of a register, by address."""
        found: dict[str, Any] = {}
        path = f"{register}?limit=200"
        while path:
            page = self._page(path)
            found |= {row["url"]: row for row in page["results"]}
            path = page["next"]
        return found

    def _page(self, path: str) -> Any:
        status, page = self.ask(path)
        if status != http.HTTPStatus.OK:
            raise SystemExit(f"{path} answers {status}: {page}")
        return page


class Writer(Client):
    """Registers instructions until the portal is gone. What was answered with 201 is acknowledged."""

    def __init__(self, home: str, token: str, name: str, issuer: str) -> None:
        super().__init__(home, token)
        self.name, self.issuer = name, issuer
        self.acknowledged: dict[str, float] = {}
        self.refused = ""
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._write, daemon=True)
        self.thread.start()

    def _write(self) -> None:
        number = 0
        while not (self.ended.is_set() or self.refused):
            number += 1
            said = f"{self.name}-{number}"
            body = {"text": dict.fromkeys(("kk", "ru", "en"), said), "issuer": self.issuer}
            try:
                status, answer = self.ask("/api/v1/instructions/", body, **{"Idempotency-Key": said})
            except (OSError, http.client.HTTPException, ValueError):
                continue  # the portal is being destroyed
            if status == http.HTTPStatus.CREATED:
                self.acknowledged[said] = time.time()
            elif (
                status < http.HTTPStatus.INTERNAL_SERVER_ERROR and status != http.HTTPStatus.TOO_MANY_REQUESTS
            ):
                self.refused = f"{status} {answer}"
            time.sleep(PACE)

    def stop(self) -> dict[str, float]:
        self.ended.set()
        self.thread.join()
        return self.acknowledged


class Follower(Client):
    """Keeps a copy of all that it may see, by the feed of changes."""

    def __init__(self, home: str, token: str) -> None:
        super().__init__(home, token)
        self.next = "/api/v1/changes/?limit=200"
        self.copy: dict[str, Any] = {}
        self.repeated = 0

    def follow(self) -> None:
        """Up to the present."""
        more = True
        while more:
            page = self._page(self.next)
            for told in page["results"]:
                self.repeated += told["op"] != "removed" and self.copy.get(told["url"]) == told["object"]
                if told["op"] == "removed":
                    self.copy.pop(told["url"], None)
                else:
                    self.copy[told["url"]] = told["object"]
            self.next, more = page["next"], page["more"]

    def wrong(self) -> list[str]:
        """Addresses where the copy is not what the registers show."""
        shown: dict[str, Any] = {}
        for name, register in self._page("/api/v1/").items():
            if name not in NOT_FOLLOWED:
                shown |= self.all_of(register)
        return sorted(one for one in self.copy.keys() | shown if self.copy.get(one) != shown.get(one))

    def is_told_to_begin_anew(self) -> bool:
        """It has seen what the portal no longer has, and the portal knows."""
        status, problem = self.ask(self.next)
        codes = [error["code"] for error in problem.get("errors", [])]
        return status == http.HTTPStatus.BAD_REQUEST and codes == ["lost"]


def signs_in(home: str, username: str, password: str) -> bool:
    """To the admin, with the password of before, by the form."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = f"{home}/en/accounts/login/"
    try:
        with opener.open(page, timeout=TIMEOUT) as answer:
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
        fields = {"login": username, "password": password, "csrfmiddlewaretoken": token[1] if token else ""}
        request = urllib.request.Request(page, urllib.parse.urlencode(fields).encode(), {"Referer": page})
        opener.open(request, timeout=TIMEOUT).close()
        with opener.open(f"{home}/admin/", timeout=TIMEOUT) as answer:
            return bool(answer.status == http.HTTPStatus.OK and urlsplit(answer.url).path == "/admin/")
    except urllib.error.HTTPError:
        return False
