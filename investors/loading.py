"""Loads investors, talks and the words of consent."""

from pathlib import Path

from core.loading import Loading, read
from investors.models import ConsentText, Investor, Talk

DATA = Path(__file__).parent / "data"


def load(loading: Loading) -> None:
    loading.load(Investor, read(DATA / "investors.yaml"), key=("organisation",), label="investors")
    loading.load(Talk, read(DATA / "talks.yaml"), label="talks")
    consents = read(DATA / "consents.yaml")
    loading.load(ConsentText, consents, key=("purpose", "number"), label="texts of consent")
