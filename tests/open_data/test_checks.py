"""The self-check refuses what is wrong, names the file and the place, and takes nothing for granted."""

import copy
import json

import pytest

from alatau_portal.open_data import checks

pytestmark = pytest.mark.django_db


def first(package):
    return next(one for one in package["projects"] if one.get("milestones") and one.get("parties"))


def put(name, value, of=first):
    def spoil(package):
        of(package)[name] = value

    return spoil


def drop(name, of=first):
    return lambda package: of(package).pop(name)


def same(package):
    return package


#: How a package is spoilt, and what the fault must name.
PACKAGES = {
    "a version with a patch level": (put("version", "0.9.5", same), "0.9.5"),
    "no publisher": (drop("publisher", same), "publisher"),
    "no projects": (put("projects", [], same), "projects"),
    "no id": (drop("id"), "id"),
    "another prefix": (put("id", "oc4ids-zzzzzz-ALT-P-0001"), "prefix"),
    "no prefix at all": (put("id", "ALT-P-0001"), "ALT-P-0001"),
    "an old code of a closed list": (put("status", "completed"), "completed"),
    "an empty list": (put("sector", []), "sector"),
    "an empty text": (put("title", ""), "title"),
    "null": (put("purpose", None), "purpose"),
    "a field of our own": (put("title_ru", "Проект"), "title_ru"),
    "a date without a time": (put("updated", "2026-01-01"), "updated"),
    "money without a currency": (put("budget", {"amount": {"amount": 1}}), "currency"),
    "a currency that is none": (put("budget", {"amount": {"amount": 1, "currency": "TNG"}}), "TNG"),
    "a reference to nobody": (put("publicAuthority", {"id": "nobody", "name": "x"}), "nobody"),
    "another language": (put("language", "en"), "language"),
    "a milestone twice": (
        lambda p: first(p)["milestones"].append(dict(first(p)["milestones"][0], title="x")),
        "twice",
    ),
    "a project twice": (lambda p: p["projects"].append(dict(p["projects"][0], title="x")), "twice"),
    "an invented status of a milestone": (put("status", "done", lambda p: first(p)["milestones"][0]), "done"),
    "other facts than the other languages": (put("type", "decommissioning"), "other facts"),
    "one project less": (lambda p: p["projects"].pop(), "other projects"),
}


def faults(made, name, spoil):
    spoilt = json.loads(made[name])
    spoil(spoilt)
    with pytest.raises(checks.Refused) as refused:
        checks.passed({**made, name: json.dumps(spoilt).encode()})
    return refused.value.faults


@pytest.mark.parametrize("case", PACKAGES)
def test_a_wrong_package_is_refused_and_the_fault_named(made, case):
    spoil, named = PACKAGES[case]

    found = faults(made, "oc4ids.ru.json", spoil)

    assert any(fault.startswith("oc4ids.ru.json") and named in fault for fault in found), found


SQUARE = [[77.0, 43.5], [77.1, 43.5], [77.1, 43.6], [77.0, 43.6], [77.0, 43.5]]
OUTLINES = {
    "clockwise": (SQUARE[::-1], "against the clock"),
    "latitude first": ([[lat, lon] for lon, lat in SQUARE], "not in Kazakhstan"),
    "not closed": (SQUARE[:-1], "closed"),
    "crossed": ([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]], "no valid geometry"),
    "elsewhere": ([[lon - 70, lat] for lon, lat in SQUARE], "not in Kazakhstan"),
}


@pytest.mark.parametrize("case", OUTLINES)
def test_a_wrong_outline_is_refused(made, case):
    ring, named = OUTLINES[case]

    def spoil(collection):
        collection["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [ring]}

    assert any(named in fault for fault in faults(made, "districts.geojson", spoil))


def test_an_outline_that_does_not_say_that_it_is_schematic_is_refused(made):
    found = faults(made, "districts.geojson", lambda c: c["features"][0]["properties"].pop("schematic"))

    assert any("schematic" in fault for fault in found)


TABLES = {
    "an unknown code": (lambda text: text.replace("identification", "finished"), "not in the list"),
    "a row twice": (lambda text: text + text.splitlines(keepends=True)[-1], "stands twice"),
    "another column": (lambda text: text.replace("public_id", "number", 1), "header"),
    "one byte more": (lambda text: text.replace("Iconic", "Iconic ", 1), "hash"),
}


@pytest.mark.parametrize("case", TABLES)
def test_a_wrong_table_is_refused(made, case):
    spoil, named = TABLES[case]

    with pytest.raises(checks.Refused) as refused:
        checks.passed({**made, "projects.csv": spoil(made["projects.csv"].decode()).encode()})

    assert any(named in fault for fault in refused.value.faults), refused.value.faults


@pytest.mark.parametrize(
    ("name", "body"),
    [("oc4ids.kk.json", b"{"), ("oc4ids.kk.json", b'{"projects": NaN}'), ("projects.csv", b"a,b\r\n1\r\n"),
     ("dcat.jsonld", b""), ("projects.geojson", b"\xff")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(made, name, body):
    with pytest.raises(checks.Refused, match=name):
        checks.passed({**made, name: body})


def test_a_file_that_the_catalogue_does_not_know_is_refused(made):
    with pytest.raises(checks.Refused, match="does not describe secret.json"):
        checks.passed({**made, "secret.json": b"{}"})


def test_the_catalogue_tells_size_and_hash_as_they_are(made):
    spoilt = copy.copy(made) | {"projects.geojson": made["projects.geojson"].replace(b"\n ", b"\n", 1)}

    with pytest.raises(checks.Refused) as refused:
        checks.passed(spoilt)

    assert any("projects.geojson is another" in fault for fault in refused.value.faults)
