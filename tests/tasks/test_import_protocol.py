"""manage.py import_protocol: JSON and nothing else, or a draft; bad input is one sentence."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.models import Change
from tasks.models import Instruction, Meeting, Protocol
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
RELEASE = Path("tasks/data/press-release-2025-09-29.kk.txt")


def run(*arguments):
    out, told = StringIO(), StringIO()
    call_command("import_protocol", *map(str, arguments), stdout=out, stderr=told)
    return out.getvalue(), told.getvalue()


def test_json_is_all_that_is_printed_and_nothing_is_written(leadership):
    before = Change.objects.count()

    out, told = run(RELEASE, "--lang", "kk", "--json")

    reading = json.loads(out)
    assert told == ""
    assert {
        "event",
        "districts",
        "projects",
        "organisations",
        "agenda",
        "instructions",
        "unrecognised",
    } <= set(reading)
    assert (len(reading["agenda"]), len(reading["instructions"])) == (7, 2)
    assert Change.objects.count() == before


def test_save_drafts_it(db):
    out, told = run(RELEASE, "--lang", "kk", "--save")

    paper = Protocol.objects.get()
    assert out == ""
    assert f"/meetings/{paper.meeting.public_id}/papers/{paper.pk}/" in told
    assert (paper.kind, paper.source_file.name) == ("press_release", RELEASE.name)
    assert Change.objects.of(paper).get().actor == "system:import_protocol"
    assert not Instruction.objects.exists()

    with pytest.raises(CommandError, match="--again"):
        run(RELEASE, "--lang", "kk", "--save")
    run(RELEASE, "--lang", "kk", "--save", "--again", "--json")
    assert Protocol.objects.count() == 2


def test_a_protocol_calls_itself_so(tmp_path):
    file = tmp_path / "протокол.txt"
    file.write_bytes("ПРОТОКОЛ\nзаседания Проектного офиса\n1. Акимату обеспечить ввод.".encode("cp1251"))

    run(file, "--lang", "ru", "--save")

    paper = Protocol.objects.get()
    assert (paper.kind, paper.source_file) == ("protocol", None)


@pytest.mark.parametrize(
    ("content", "arguments", "words"),
    [
        (None, ["--json"], "cannot be read"),
        (b"", ["--json"], "a.txt"),
        (b"PK\x03\x04", ["--json"], "a.txt"),
        ("Ауа райы жақсы.".encode(), ["--save"], "--event"),
        ("Ауа райы жақсы.".encode(), [], "--json"),
    ],
)
def test_what_is_wrong_is_one_sentence(tmp_path, content, arguments, words):
    file = tmp_path / "a.txt"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError, match=words):
        run(file, "--lang", "kk", *arguments)
    assert not Meeting.objects.exists()


def test_what_the_text_does_not_say_is_given(tmp_path):
    OrganisationFactory()
    file = tmp_path / "a.txt"
    file.write_text("Ауа райы жақсы.", encoding="utf-8")

    run(file, "--lang", "kk", "--save", "--event", "council")

    assert Meeting.objects.get().kind == "council"
