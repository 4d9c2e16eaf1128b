"""Everybody who reads, by name: for tables of who sees what."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import ApiClientFactory, OrganisationFactory, UserFactory

HOUSE = ("office", "leadership", "auditor")
OUTSIDE = (
    "executor",
    "akimat_preparer",
    "investor",
    "anonymous",
    "stranger",
    "foreign_investor",
    "client_of_investor",
)
EVERYBODY = (*HOUSE, *OUTSIDE)


def reader(name: str, request: pytest.FixtureRequest) -> Any:
    """The persona of conftest, or one that only such tables need."""
    match name:
        case "anonymous":
            return AnonymousUser()
        case "stranger":
            return UserFactory(
                username=name, role="executor", organisation=OrganisationFactory(code="stranger")
            )
        case "foreign_investor":
            return UserFactory(
                username=name, role="investor", organisation=OrganisationFactory(code="foreign")
            )
        case "client_of_investor":
            own = request.getfixturevalue("caspian_group")
            return ApiClientFactory(role="investor", organisation=own)
    return request.getfixturevalue(name)
