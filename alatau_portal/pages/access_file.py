"""Who has access, as a table for spreadsheets: a row for each account, each token and each open invitation."""

from collections.abc import Iterable
from typing import Any

from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from accounts.choices import Role
from accounts.models import ApiClient, Invitation, User
from core.api.columns import Column, Table
from core.api.fields import CodeField


class WayIn(TextChoices):
    ACCOUNT = "account", gettext_lazy("account")
    TOKEN = "token", gettext_lazy("token of the API")
    INVITATION = "invitation", gettext_lazy("open invitation")


def table(rows: Iterable[dict[str, Any]]) -> Table:
    text, day = serializers.CharField(), serializers.DateField()
    columns = [
        ("way", _("Way in"), CodeField(WayIn)),
        ("name", _("Name"), text),
        ("user_name", _("User name"), text),
        ("email", _("E-mail"), text),
        ("role", _("Role"), CodeField(Role)),
        ("organisation", _("Organisation"), text),
        ("may_come_in", _("May come in"), serializers.BooleanField()),
        ("until", _("Has access until"), day),
        ("may_sign", _("May sign"), serializers.BooleanField()),
        ("second_factors", _("Second factors"), serializers.IntegerField()),
        ("is_linked", _("Linked with the identity provider"), serializers.BooleanField()),
        ("last_seen_on", _("Last seen on"), day),
        ("scopes", _("Scopes"), text),
        ("acts_for", _("Acts for"), text),
    ]
    made = [
        Column(name, str(capfirst(label)), lambda row, name=name: row.get(name), field)
        for name, label, field in columns
    ]
    return Table(_("Who has access"), made, rows, "", "name")


def rows(
    people: Iterable[User], programs: Iterable[ApiClient], invitations: Iterable[Invitation]
) -> Iterable[dict[str, Any]]:
    for person in people:
        yield _account(person)
        for token in person.tokens:  # type: ignore[attr-defined]
            yield _token(token, person.username) | {"may_come_in": person.has_access}
    for program in programs:
        yield _token(program, "")
    for invitation in invitations:
        yield _common(WayIn.INVITATION, invitation) | {
            "name": invitation.full_name,
            "email": invitation.email,
            "until": _day(invitation.expires_at),
            "may_sign": invitation.may_sign,
        }


def _common(way: str, row: Any) -> dict[str, Any]:
    organisation = row.organisation.code if row.organisation else None
    return {"way": str(way), "role": row.role, "organisation": organisation, "may_come_in": True}


def _account(person: User) -> dict[str, Any]:
    return _common(WayIn.ACCOUNT, person) | {
        "name": person.full_name,
        "user_name": person.username,
        "email": person.email,
        "may_come_in": person.has_access,
        "until": _day(person.valid_until),
        "may_sign": person.may_sign,
        "second_factors": person.second_factors,
        "is_linked": bool(person.identities),  # type: ignore[attr-defined]
        "last_seen_on": _day(person.last_seen_on),
        "acts_for": "; ".join(row.person.username for row in person.acts_for),  # type: ignore[attr-defined]
    }


def _token(token: ApiClient, owner: str) -> dict[str, Any]:
    return _common(WayIn.TOKEN, token) | {
        "name": token.name,
        "user_name": owner,
        "until": _day(token.expires_at),
        "last_seen_on": _day(token.last_used_on),
        "scopes": "; ".join(token.scopes),
    }


def _day(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat()[:10]
