"""Files of the real data that read otherwise."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


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
