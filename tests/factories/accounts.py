"""Organisations, people, programs."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory
from psycopg.types.range import DateRange

from accounts.choices import OrganisationKind, Role
from accounts.models import ApiClient, Invitation, Organisation, OrganisationSource, Substitution, User
from accounts.services import make_demo_accounts
from accounts.services.demo import DEMO
from tests.factories.core import SourceFactory
from tests.factories.values import hashed


class OrganisationFactory(DjangoModelFactory):
    code = Sequence(lambda n: f"organisation-{n}")
    kind = OrganisationKind.COMPANY
    name_kk = Sequence(lambda n: f"Ұйым {n}")
    name_ru = Sequence(lambda n: f"Организация {n}")
    name_en = Sequence(lambda n: f"Organisation {n}")

    class Meta:
        model = Organisation
        django_get_or_create = ("code",)


class OrganisationSourceFactory(DjangoModelFactory):
    organisation = SubFactory(OrganisationFactory)
    source = SubFactory(SourceFactory)

    class Meta:
        model = OrganisationSource


class UserFactory(DjangoModelFactory):
    username = Sequence(lambda n: f"user{n}")
    role = Role.OFFICE
    full_name = "Айгүл Серікқызы"
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.kz")
    password = "a password of tests"

    class Meta:
        model = User

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **facts: Any) -> User:
        return model_class.objects.create_user(**facts)


class InvitationFactory(DjangoModelFactory):
    email = Sequence(lambda n: f"invited{n}@example.kz")
    full_name = "Айгүл Серікқызы"
    role = Role.OFFICE
    token_hash = Sequence(hashed)
    expires_at = datetime(2099, 1, 1, tzinfo=UTC)

    class Meta:
        model = Invitation


class ApiClientFactory(DjangoModelFactory):
    name = Sequence(lambda n: f"program {n}")
    role = Role.OFFICE
    scopes = LazyFunction(lambda: ["read"])
    token_prefix = "alt_12345678"
    token_hash = Sequence(hashed)

    class Meta:
        model = ApiClient


class SubstitutionFactory(DjangoModelFactory):
    person = SubFactory(UserFactory)
    substitute = SubFactory(UserFactory)
    during = DateRange(date(2026, 7, 1), date(2026, 7, 15))
    act = "2026 ж. 25 маусымдағы № 17 бұйрық"

    class Meta:
        model = Substitution


def demo_people() -> dict[str, User]:
    """The demo accounts with their organisations, by name."""
    for code in {code for _name, _role, code, _signs in DEMO if code}:
        OrganisationFactory(code=code)
    make_demo_accounts()
    return {user.username: user for user in User.objects.all()}
