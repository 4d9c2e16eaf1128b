"""An enquirer is taken on: an organisation of the register, an investor of the house, and whom to speak with."""

import re
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.choices import OrganisationKind, Role
from accounts.models import Organisation, User
from accounts.services import invite
from core import ledger
from core.choices import Confidence, Visibility
from core.dates import PartialDate
from core.exceptions import Conflict
from core.text import Text, fold
from investors.choices import EnquiryState, InvestorStage
from investors.models import Contact, Enquiry, Investor
from investors.services.duplicates import core_of
from investors.services.triage import begin

#: Two who take on at once come one after the other: the second sees what the first has made.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('investors.convert_enquiry'))"
#: Column of an enquiry → what it becomes as a need of the investor.
NEEDS = {
    "needs_hectares": "hectares",
    "needs_mw": "power_mw",
    "needs_water": "water_m3_day",
    "needs_rail": "rail",
}
LETTERS = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh sch _ y _ e yu ya".split(),
        strict=True,
    )
)


class Converted(NamedTuple):
    enquiry: Enquiry
    investor: Investor
    contact: Contact
    is_invited: bool


@transaction.atomic
def convert_enquiry(
    enquiry: Enquiry,
    *,
    by: User,
    retention_until: date,
    today: date,
    organisation: Organisation | None = None,
    name: Text | None = None,
    ticket_band: str = "",
    invited: bool = False,
    seen: int | None = None,
) -> Converted:
    """Of an organisation that the register has, or of a new one of this `name`; never a second of one BIN or name."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    row = begin(enquiry, "convert_enquiry", by, seen)
    if retention_until <= today:
        raise ValidationError({"retention_until": [_("A contact is kept until a day to come.")]})
    with ledger.acting(by, "convert_enquiry"):
        organisation = _picked(row, organisation) if organisation else _registered(row, name or Text())
        investor = _investor(row, organisation, ticket_band, today)
        contact = _contact(row, investor, retention_until)
        row.state, row.investor = EnquiryState.CONVERTED, investor
        row.handler = row.handler or by
        row.save(update_fields=["state", "investor", "handler"])
    if invited:
        _invite(row, organisation, by)
    row.refresh_from_db()
    return Converted(row, investor, contact, invited)


def _picked(row: Enquiry, organisation: Organisation) -> Organisation:
    """One that has no BIN yet gets that of the enquiry; another one is another company."""
    found = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if row.bin and found.bin and found.bin != row.bin:
        raise ValidationError(
            {"organisation": [_("This organisation has another BIN (%(bin)s).") % {"bin": found.bin}]}
        )
    if row.bin and not found.bin:
        _free_bin(row.bin, found)
        found.bin = row.bin
        found.save(update_fields=["bin"])
    return found


def _free_bin(bin: str, found: Organisation | None = None) -> None:
    holder = Organisation.objects.filter(bin=bin).first()
    if holder and holder != found:
        raise ValidationError(
            {
                "organisation": [
                    _("%(name)s has this BIN: choose it from the register.") % {"name": holder.name}
                ]
            }
        )


def _registered(row: Enquiry, name: Text) -> Organisation:
    name = Text(*(one.strip() for one in name))
    if not any(name):
        raise ValidationError({"name": [_("Write the name of the organisation, in one language at least.")]})
    if row.bin:
        _free_bin(row.bin)
    _is_new(name)
    organisation = Organisation(
        code=_code(row, name),
        kind=OrganisationKind.COMPANY,
        name=name,  # type: ignore[misc]  # three columns
        country=row.country,
        bin=row.bin or None,
        visibility=Visibility.INTERNAL,
    )
    organisation.full_clean()
    organisation.save()
    return organisation


def _is_new(name: Text) -> None:
    wanted = {core_of(one) for one in name if one}
    for held in Organisation.objects.only("code", "name_kk", "name_ru", "name_en", "aliases"):
        if wanted & {core_of(one) for one in (*held.name, *held.aliases) if one}:
            raise ValidationError(
                {"name": [_("%(name)s is in the register: choose it there.") % {"name": held.name}]}
            )


def _code(row: Enquiry, name: Text) -> str:
    """Of the letters of the name; a number where it is taken."""
    spelled = "".join(LETTERS.get(sign, sign) for sign in fold(name.en or name.ru or name.kk))
    code = re.sub(r"[^a-z0-9]+", "_", spelled).strip("_")[:50] or f"company_{row.pk}"
    taken = set(Organisation.objects.filter(code__startswith=code).values_list("code", flat=True))
    return next(one for one in (code, *(f"{code}_{n}" for n in range(2, 10_000))) if one not in taken)


def _investor(row: Enquiry, organisation: Organisation, ticket_band: str, today: date) -> Investor:
    """What is known of the needs stays; what was not known is taken from the enquiry."""
    investor = Investor.objects.select_for_update().filter(organisation=organisation).first()
    if investor is None:
        investor = Investor(  # type: ignore[misc]  # `as_of` is three columns
            organisation=organisation,
            stage=InvestorStage.PROSPECT,
            sectors=row.sectors,
            as_of=PartialDate.parse(today),
            confidence=Confidence.MEDIUM,
            visibility=Visibility.INTERNAL,
        )
    for need, asked in NEEDS.items():
        if getattr(investor, need) is None:
            setattr(investor, need, getattr(row, asked))
    investor.ticket_band = ticket_band or investor.ticket_band
    investor.full_clean()
    investor.save()
    return investor


def _contact(row: Enquiry, investor: Investor, retention_until: date) -> Contact:
    """One for each address: who is known already is kept as long as the later of both days."""
    held = Contact.objects.select_for_update().filter(investor=investor, email__iexact=row.email).first()
    if held is None:
        facts: dict[str, Any] = {
            one: getattr(row, one) for one in ("person_name", "position", "email", "phone", "language")
        }
        held = Contact(investor=investor, consent_id=row.consent_id, enquiry=row, **facts)
    held.retention_until = max(retention_until, held.retention_until or retention_until)
    held.full_clean()
    held.save()
    return held


def _invite(row: Enquiry, organisation: Organisation, by: User) -> None:
    try:
        invite(
            by=by,
            email=row.email,
            role=Role.INVESTOR,
            organisation=organisation,
            full_name=row.person_name,
            language=row.language,
        )
    except Conflict as error:
        raise ValidationError({"invited": [str(error)]}) from None
