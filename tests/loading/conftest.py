"""The real data, loaded once for a module; each test changes it in its own transaction."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from alatau_portal.management.commands.load_alatau import load_all
from core.loading import Loading


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Loading]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_all()
        transaction.set_rollback(True)


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """say(districts.loading, "figures.yaml", change): from now on the file reads as `change` leaves it."""

    def change_file(app: Any, name: str, change: Callable[[Any], None]) -> None:
        real = app.read

        def read(path: Path) -> Any:
            content = real(path)
            if path.name == name:
                change(content)
            return content

        monkeypatch.setattr(app, "read", read)

    return change_file
