"""Every register can be watched: a row of the ledger is told as the API tells the row itself."""

import pytest

from core.api import plain
from core.models import Change
from tests.factories import FACTORIES

pytestmark = pytest.mark.django_db


def test_a_row_of_the_ledger_is_told_as_the_row_is_and_as_the_api_answers(office):
    compared = 0
    for name, resource in plain.registers().items():
        row = FACTORIES[resource.model._meta.db_table]()
        row.refresh_from_db()
        told = plain.tell(resource, Change.objects.of(row).last().new)
        assert told == plain.told_of(resource, row), name
        seen = plain.shown(resource, office, row.pk)
        if seen is None:
            continue  # a draft of somebody
        answered = {field: seen.told[field] for field in told.keys() - plain.hidden(resource, seen, office)}
        assert {field: told[field] for field in answered} == answered, name
        compared += len(answered)
    assert compared > 100


def test_what_the_ledger_keeps_to_itself_is_no_field():
    for name, resource in plain.registers().items():
        columns = {column for found in plain.fields_of(resource).plain.values() for column in found}
        (record,) = (trigger for trigger in resource.model._meta.triggers if trigger.name == "record")
        assert not columns & {column for listed in record.arguments[1:3] for column in listed.split(",")}, (
            name
        )


def test_a_visitor_is_shown_nothing_of_what_is_not_public(office):
    from django.contrib.auth.models import AnonymousUser

    resource = plain.registers()["projects"]
    project = FACTORIES["districts_project"]()

    assert plain.shown(resource, AnonymousUser(), project.pk) is None
    assert plain.shown(resource, office, project.pk).row == project
