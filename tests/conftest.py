"""Personas, clients and the database that every test stands on."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from accounts.choices import Role
from accounts.models import Organisation, User
from alatau_portal.management.commands.load_alatau import load_all
from alatau_portal.open_data import editions
from core.api.throttles import ExportThrottle, WriteThrottle
from core.loading import Loading
from investors.services import enquiries
from tests import database
from tests.factories import OrganisationFactory, UserFactory

hypothesis.register_profile(
    "portal", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow], database=None
)
hypothesis.load_profile("portal")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = database.template()
        database.be(settings.OWNER_DATABASE)
    TransactionTestCase._fixture_teardown = lambda self: database.empty()  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The owner makes the database and removes it; in between tests are the application."""
    with django_db_blocker.unblock():
        database.let_tests_be_the_owner()
        database.be(database.APPLICATION)
    yield
    with django_db_blocker.unblock():
        database.be(settings.OWNER_DATABASE)


@pytest.fixture(scope="session")
def kept_city(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, Loading]]:
    """The name of a database that holds the real data, and what loading them did."""
    with django_db_blocker.unblock():
        loading = load_all()
        kept = database.keep("city")
        database.empty()
    yield kept, loading
    database.drop(kept)


@pytest.fixture(scope="session")
def published_city(kept_city: tuple[str, Loading], django_db_blocker: Any) -> Iterator[str]:
    """The same with an edition of the open data, whose files lie in the storage of all tests."""
    with django_db_blocker.unblock():
        database.bring_back(kept_city[0])
        editions.publish()
        kept = database.keep("published_city")
        database.empty()
    yield kept
    database.drop(kept)


@pytest.fixture(scope="module")
def city(kept_city: tuple[str, Loading], django_db_blocker: Any) -> Iterator[Loading]:
    """The real data; each test changes them in its own transaction."""
    name, loading = kept_city
    with django_db_blocker.unblock(), database.within(name), transaction.atomic():
        yield loading
        transaction.set_rollback(True)


def _caches() -> dict[str, Any]:
    """The cache in a database of each worker's own: some tests clear theirs, and all of it goes."""
    default = dict(settings.CACHES["default"])
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    place = str(default.get("LOCATION", ""))
    default["LOCATION"] = re.sub(r"(?<=db=)\d+$", lambda number: str(int(number[0]) + worker), place)
    return {"default": default}


@pytest.fixture(scope="session", autouse=True)
def _quick_and_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Passwords that cost nothing, files that stay out of DATA_DIR, static files without a manifest, no limits."""
    files = tmp_path_factory.mktemp("files")
    storages = {
        "default": {"BACKEND": "core.storage.WholeFiles", "OPTIONS": {"location": files}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    unlimited: list[Any] = [
        patch.object(throttle, "rate", "1000000/min", create=True)
        for throttle in (ExportThrottle, WriteThrottle)
    ]
    unlimited += [
        patch.object(enquiries, limit, 10**6) for limit in ("PER_NETWORK", "PER_EMAIL", "TOLD_AN_HOUR")
    ]
    plain = override_settings(
        PASSWORD_HASHERS=hashers, FILES_DIR=files, STORAGES=storages, MFA_ROLES=[], CACHES=_caches()
    )
    with plain, ExitStack() as stack:
        for patched in unlimited:
            stack.enter_context(patched)
        yield


@pytest.fixture
def at_commit(db: None) -> Callable[[], None]:
    """Judge what is judged at commit, now."""

    def judge() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return judge


@pytest.fixture
def mic(db: None) -> Organisation:
    """The ministry that leads both instructions of 29 September 2025."""
    return OrganisationFactory(code="mic", kind="state_body")


@pytest.fixture
def akimat(db: None) -> Organisation:
    return OrganisationFactory(code="akimat_almaty_region", kind="akimat")


@pytest.fixture
def caspian_group(db: None) -> Organisation:
    return OrganisationFactory(code="caspian_group", kind="company")


@pytest.fixture
def office(db: None) -> User:
    return UserFactory(username="office", role=Role.OFFICE)


@pytest.fixture
def second_office(db: None) -> User:
    """Publishing needs a second person."""
    return UserFactory(username="second_office", role=Role.OFFICE)


@pytest.fixture
def leadership(db: None) -> User:
    post = OrganisationFactory(code="deputy_prime_minister", kind="state_body")
    return UserFactory(username="leadership", role=Role.LEADERSHIP, organisation=post, may_sign=True)


@pytest.fixture
def auditor(db: None) -> User:
    return UserFactory(username="auditor", role=Role.AUDITOR)


@pytest.fixture
def executor(mic: Organisation) -> User:
    return UserFactory(username="executor", role=Role.EXECUTOR, organisation=mic, may_sign=True)


@pytest.fixture
def akimat_preparer(akimat: Organisation) -> User:
    return UserFactory(username="akimat_preparer", role=Role.EXECUTOR, organisation=akimat)


@pytest.fixture
def akimat_signer(akimat: Organisation) -> User:
    return UserFactory(username="akimat_signer", role=Role.EXECUTOR, organisation=akimat, may_sign=True)


@pytest.fixture
def investor(caspian_group: Organisation) -> User:
    return UserFactory(username="investor", role=Role.INVESTOR, organisation=caspian_group)


@pytest.fixture
def api() -> Callable[..., Any]:
    """api(user): a client of the API for this user or API client; api(): a visitor; api(token="…"): with a token."""
    from rest_framework.test import APIClient

    def client(user: Any = None, token: str = "") -> APIClient:
        made = APIClient()
        if user is not None:
            made.force_authenticate(user)
            made.credentials(HTTP_AUTHORIZATION="Bearer forced")  # as of everybody who signs in
        if token:
            made.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        return made

    return client
