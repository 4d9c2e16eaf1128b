"""The rules of a row are asked in one query, and say what is broken in their own words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tasks.models import Executor
from tests.factories import InstructionFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def asked(row) -> int:
    with CaptureQueriesContext(connection) as seen:
        row.validate_constraints()
    return sum("_check" in one["sql"] for one in seen.captured_queries)


def test_a_row_that_keeps_them_is_asked_once():
    assert asked(InstructionFactory()) == 1


def test_what_is_broken_is_named_and_what_is_left_out_is_not_asked():
    row = InstructionFactory()
    row.due, row.state = date(2099, 3, 2), "cancelled"

    with pytest.raises(ValidationError) as caught:
        row.full_clean()

    assert sorted(caught.value.messages) == [
        "A due date moves only by a granted extension.",
        "Say why the instruction is cancelled.",
    ]
    with pytest.raises(ValidationError) as caught:
        row.validate_constraints(exclude={"cancelled_reason"})
    assert caught.value.messages == ["A due date moves only by a granted extension."]


def test_one_row_of_many_is_still_compared_with_the_others():
    instruction, organisation = InstructionFactory(), OrganisationFactory()
    facts = {"instruction": instruction, "organisation": organisation, "role": "co"}
    Executor(**facts).save()

    with pytest.raises(ValidationError, match="executes the instruction already"):
        Executor(**facts).full_clean()
