"""A client that follows the feed and keeps a copy of all that it may see; and what the registers show then."""

from typing import Any

from tests.api.conftest import REGISTERS, faults

FEED = "/api/v1/changes/"
EVERY = (
    *REGISTERS,
    *("extensions", "figure-disputes", "progress-reports", "uploads", "requests"),
)


class Copy:
    """`objects` by address; `told`: the entries of the last `follow`. `checks` each page by the OpenAPI file."""

    def __init__(self, client: Any, *, checks: bool = True, **query: Any) -> None:
        self.client, self.query, self.checks = client, query, checks
        self.next = ""
        self.objects: dict[str, Any] = {}
        self.told: list[dict[str, Any]] = []

    def page(self) -> bool:
        """One page; whether there is more."""
        answer = self.client.get(self.next) if self.next else self.client.get(FEED, self.query)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        assert not (self.checks and faults(FEED, page))
        self.next = "/" + page["next"].split("/", 3)[3]
        addresses = [entry["url"] for entry in page["results"]]
        assert len(addresses) == len(set(addresses)) <= int(self.query.get("limit", 50))
        for entry in page["results"]:
            self.take(entry)
        self.told += page["results"]
        return page["more"]

    def take(self, entry: dict[str, Any]) -> None:
        if entry["op"] == "removed":
            assert entry["object"] is None and entry["version"] is None
            self.objects.pop(entry["url"], None)
        else:
            assert entry["object"]["url"] == entry["url"]
            self.objects[entry["url"]] = entry["object"]

    def follow(self) -> list[tuple[str, str, str]]:
        """Until there is no more: (register, id, operation)."""
        self.told = []
        while self.page():
            pass
        return [(entry["resource"], entry["id"], entry["op"]) for entry in self.told]

    def lacks(self) -> dict[str, tuple[Any, Any]]:
        """Where the copy is not what the registers show: {} when it is exact."""
        shown = everything(self.client, self.query.get("resource", ",".join(EVERY)).split(","))
        both = self.objects.keys() | shown.keys()
        pairs = {address: (self.objects.get(address), shown.get(address)) for address in both}
        return {address: pair for address, pair in pairs.items() if pair[0] != pair[1]}


def everything(client: Any, registers: Any = EVERY) -> dict[str, Any]:
    """All objects that the lists of the registers show, by address."""
    found = {}
    for register in registers:
        address = f"/api/v1/{register}/?limit=200"
        while address:
            page = client.get(address).json()
            found |= {row["url"]: row for row in page["results"]}
            address = page["next"] and "/" + page["next"].split("/", 3)[3]
    return found
