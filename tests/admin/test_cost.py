"""A list costs the same for five rows and for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.rows import ROWS, address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "model", [model for model in ROWS if model not in {"districts.District", "core.Change"}]
)
def test_the_list_costs_the_same_for_five_rows_and_for_many(browse, office, model):
    client, page = browse(office), address(model, "changelist")
    for _row in range(5):
        ROWS[model]()
    client.get(page)

    few = _queries(client, page)
    for _row in range(20):
        ROWS[model]()

    assert _queries(client, page) == few


def _queries(client, page):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)
