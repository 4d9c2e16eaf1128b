"""The description: valid, in git, the same from the command and the server, and on a page without a foreign request."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import translation
from drf_spectacular.renderers import OpenApiYamlRenderer
from openapi_spec_validator import OpenAPIV31SpecValidator

from core.api.schema import EnglishGenerator, openapi
from tests.api.conftest import EXPORTS, INNER, RECEIPTS, REGISTERS, checker, faults

FILE = Path(__file__).parents[2] / "docs" / "openapi.yml"
PATHS = openapi().get("paths", {}).items()
#: Whole registers, and one table that is reckoned.
FILES = [*EXPORTS, "/api/v1/figure-differences.csv"]
OPERATIONS = [(path, operations["get"]) for path, operations in PATHS if "get" in operations]
WRITES = [(path, operations["post"]) for path, operations in PATHS if "post" in operations]


def test_the_file_in_git_is_what_the_code_says() -> None:
    assert OpenApiYamlRenderer().render(openapi(), renderer_context={}).decode() == FILE.read_text(), (
        "run: manage.py openapi"
    )


def test_the_server_gives_the_same_to_everybody(anonymous: Client, db: None) -> None:
    response = anonymous.get("/api/v1/openapi.json", headers={"accept-language": "kk"})

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response.json() == yaml.safe_load(FILE.read_text())


def test_it_does_not_depend_on_the_language_of_the_process() -> None:
    with translation.override("kk"):
        assert EnglishGenerator().get_schema(request=None, public=True) == openapi()


def test_it_is_valid_openapi() -> None:
    assert openapi()["openapi"] == "3.1.0"
    assert not list(OpenAPIV31SpecValidator(json.loads(json.dumps(openapi()))).iter_errors())


def test_it_describes_every_register() -> None:
    described = {path for path, _operation in OPERATIONS}

    assert {path.split("/")[3] for path in described if path.endswith("/")} == {
        *REGISTERS,
        *INNER,
        *RECEIPTS,
        *("", "changes", "figure-differences"),
    }
    assert {path for path in described if not path.endswith("/")} == set(FILES)


@pytest.mark.parametrize(("path", "operation"), OPERATIONS, ids=[path for path, _operation in OPERATIONS])
def test_every_operation_declares_its_errors(path: str, operation: dict[str, Any]) -> None:
    expected = {"200", "304", "400", "401", "403", "406", "429", "500", "503"}
    expected |= {"404", "410"} if "{" in path else set()

    assert set(operation["responses"]) == expected
    assert operation["description"]
    assert "ETag" in operation["responses"]["200"]["headers"]
    assert operation["security"] == [{"token": []}, {}]


@pytest.mark.parametrize(("path", "operation"), WRITES, ids=[path for path, _operation in WRITES])
def test_every_write_declares_its_body_and_its_errors(path: str, operation: dict[str, Any]) -> None:
    expected = {"400", "401", "403", "406", "409", "413", "415", "422", "429", "500", "503"}
    expected |= {"404", "410", "412", "428"} if "{" in path else set()
    made = set(operation["responses"]) - expected

    assert made in ({"200"}, {"201"}, {"200", "201"}, {"204"}) and expected <= set(operation["responses"])
    for status in made:
        headers = {"Idempotency-Replayed"} | ({"Location"} if status == "201" else set())
        if not path.endswith(("/enquiries/", "/bundle/", "/bulk/")) and status != "204":
            headers |= {"ETag"} | ({"Content-Location"} if status == "200" else set())
        assert set(operation["responses"][status]["headers"]) == headers
    named = [parameter.get("$ref", "").rpartition("/")[2] for parameter in operation["parameters"]]
    assert "Idempotency-Key" in named and ("If-Match" in named) == ("{" in path)
    assert operation["summary"] and operation["description"]
    assert operation["security"] == [{"token": []}, *([{}] if path == "/api/v1/enquiries/" else [])]
    assert [parameter.get("$ref", "path") for parameter in operation["parameters"]].count("path") == (
        "{" in path
    )
    for media_type, content in operation["requestBody"]["content"].items():
        described = openapi()["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]
        assert described["additionalProperties"] is False
        for example in content.get("examples", {}).values():
            assert media_type == "application/json"
            assert not list(checker(json.dumps(content["schema"])).iter_errors(example["value"]))


def test_pieces_of_files_declare_their_errors() -> None:
    described = openapi()["paths"]["/api/v1/uploads/{client_uuid}/"]
    common = {"204", "400", "401", "403", "404", "406", "409", "410", "429", "500", "503"}

    assert set(described["patch"]["responses"]) == common | {"411", "412", "413", "415", "422"}
    assert set(described["delete"]["responses"]) == common | {"412", "428"}
    headers = {one["name"]: one for one in described["patch"]["parameters"] if "name" in one}
    assert headers["Upload-Offset"]["required"] and not headers["If-Match"]["required"]
    assert {"$ref": "#/components/parameters/If-Match"} in described["delete"]["parameters"]


def test_every_verb_is_described() -> None:
    """In words of interface.md 3."""
    verbs = {
        "instructions": {
            "amend", "put_on_control", "accept_assignment", "refuse_assignment", "reassign", "start", "contribute",
            "report", "return", "propose_removal", "accept", "remove_part", "cancel", "request_extension", "split",
        },
        "extensions": {"take_up", "grant", "refuse", "withdraw", "correct"},
        "progress-reports": {"complete", "submit", "return", "accept", "correct", "discard"},
        "reporting-periods": {"lock", "reopen"},
        "uploads": {"caption"},
        "figure-disputes": {"decide", "withdraw"},
        "requests": {"reply", "close", "withdraw"},
        "webhooks": {"amend", "rotate", "pause", "resume", "test", "replay", "remove"},
    }  # fmt: skip
    expected = {f"/api/v1/{name}/{{}}/{verb}/" for name, those in verbs.items() for verb in those}
    expected |= {
        f"/api/v1/{name}/"
        for name in (
            "instructions",
            "enquiries",
            "figure-disputes",
            "progress-reports",
            "uploads",
            "webhooks",
        )
    }
    expected |= {"/api/v1/progress-reports/bundle/", "/api/v1/instructions/bulk/"}

    assert {re.sub(r"{\w+}", "{}", path) for path, _operation in WRITES} == expected


def test_its_examples_are_as_it_says() -> None:
    shown = 0
    for path, operation in OPERATIONS:
        for content in operation["responses"]["200"]["content"].values():
            for example in content.get("examples", {}).values():
                assert not faults(path, example["value"]), path
                shown += 1
    answers = dict(openapi()["components"]["responses"])
    assert "content" not in answers.pop("Unchanged")
    for response in answers.values():
        assert not faults("/api/v1/", response["content"]["application/problem+json"]["example"], "400")

    assert shown >= 2 * len(REGISTERS)


def test_the_page_asks_no_other_host(anonymous: Client, db: None) -> None:
    response = anonymous.get("/api/docs/")
    page = response.content.decode()
    policy = response["Content-Security-Policy"]

    assert response.status_code == 200
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", page)
    assert "<script>" not in page and "style=" not in page
    assert "script-src 'self'" in policy and "default-src 'none'" in policy

    (script,) = re.findall(r'src="(/api/docs/[^"]*)"', page)
    code = anonymous.get(script)
    assert code["Content-Type"].startswith("application/javascript")
    assert "/api/v1/openapi.json" in code.content.decode().replace("\\u002D", "-")
