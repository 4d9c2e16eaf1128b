"""Numbers of persons (IIN, ЖСН, ИИН) are asked for and kept nowhere."""

import re

import pytest
import yaml
from django.apps import apps
from django.conf import settings

from core.apps import recorded_models
from tests.refusals import sql

IIN = re.compile(r"(^|_)(iin|жсн|иин|zhsn|passport|birth)", re.I)


def test_no_column_is_called_so():
    named = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
    ]

    assert [name for name in named if IIN.search(name.rpartition(".")[2])] == []
    assert len(named) > 500


@pytest.mark.django_db
def test_no_column_of_the_database_is_called_so():
    columns = sql(
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
    )

    assert [name for (name,) in columns if IIN.search(name.rpartition(".")[2])] == []


def test_the_api_takes_and_gives_none():
    told = yaml.safe_load((settings.BASE_DIR / "docs" / "openapi.yml").read_text())
    names = {
        name for schema in told["components"]["schemas"].values() for name in schema.get("properties", {})
    }

    assert [name for name in names if IIN.search(name)] == []
    assert len(names) > 50


def test_no_form_has_such_a_field():
    found = [
        place.relative_to(settings.BASE_DIR).as_posix()
        for folder in ("templates", "investors", "accounts", "tasks", "districts", "core", "alatau_portal")
        for place in (settings.BASE_DIR / folder).rglob("*.*")
        if place.suffix in {".html", ".py", ".js"}
        and re.search(r'name="iin"|\biin\s*=\s*(forms|models)\.', place.read_text())
    ]

    assert found == []


@pytest.mark.parametrize("column", ["bin"])
def test_every_number_of_an_organisation_refuses_that_of_a_person(column):
    """Whoever adds a BIN adds the rule with it."""
    for model in recorded_models():
        if column in {field.name for field in model._meta.concrete_fields}:
            rules = {constraint.name for constraint in model._meta.constraints}
            assert f"{model._meta.db_table}_bin_of_a_company" in rules, model
