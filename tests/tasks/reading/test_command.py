"""manage.py import_protocol: JSON and nothing else, and nothing written."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.models import Change
from districts.models import Project
from tests.factories import OrganisationFactory
from tests.tasks.reading.plain import ROOT

RELEASE = ROOT / "tasks/data/press-release-2025-09-29.kk.txt"

pytestmark = pytest.mark.django_db


def _printed(file: Path, lang: str = "kk") -> str:
    out = StringIO()
    call_command("import_protocol", str(file), "--lang", lang, "--json", stdout=out)
    return out.getvalue()


def test_prints_json_by_the_names_of_the_register() -> None:
    OrganisationFactory(code="mic", abbreviation_kk="ӨҚМ")
    before = Change.objects.count()
    draft = json.loads(_printed(RELEASE))
    assert list(draft)[:4] == ["event", "districts", "projects", "organisations"]
    assert list(draft)[4:] == ["participants", "agenda", "instructions", "decisions", "notes", "unrecognised"]
    assert draft["event"]["date"] == "2025-09-29" and draft["event"]["kind"] == "project_office"
    assert draft["instructions"][0]["lead"] == "mic" and "mic" in draft["organisations"]
    assert Change.objects.count() == before and not Project.objects.exists()


def test_refuses_with_a_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    with pytest.raises(CommandError, match="no text in it"):
        _printed(empty)
    with pytest.raises(CommandError, match="cannot be read"):
        _printed(tmp_path / "none.txt")
    with pytest.raises(CommandError, match="en"):
        _printed(RELEASE, "en")
    with pytest.raises(CommandError, match="--json"):
        call_command("import_protocol", str(RELEASE), "--lang", "kk")
