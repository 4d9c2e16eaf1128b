"""Editions of the open data: published when they pass every check, kept, and withdrawn where they must be."""

import logging
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from alatau_portal.models import STANDING, OpenDataEdition, OpenDataFile
from alatau_portal.open_data import checks, city, files, standing
from core import bookmarks, ledger, notices
from core.exceptions import Conflict, Forbidden
from core.text import Text

logger = logging.getLogger(__name__)

ACTOR = "system:open_data"
REFUSED = "open_data_refused"
#: A bookmark as old as that is renewed: the fewer changes since, the less it costs to ask.
RENEWED = timedelta(minutes=10)
#: Of what is wrong, as much as a notice tells.
TOLD = 5


@transaction.atomic
def publish(*, anew: bool = False) -> OpenDataEdition | None:
    """Make the files again where the register has changed, or whenever `anew`; publish them if they pass every check.

    The same content is the same edition. What does not pass is not published: the last good edition stays, the office
    is told. None where there is no good one.
    """
    _one_at_a_time()
    edition = standing.current()
    if edition and not anew and _needs_nothing(edition):
        return edition
    mark, next_at = bookmarks.bookmark(), city.next_embargo()
    now = timezone.now().replace(microsecond=0)
    read, since = city.read(), _first_published() or now
    made = files.make(read, edition.published_at, since) if edition else {}
    is_same = edition is not None and _hashes(made) == dict(edition.files.values_list("name", "sha256"))
    if not is_same:
        made = files.make(read, now, since)
    try:
        report = checks.passed(made)
    except checks.Refused as refused:
        _remember_refusal(edition, mark, refused.faults)
        return edition
    if edition and is_same:
        return _confirm(edition, mark, next_at)
    return _write(made, report, mark, next_at, now)


def keep_up() -> None:
    """What the beat does every few seconds; it costs one query where nothing has changed."""
    edition = standing.current()
    if edition is None:
        publish()
        return
    mark = standing.fresh(edition)
    if mark is None:
        publish()
    elif timezone.now() - edition.marked_at > RENEWED:
        OpenDataEdition.objects.filter(pk=edition.pk).update(mark=mark, marked_at=timezone.now())


def publish_daily(day: date) -> dict[str, Any]:
    """Check everything anew; what is current gets its permanent copy under this day, unless it has one already."""
    edition = publish(anew=True)
    if edition is None or edition.refused_at:
        return {"refused": len(edition.faults) if edition else 1}
    _date(edition, day)
    return {"edition": edition.pk, "day": str(edition.day)}


@transaction.atomic
def withdraw(edition: OpenDataEdition, *, by: Any, reason: Text, note: str = "") -> OpenDataEdition:
    """Remove the files of an edition for a legal or personal reason. Its address says since when and why, for ever.

    What must not be public is taken down in the register first: the next edition would hold it again.
    """
    if by.role != Role.OFFICE:
        raise Forbidden(_("Only the project office may do this."))
    edition = OpenDataEdition.objects.select_for_update().get(pk=edition.pk)
    if edition.withdrawn_at:
        raise Conflict(_("It was withdrawn already."))
    edition.withdrawn_at, edition.withdrawn_by_id, edition.reason = timezone.now(), by.user_id, reason
    edition.validate_constraints()
    with ledger.acting(by, "withdraw", note or str(reason)):
        edition.save(update_fields=["withdrawn_at", "withdrawn_by", "reason_kk", "reason_ru", "reason_en"])
        edition.files.all().delete()
    return edition


def holding(words: str) -> list[OpenDataEdition]:
    """Editions with a file that holds these words, the latest first: an identifier, a name."""
    found = OpenDataFile.objects.extra(where=["position(%s in body) > 0"], params=[words.encode()])
    return list(OpenDataEdition.objects.filter(files__in=found).distinct().order_by("-pk"))


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [ACTOR])


def _needs_nothing(edition: OpenDataEdition) -> bool:
    """Whoever waited for the lock finds the work done; what was refused is refused again."""
    return standing.fresh(edition) is not None or standing.was_refused_as_it_stands(edition)


def _first_published() -> datetime | None:
    return OpenDataEdition.objects.order_by("pk").values_list("published_at", flat=True).first()


def _hashes(made: dict[str, bytes]) -> dict[str, str]:
    return {name: sha256(body).hexdigest() for name, body in made.items()}


def _write(
    made: dict[str, bytes], report: dict[str, Any], mark: str, next_at: datetime | None, now: datetime
) -> OpenDataEdition:
    """The first edition has a permanent copy at once; superseded ones without a copy go."""
    with ledger.acting(ACTOR, "publish"):
        edition = OpenDataEdition.objects.create(
            published_at=now,
            made_for=standing.made_for(),
            report=report,
            mark=mark,
            marked_at=timezone.now(),
            next_at=next_at,
            checked_at=timezone.now(),
        )
        OpenDataFile.objects.bulk_create(
            OpenDataFile(
                edition=edition,
                name=name,
                content_type=files.TYPES[name],
                body=body,
                size=len(body),
                sha256=sha256(body).hexdigest(),
            )
            for name, body in made.items()
        )
        OpenDataEdition.objects.filter(day=None, withdrawn_at=None, pk__lt=edition.pk).delete()
    if not OpenDataEdition.objects.filter(day__isnull=False).exists():
        _date(edition, timezone.localdate())
    return edition


def _confirm(edition: OpenDataEdition, mark: str, next_at: datetime | None) -> OpenDataEdition:
    """The register says the same as before."""
    edition.mark, edition.next_at = mark, next_at
    edition.marked_at = edition.checked_at = timezone.now()
    edition.refused_at, edition.refused_mark, edition.faults = None, "", []
    edition.save(update_fields=STANDING)
    return edition


@transaction.atomic
def _date(edition: OpenDataEdition, day: date) -> None:
    """One permanent copy a day."""
    if edition.day is None and not OpenDataEdition.objects.filter(day=day).exists():
        edition.day = day
        with ledger.acting(ACTOR, "keep_copy"):
            edition.save(update_fields=["day"])


def _remember_refusal(edition: OpenDataEdition | None, mark: str, faults: list[str]) -> None:
    """The page says that the files are of an earlier day; the office is told once of the same faults."""
    logger.error("open data were not published: %s", "; ".join(faults[:TOLD]))
    if edition:
        edition.refused_at, edition.refused_mark, edition.faults = timezone.now(), mark, faults[:50]
        edition.save(update_fields=["refused_at", "refused_mark", "faults"])
    same = sha256("\n".join(faults).encode()).hexdigest()[:16]
    office = User.objects.office(timezone.localdate())
    notices.notify(
        REFUSED,
        office,
        event=f"open-data-{timezone.localdate()}-{same}",
        number=len(faults),
        faults=faults[:TOLD],
    )
