"""An enquiry comes in: received once, promised an answer, acknowledged, and told to the office."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import files, ledger, notices, rates
from core.calendar import WorkingDays
from core.exceptions import Conflict, TooMany
from investors.choices import ConsentPurpose
from investors.domains import domain_of
from investors.intake import normal, refuse_faults
from investors.mails import acknowledge
from investors.models import ConsentRecord, ConsentText, Enquiry, EnquiryFile
from investors.receipts import new_receipt

#: A stranger has no name of the house's: the ledger says by which door it came.
ACTOR = "system:enquiry"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: Enquiries of one network in an hour and of one address in a day; mails to the office in an hour.
PER_NETWORK, PER_EMAIL, TOLD_AN_HOUR = 20, 5, 30
NEEDED = ("organisation_name", "country", "person_name", "email", "text")
ONCE = "investors_enquiry_client_uuid"


def submit_enquiry(
    *,
    client_uuid: UUID,
    language: str,
    consent: ConsentText | None,
    address: str,
    today: date,
    file: EnquiryFile | None = None,
    actor: Any = ACTOR,
    **facts: Any,
) -> Enquiry:
    """Receive an enquiry; sent twice (a double click, a resent form) it is the one that was received before.

    `address`: from where it came, counted by its network. `file`: the one that waits, if any. `facts`: its columns.
    ValidationError by field, BadFile, TooMany, or Conflict where the words consented to are over.
    """
    if before := Enquiry.objects.filter(client_uuid=client_uuid).first():
        return before
    try:
        with transaction.atomic(), ledger.acting(actor, "submit_enquiry"):
            return _receive(client_uuid, language, consent, address, today, file, facts)
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        return Enquiry.objects.get(client_uuid=client_uuid)  # the twin was quicker


def _receive(
    client_uuid: UUID,
    language: str,
    consent: ConsentText | None,
    address: str,
    today: date,
    file: EnquiryFile | None,
    facts: dict[str, Any],
) -> Enquiry:
    facts = {name: normal(value) if isinstance(value, str) else value for name, value in facts.items()}
    refuse_faults(facts)
    if missing := {name: [_("Fill in this field.")] for name in NEEDED if not facts.get(name)}:
        raise ValidationError(missing)
    if consent is None or consent != ConsentText.objects.in_force(ConsentPurpose.ENQUIRY, today):
        raise Conflict(_("The text of the consent has changed: read it again and agree to it."))
    enquiry = Enquiry(
        receipt=new_receipt(),
        client_uuid=client_uuid,
        language=language,
        promised_on=WorkingDays().add(today, settings.ENQUIRY_DAYS),
        domain=domain_of(facts.get("website", ""), facts.get("email", "")),
        **facts,
    )
    enquiry.clean_fields(exclude=["consent"])
    rates.count("enquiry-network", rates.network(address), PER_NETWORK, HOUR)
    rates.count("enquiry-email", enquiry.email.lower(), PER_EMAIL, DAY)
    enquiry.consent = ConsentRecord.objects.create(text=consent, language=language)
    if file:
        enquiry.file_name = (
            file.name
        )  # people put their names into it: the store and its history have the number
        enquiry.file = files.store(BytesIO(file.content), enquiry.receipt + PurePath(file.name).suffix)
        file.delete()
    enquiry.save(force_insert=True)
    enquiry.refresh_from_db(fields=["submitted_at"])
    acknowledge(enquiry)
    _tell_office(enquiry)
    return enquiry


def _tell_office(enquiry: Enquiry) -> None:
    """Under the bell and by mail, as long as they do not come in hundreds: the queue shows all of them anyway."""
    try:
        rates.count("enquiry-notice", "office", TOLD_AN_HOUR, HOUR)
    except TooMany:
        return
    office = User.objects.office(timezone.localdate())
    notices.notify("enquiry_received", office, event=f"enquiry-{enquiry.pk}", subject=enquiry)


@transaction.atomic
def ask_for_erasure(enquiry: Enquiry) -> Enquiry:
    """Whoever enquired withdraws the consent: the office is told to erase what it holds. Asked twice it is one."""
    row = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if row.erasure_asked_at or row.erased_at:
        return row
    now = timezone.now()
    row.erasure_asked_at = now
    with ledger.acting(ACTOR, "ask_for_erasure"):
        ConsentRecord.objects.filter(pk=row.consent_id, withdrawn_at=None).update(withdrawn_at=now)
        row.save(update_fields=["erasure_asked_at"])
        office = User.objects.office(timezone.localdate())
        notices.notify("erasure_asked", office, event=f"erasure-{row.pk}", subject=row)
    return row
