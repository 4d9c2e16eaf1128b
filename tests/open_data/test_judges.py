"""What outsiders say of the files: judges that nobody of us wrote, none of which asks the network."""

import json
import subprocess
import sys
from pathlib import Path

import feedparser
import geojson
import pytest
from django.conf import settings
from frictionless import Package
from geojson_validator import validate_geometries, validate_structure
from jsonschema import Draft4Validator, FormatChecker

from alatau_portal.open_data.checks.profile import PACKAGE
from core.text import LANGUAGES

pytestmark = pytest.mark.django_db

#: Data files of the standard and a program that judges by them; they lie beside the project, not in it.
SHARED = Path(settings.BASE_DIR).parent / "shared"
TOOL, SCHEMA = SHARED / "tools" / "check-oc4ids", SHARED / "oc4ids" / "schema" / "project-schema.json"


@pytest.fixture
def folder(made, tmp_path):
    for name, body in made.items():
        (tmp_path / name).write_bytes(body)
    return tmp_path


@pytest.fixture
def judge():
    if not TOOL.exists():
        pytest.skip(f"{TOOL} is not there: the packages were judged by our own checks only")
    return lambda file: subprocess.run(
        [sys.executable, TOOL, file], capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def standard():
    if not SCHEMA.exists():
        pytest.skip(f"{SCHEMA} is not there: our profile was not compared with the standard")
    return json.loads(SCHEMA.read_text())


def test_the_packages_are_what_the_standard_wants(folder, judge):
    running = [judge(folder / f"oc4ids.{language}.json") for language in LANGUAGES]

    assert [
        (one.returncode, one.stderr[-500:] + one.stdout[-500:]) for one in running if one.returncode
    ] == []


def test_the_judge_does_refuse_what_is_wrong(folder, judge):
    spoilt = json.loads((folder / "oc4ids.kk.json").read_text())
    spoilt["projects"][0] |= {"status": "completed", "sector": []}
    (folder / "wrong.json").write_text(json.dumps(spoilt))

    assert judge(folder / "wrong.json").returncode == 1


def test_our_profile_is_a_part_of_the_standard(standard):
    """Whatever passes our own check is known to the standard: its fields, and the codes of its closed lists."""
    assert list(_beyond(PACKAGE["properties"]["projects"]["items"], standard, standard, "project")) == []


def _beyond(ours, theirs, root, where):
    while "$ref" in theirs:
        theirs = root["definitions"][theirs["$ref"].rpartition("/")[2]]
    for name, field in ours.get("properties", {}).items():
        if name not in theirs.get("properties", {}):
            yield f"{where}/{name}: no such field"
        else:
            yield from _beyond(field, theirs["properties"][name], root, f"{where}/{name}")
    if "items" in ours:
        yield from _beyond(ours["items"], theirs["items"], root, f"{where}[]")
    if odd := set(ours.get("enum", ())) - set(theirs.get("enum", ours.get("enum", ()))):
        yield f"{where}: no such codes: {odd}"


def test_a_strict_reader_finds_no_unknown_field(made, standard):
    """As the standard's own tests read: any field that it does not know is an error."""
    _forbid_unknown(standard)
    reader = Draft4Validator(standard, format_checker=FormatChecker())

    for language in LANGUAGES:
        for project in json.loads(made[f"oc4ids.{language}.json"])["projects"]:
            assert [error.message for error in reader.iter_errors(project)] == []


def _forbid_unknown(node):
    if isinstance(node, dict):
        if "properties" in node:
            node.setdefault("additionalProperties", False)
        for value in node.values():
            _forbid_unknown(value)
    elif isinstance(node, list):
        for value in node:
            _forbid_unknown(value)


@pytest.mark.parametrize("name", ["projects.geojson", "districts.geojson"])
def test_the_maps_are_geojson(made, name):
    text = made[name].decode()

    assert geojson.loads(text).is_valid
    assert validate_structure(json.loads(text)) == {}
    found = validate_geometries(json.loads(text))
    assert (found["invalid"], found["problematic"]) == ({}, {})


def test_the_table_is_what_its_schema_says(folder):
    report = Package(str(folder / "datapackage.json")).validate()

    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert report.tasks[0].stats["rows"] == 17


def test_a_wrong_table_is_found(folder):
    table = folder / "projects.csv"
    table.write_text(table.read_text(newline="").replace("identification", "finished"), newline="")

    assert not Package(str(folder / "datapackage.json")).validate().valid


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feeds_are_atom(client, published, language):
    feed = feedparser.parse(client.get(f"/feeds/changes.{language}.xml").content)

    assert (feed.bozo, feed.version) == (False, "atom10")
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) > 0
    assert all(entry.link.startswith(settings.PUBLIC_URL) and entry.updated_parsed for entry in feed.entries)
