"""Who acts for whom while somebody is away."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from accounts.models import ApiClient, Substitution, User
from accounts.policies import require
from core import ledger

DAY = timedelta(days=1)


@transaction.atomic
def appoint_substitute(
    *, by: User | ApiClient, person: User, substitute: User, since: date, until: date, act: str
) -> Substitution:
    """From the first to the last of these days the substitute has the person's rights over instructions, too."""
    require(by, "appoint_substitute")
    if until < since:
        raise ValidationError({"until": [_("The last day is not before the first.")]})
    row = Substitution(
        person=person, substitute=substitute, during=DateRange(since, until + DAY), act=act.strip()
    )
    row.full_clean()
    with ledger.acting(by, "appoint_substitute", row.act):
        row.save()
    return row


@transaction.atomic
def end_substitution(row: Substitution, *, by: User | ApiClient, last: date) -> Substitution:
    """The person is back: this is the last day on which somebody acts for him."""
    row = Substitution.objects.select_for_update().get(pk=row.pk)
    require(by, "end_substitution")
    if not row.during.lower <= last < row.during.upper:
        raise ValidationError({"last": [_("The last day lies within the days of the substitution.")]})
    row.during = DateRange(row.during.lower, last + DAY)
    with ledger.acting(by, "end_substitution"):
        row.save(update_fields=["during"])
    row.refresh_from_db()
    return row
