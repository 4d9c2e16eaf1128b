"""Organisations, people, programs."""

from base64 import b64encode
from datetime import UTC, date, datetime
from typing import Any

import factory
from factory import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory
from psycopg.types.range import DateRange

from accounts.choices import OrganisationKind, Role
from accounts.models import (
    ApiClient,
    Invitation,
    Organisation,
    OrganisationSource,
    Substitution,
    User,
    WebhookBookmark,
    WebhookDelivery,
    WebhookEndpoint,
)
from accounts.services import make_demo_accounts
from accounts.services.demo import DEMO
from core.sealed import seal
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


#: With its form of Standard Webhooks: 32 bytes in base64.
SECRET = "whsec_" + b64encode(b"only for these tests, 32 bytes!!").decode()


class WebhookEndpointFactory(DjangoModelFactory):
    user = SubFactory(UserFactory)
    target = "https://hook.example.kz/alatau"
    watches = LazyFunction(lambda: [{"resource": "projects"}])
    secret = LazyFunction(lambda: seal(SECRET))

    class Meta:
        model = WebhookEndpoint


class WebhookDeliveryFactory(DjangoModelFactory):
    endpoint = SubFactory(WebhookEndpointFactory)
    message_id = Sequence(lambda n: f"msg_{n:032x}")
    event = Sequence(lambda n: f"change-{n}")
    kind = "webhook.ping"
    payload = '{"type":"webhook.ping"}'

    class Meta:
        model = WebhookDelivery


class WebhookBookmarkFactory(DjangoModelFactory):
    name = Sequence(lambda n: f"bookmark-{n}")
    mark = "1.00000001.1/1:1:"
    looked_at = datetime(2026, 3, 2, 12, tzinfo=UTC)

    class Meta:
        model = WebhookBookmark


def demo_people() -> dict[str, User]:
    """The demo accounts with their organisations, by name."""
    for code in {code for _name, _role, code, _signs in DEMO if code}:
        OrganisationFactory(code=code)
    make_demo_accounts()
    return {user.username: user for user in User.objects.all()}
