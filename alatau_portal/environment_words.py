"""The environment variables as words. Standard library only, as environment.py."""

from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit


class Words:
    """The variables, empty ones as if not given; what is malformed stops the start with a sentence that names it."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def text(self, name: str) -> str:
        return self._variables.get(name, "").strip()

    def _refuse(self, name: str, remedy: str) -> SystemExit:
        return SystemExit(f"{name}={self.text(name)!r} is not usable: {remedy}")

    def _url(self, name: str, remedy: str) -> SplitResult:
        try:
            parts = urlsplit(self.text(name))
            _ = parts.port
        except ValueError:
            raise self._refuse(name, remedy) from None
        return parts

    def number(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name) or str(default)
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise self._refuse(name, f"give a whole number from {low} to {high}.")
        return int(value)

    def switch(self, name: str, default: bool) -> bool:
        value = self.text(name) or str(int(default))
        if value not in ("0", "1"):
            raise self._refuse(name, "give 0 or 1.")
        return value == "1"
