"""Loads the register of organisations."""

from pathlib import Path

from accounts.models import Organisation, OrganisationSource
from core.loading import Loading, read

DATA = Path(__file__).parent / "data"


def load(loading: Loading) -> None:
    """Companies, funds and institutes; then state bodies and akimats."""
    for name, label in (("companies", "companies and funds"), ("state_bodies", "state bodies and akimats")):
        loading.load_cited(Organisation, OrganisationSource, read(DATA / f"{name}.yaml"), label=label)
