"""The factories make rows that the database takes."""

import pytest
from django.db import connection

from core.apps import recorded_models
from tests.factories import FACTORIES


@pytest.mark.django_db
def test_every_factory_makes_a_right_row_twice(at_commit):
    for made in FACTORIES.values():
        made()
        made()
        at_commit()


def test_every_recorded_model_has_a_factory():
    assert {model._meta.db_table for model in recorded_models()} <= FACTORIES.keys()


@pytest.mark.django_db
def test_the_database_is_one_that_may_be_emptied():
    assert connection.settings_dict["NAME"].startswith("test_")


@pytest.mark.django_db
def test_personas_are_what_they_are_called(
    office, second_office, leadership, executor, akimat_preparer, akimat_signer, investor, auditor
):
    assert {user.username: user.role for user in (office, leadership, executor, investor, auditor)} == {
        "office": "office",
        "leadership": "leadership",
        "executor": "executor",
        "investor": "investor",
        "auditor": "auditor",
    }
    assert akimat_preparer.organisation == akimat_signer.organisation
    assert akimat_signer.may_sign
    assert not akimat_preparer.may_sign
    assert second_office != office
