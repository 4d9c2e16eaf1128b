"""Forms of the portal's pages know their own fields and no table: what else is posted has nowhere to go.

The admin's forms, which are made of tables, are asked one by one (tests/admin/test_overposting.py).
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.forms.models import BaseModelForm
from django.urls import get_resolver
from django.views.generic.edit import ModelFormMixin

APPS = ("accounts", "alatau_portal", "core", "districts", "investors", "tasks")
#: What reads of a posted form more than the fields that it names: those that it knows are taken out of it.
ALL_OF_IT = {("tasks/views/register.py", "items")}
WHOLE = {"items", "values", "dict", "lists", "keys", "urlencode"}


def descendants(one: type) -> Iterator[type]:
    for below in one.__subclasses__():
        yield below
        yield from descendants(below)


def test_only_the_admin_makes_forms_of_tables() -> None:
    assert get_resolver().url_patterns
    made = {form.__module__ for kind in (BaseModelForm, ModelFormMixin) for form in descendants(kind)}
    ours = {name for name in made if name.split(".")[0] in APPS}

    assert {name for name in ours if "admin" not in name.split(".")[1]} == set()


def test_no_page_takes_over_whatever_is_posted() -> None:
    """`request.POST` is given to a form, or asked for one field by its name."""
    found = set()
    for app in APPS:
        for file in sorted((settings.BASE_DIR / app).rglob("*.py")):
            place = file.relative_to(settings.BASE_DIR).as_posix()
            found |= {(place, how) for how in _whole(file)}

    assert found == ALL_OF_IT


def _whole(file: Path) -> Iterator[str]:
    """How a posted form is read as a whole: by its method, or unpacked."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Attribute) and node.attr in WHOLE and _is_posted(node.value):
            yield node.attr
        if isinstance(node, ast.keyword) and node.arg is None and _is_posted(node.value):
            yield "**"
        if isinstance(node, ast.For | ast.comprehension) and _is_posted(node.iter):
            yield "for"


def _is_posted(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "POST"
