"""What somebody may see, as counts and ids: of every register of the API, by `visible_to` and nothing else."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import ApiClient, User
from core.api.resources import RESOURCES, Resource

ANONYMOUS = "anonymous"


class Seen(NamedTuple):
    """A register, and the rows of it that the reader may see."""

    resource: Resource
    rows: QuerySet

    @property
    def name(self) -> str:
        return self.resource.name

    def count(self) -> int:
        return self.rows.count()

    def ids(self) -> list[str]:
        """What its objects are called, in their order."""
        return list(self.names(self.rows.order_by("pk")).values())

    def names(self, rows: QuerySet) -> dict[int, str]:
        """What these rows are called, by their keys: by a column, or by what the model makes of several."""
        key = self.resource.key
        columns = {"pk", *(field.name for field in rows.model._meta.concrete_fields)}
        if key.partition("__")[0] in columns:
            return {pk: str(name) for pk, name in rows.values_list("pk", key)}
        return {row.pk: str(getattr(row, key)) for row in rows}


def seen_by(reader: Any) -> Iterator[Seen]:
    """Every register, in the order of the API."""
    from alatau_portal import api  # noqa: F401  fills the registry

    for resource in RESOURCES.values():
        yield Seen(resource, resource.model.objects.visible_to(reader))


def find(said: str) -> Any:
    """Whom these words name: a user name, `user:7`, `client:3` as the ledger writes them, or `anonymous`.

    Raises LookupError. A client that acts for a person sees what that person sees: it is he who is answered for.
    """
    kind, _colon, number = said.partition(":")
    key = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
    found: Any = None
    match kind:
        case "user" if key:
            found = User.objects.select_related("organisation").filter(pk=key).first()
        case "client" if key:
            found = (
                ApiClient.objects.select_related("organisation", "owner__organisation").filter(pk=key).first()
            )
        case _ if "\x00" not in said:
            found = User.objects.select_related("organisation").filter(username__iexact=said).first()
    if found is None and said == ANONYMOUS:
        return AnonymousUser()
    if found is None:
        raise LookupError(
            _("Nobody is called “%(said)s”: give a user name, user:7, client:3 or anonymous.")
            % {"said": said[:60]}
        )
    return found


def whose_eyes(found: Any) -> Any:
    """Through whose rights one that was found looks: a token of a person has the person's."""
    return getattr(found, "owner", None) or found


def comes_in(found: Any) -> bool:
    """Whether his way in is open today: a token's, while it is taken and whoever it acts for may come in himself."""
    if isinstance(found, ApiClient):
        holds = found.is_active and not found.is_over
        return holds and (found.owner is None or found.owner.has_access)
    return not isinstance(found, User) or found.has_access


def called(found: Any) -> str:
    """As `find` takes it."""
    if isinstance(found, ApiClient):
        return f"client:{found.pk}"
    return found.ledger_name if isinstance(found, User) else ANONYMOUS
