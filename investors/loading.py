"""Loads investors and talks."""

from pathlib import Path

from core.loading import Loading, read
from investors.models import Investor, Talk

DATA = Path(__file__).parent / "data"


def load(loading: Loading) -> None:
    loading.load(Investor, read(DATA / "investors.yaml"), key=("organisation",), label="investors")
    loading.load(Talk, read(DATA / "talks.yaml"), label="talks")
