"""A whole register leaves as a file in memory that does not grow with it."""

import tracemalloc
from typing import Any

import pytest
from django.db import connection, models

from core.api import exports
from tests.database import as_owner
from tests.factories import SQUARE, DistrictFactory, LandPlotFactory, SourceFactory

FEW, MANY = 1_000, 10_000
#: What ten times the rows may add, in bytes: each is hundreds in the file.
MOST = 400_000
COPY = "INSERT INTO {table} ({columns}) SELECT {values} FROM {table} p, generate_series(%s, %s) n WHERE p.id = %s"
CHANGED = {
    "code": "'M' || n",
    "public_id": "'ALT-L-' || (100000 + n)",
    "addresses": "ARRAY['https://m.kz/' || n]",
}
ADDRESSES = {
    "csv": "/api/v1/sources.csv",
    "xlsx": "/api/v1/sources.xlsx",
    "geojson": "/api/v1/plots.geojson?fields=public_id,utilities",
}


def multiply(row: models.Model, first: int, last: int) -> None:
    """By SQL, without their history: as many as a real register would have in years."""
    kept = [field.column for field in row._meta.concrete_fields if not (field.generated or field.primary_key)]
    query = COPY.format(
        table=row._meta.db_table,
        columns=", ".join(f'"{column}"' for column in kept),
        values=", ".join(CHANGED.get(column, f'p."{column}"') for column in kept),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        as_owner(f"ALTER TABLE {row._meta.db_table} DISABLE TRIGGER USER")  # until the test is rolled back
        cursor.execute(query, [first, last, row.pk])


def highest(client: Any, address: str) -> tuple[int, int]:
    """The most that was held while the file was made and sent, and its size."""
    tracemalloc.start()
    try:
        answer = client.get(address)
        assert answer.status_code == 200 and answer.streaming
        size = sum(len(piece) for piece in answer.streaming_content)
        return tracemalloc.get_traced_memory()[1], size
    finally:
        tracemalloc.stop()


@pytest.mark.django_db
def test_ten_times_the_rows_take_no_more_memory(api: Any, monkeypatch: Any) -> None:
    """Measured without what a small file may take up in memory instead of on the disk (2 MB, IN_MEMORY)."""
    monkeypatch.setattr(exports, "IN_MEMORY", 20_000)
    assert set(ADDRESSES) == set(exports.FORMATS)
    client, source = api(), SourceFactory()
    plot = LandPlotFactory(district=DistrictFactory(), visibility="public", geometry=SQUARE, source=source)
    for address in ADDRESSES.values():
        client.get(address)  # what is made once and kept
    for row in (source, plot):
        multiply(row, 1, FEW)
    few = {suffix: highest(client, address) for suffix, address in ADDRESSES.items()}
    for row in (source, plot):
        multiply(row, FEW + 1, MANY)

    for suffix, address in ADDRESSES.items():
        memory, size = highest(client, address)
        assert size > 5 * few[suffix][1]
        assert memory - few[suffix][0] < MOST, f"{suffix}: {few[suffix][0]:,} → {memory:,} bytes"
