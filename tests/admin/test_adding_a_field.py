"""docs/adding-a-field.md says true: a field goes through no more than five files, and they are these."""

import re
from pathlib import Path

from districts.models import Project

GUIDE = Path("docs/adding-a-field.md").read_text()
FILES = re.findall(r"^\| \d \| `([^`]+)` \|", GUIDE, re.MULTILINE)


def test_no_more_than_five_files_are_written():
    assert 0 < len(FILES) <= 5


def test_the_field_that_the_guide_goes_by_goes_through_these_files():
    """`purpose` is the neighbour of the new field in each of them, and stands in no other of its kind."""
    assert [file for file in FILES if "purpose" not in Path(file).read_text()] == []
    assert {field.name for field in Project._meta.fields} >= {"purpose_kk", "purpose_ru", "purpose_en"}


def test_what_the_guide_names_is_there():
    named = re.findall(r"`([\w/]+\.(?:py|md|html|yml))`", GUIDE)

    everywhere = {path.name for path in Path().glob("*/**/*.py") if ".venv" not in path.parts}
    assert [name for name in named if not Path(name).exists() and name not in everywhere] == []
