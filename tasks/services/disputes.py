"""Disputes of figures: filed by whoever knows better, decided by the office; the contested figure is never lost."""

from decimal import Decimal
from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation
from core import ledger
from core.choices import Qualifier, Visibility
from core.dates import PartialDate
from core.exceptions import Conflict
from core.files import BadFile, store
from core.models import Source, StoredFile
from core.text import LANGUAGES, Text
from districts.models import Figure
from districts.services import Dated, record_instead
from tasks.models import FigureDispute
from tasks.policies import Principal, require
from tasks.reporting_choices import DisputeState
from tasks.services import news
from tasks.services.steps import Actor, said, signer, worded


@transaction.atomic
def file_dispute(
    figure: Figure,
    *,
    by: Actor,
    value: Decimal,
    as_of: Dated,
    motive: str,
    language: str,
    value_max: Decimal | None = None,
    qualifier: str = Qualifier.EXACT,
    source_text: str = "",
    source_url: str = "",
    file: IO[bytes] | None = None,
    name: str = "",
) -> FigureDispute:
    """Say another value instead, in the unit of the figure, why, and by which source: words, an address or a `file`."""
    row = Figure.objects.select_for_update(of=("self",)).select_related("project").get(pk=figure.pk)
    principal = require(by, "file_dispute", row)
    organisation = principal.person.organisation
    _contestable(row, organisation)
    dispute = FigureDispute(  # type: ignore[misc]  # `as_of` is three columns
        figure=row,
        organisation=organisation,
        value=value,
        value_max=value_max,
        qualifier=qualifier,
        unit=row.unit,
        currency=row.currency,
        as_of=PartialDate.parse(as_of),
        motive=worded("motive", motive, _("Say why the figure is wrong.")),
        language=language,
        source_text=source_text.strip(),
        source_url=source_url.strip(),
        filed_by_id=by.user_id,
    )
    _sound(dispute, has_file=file is not None)
    with ledger.acting(by, "file_dispute", said(principal)):
        if file is not None:
            dispute.source_file = _kept(file, name, by)
        dispute.save()
    dispute.refresh_from_db()
    news.tell_of_dispute(dispute, by)
    return dispute


def _contestable(figure: Figure, organisation: Organisation) -> None:
    if not figure.chosen:
        raise Conflict(_("Another figure is shown by now: look at it again."))
    if FigureDispute.objects.open().filter(figure=figure, organisation=organisation).exists():
        raise Conflict(
            _("Your organisation contests this figure already: wait for the decision, or withdraw.")
        )


def _sound(dispute: FigureDispute, *, has_file: bool) -> None:
    """What the database would refuse, at its field; a value that says what is shown contests nothing."""
    errors: dict[str, list[str]] = {}
    if not (dispute.source_text or dispute.source_url or has_file):
        errors["source_text"] = [_("Name the source: in words, by its address or as a file.")]
    if not dispute.as_of.day:
        errors["as_of"] = [_("Say of which day the value is.")]
    if dispute.value is not None and dispute.value < 0:
        errors["value"] = [_("The number is not below nought.")]
    if dispute.value_max is not None and dispute.value_max <= dispute.value:
        errors["value_max"] = [_("The upper end of a range is above the lower one.")]
    figure = dispute.figure
    shown = (figure.value, figure.value_max, figure.qualifier, figure.as_of.day)
    if (dispute.value, dispute.value_max, dispute.qualifier, dispute.as_of.day) == shown:
        errors["value"] = [_("This is what is shown already.")]
    if errors:
        raise ValidationError(errors)
    dispute.full_clean(exclude=["figure", "source_file"], validate_constraints=False)


def _kept(file: IO[bytes], name: str, by: Actor) -> StoredFile:
    try:
        return store(file, name, uploaded_by_id=by.user_id)
    except BadFile as error:
        raise ValidationError({"file": [str(error)]}) from None


@transaction.atomic
def decide_dispute(dispute: FigureDispute, *, by: Actor, upheld: bool, note: str) -> FigureDispute:
    """Upheld, its value becomes the figure that is shown, and names whom it comes from; rejected, all stays."""
    row, principal = _begin(dispute, "decide_dispute", by)
    row.decided_by_id = signer(by)
    if row.decided_by_id == row.filed_by_id:
        raise Conflict(_("Nobody decides on his own dispute."))
    row.decision_note = worded("note", note, _("Say why it is so decided."))
    row.state = DisputeState.UPHELD if upheld else DisputeState.REJECTED
    row.decided_at = row.updated_at  # of whatever is said here the database keeps its own clock
    verb = "uphold_dispute" if upheld else "reject_dispute"
    with ledger.acting(by, verb, said(principal, row.decision_note)):
        if upheld:
            row.recorded = _recorded(row, by)
        row.save(update_fields=["state", "decided_by", "decided_at", "decision_note", "recorded"])
    row.refresh_from_db()
    news.tell_of_decision(row, by)
    return row


@transaction.atomic
def withdraw_dispute(dispute: FigureDispute, *, by: Actor) -> FigureDispute:
    """Its organisation says it no more; what it said stays readable."""
    row, principal = _begin(dispute, "withdraw_dispute", by)
    row.state = DisputeState.WITHDRAWN
    with ledger.acting(by, "withdraw_dispute", said(principal)):
        row.save(update_fields=["state"])
    row.refresh_from_db()
    return row


def _begin(dispute: FigureDispute, verb: str, by: Actor) -> tuple[FigureDispute, Principal]:
    """The locked row, not yet decided, and whose rights are used."""
    rows = FigureDispute.objects.select_for_update(of=("self",))
    row: FigureDispute = rows.select_related("figure", "organisation", "source_file").get(pk=dispute.pk)
    principal = require(by, verb, row)
    if not row.is_open:
        raise Conflict(_("This is no longer open: it is “%(state)s”.") % {"state": row.get_state_display()})
    return row, principal


def _recorded(dispute: FigureDispute, by: Actor) -> Figure:
    figure = Figure.objects.select_for_update().get(pk=dispute.figure_id)
    return record_instead(
        figure,
        by=by,
        value=dispute.value,
        value_max=dispute.value_max,
        qualifier=dispute.qualifier,
        as_of=dispute.as_of,
        source=_source(dispute) if figure.visibility != Visibility.INTERNAL else None,
        note=_whence(dispute),
    )


def _source(dispute: FigureDispute) -> Source:
    """What vouches for a published figure is public itself; of an internal figure only its note says whence it is."""
    source = Source(  # type: ignore[misc]  # `published` is three columns
        code=dispute.public_id,
        publisher=str(dispute.organisation.name)[:200],
        title=_named(dispute)[:400],
        addresses=[dispute.source_url] if dispute.source_url else [],
        published=dispute.as_of,
        language=dispute.language,
    )
    source.full_clean()
    source.save()
    return source


def _named(dispute: FigureDispute) -> str:
    file = dispute.source_file.name if dispute.source_file else ""
    return dispute.source_text or file or dispute.source_url


def _whence(dispute: FigureDispute) -> Text:
    """In the language in which it was filed, and the name of the organisation as that language has it."""
    names = dispute.organisation.name._asdict()
    told = f"{names[dispute.language] or dispute.organisation.name}: {_named(dispute)} ({dispute.public_id})"
    return Text(**{language: told if language == dispute.language else "" for language in LANGUAGES})
