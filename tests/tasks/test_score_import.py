"""manage.py score_import: the points on paper, and when it fails."""

from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db
COMMAND = "tasks.management.commands.score_import"
TEXT = """language: ru
genre: news
invented: true
text: |
  1 марта 2026 года построен мост.
expected:
  event: {kind: null, date: 2026-03-01}
  projects: [bridge]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "bridge.yaml").write_text(TEXT, "utf-8")
    return tmp_path


@pytest.fixture
def answer(monkeypatch):
    """What the reader answers, whatever it is asked; to be changed by the test."""
    project = ProjectFactory(code="bridge")
    project.refresh_from_db()
    event = {"kind": None, "date": "2026-03-01", "chair": None, "place": None}
    given = {
        "event": event,
        "districts": [],
        "projects": [project.public_id],
        "agenda": [],
        "instructions": [],
    }
    monkeypatch.setattr(f"{COMMAND}.read", lambda *of: SimpleNamespace(as_json=lambda: given))
    return given


def lines(capsys):
    return {" ".join(line.split()) for line in capsys.readouterr().out.splitlines()}


def test_it_prints_points_and_names_projects_by_code(folder, answer, capsys):
    call_command("score_import", folder)

    printed = lines(capsys)
    assert {"1 texts points of %", "date 1 1 100.0", "total 2 2 100.0", "projects 1 1 100.0"} <= printed
    assert "invented dates: 0" in printed


def test_it_fails_under_the_mark_and_tells_what_was_lost(folder, answer, capsys):
    answer["event"]["kind"] = "council"

    with pytest.raises(CommandError, match="95"):
        call_command("score_import", folder, "--failures")

    assert {"bridge: kind: council, expected None", "total 1 2 50.0"} <= lines(capsys)


def test_a_single_invented_date_is_enough_to_fail(folder, answer, capsys):
    for name in "abcdefghijklmnopqrst":
        (folder / f"{name}.yaml").write_text(TEXT, "utf-8")
    (folder / "z.yaml").write_text(TEXT.replace("2026-03-01", "null"), "utf-8")

    with pytest.raises(CommandError):
        call_command("score_import", folder)

    assert {"total 43 44 97.7", "invented dates: 1"} <= lines(capsys)


def test_a_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(CommandError, match="No texts"):
        call_command("score_import", tmp_path)
