"""Whole registers as tests read them."""

import csv
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook

from tests.api.conftest import path_of


def body_of(response: Any) -> bytes:
    assert response.status_code == 200, response.content
    return response.getvalue()


def read_csv(client: Any, register: str, **query: str) -> list[dict[str, str]]:
    text = body_of(client.get(f"/api/v1/{register}.csv", query)).decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def read_xlsx(client: Any, register: str, **query: str) -> Any:
    return load_workbook(BytesIO(body_of(client.get(f"/api/v1/{register}.xlsx", query))))


def read_json(client: Any, register: str, **query: str) -> list[dict[str, Any]]:
    return client.get(path_of(register), {**query, "limit": "200"}).json()["results"]
