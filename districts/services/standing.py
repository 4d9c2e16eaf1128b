"""Where an object stands on its way to the public: read and written under a lock."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from core import ledger
from core.choices import Visibility
from core.exceptions import Forbidden
from districts import publishable
from districts.choices import PublicationState as State
from districts.models import Publication
from districts.policies import require
from districts.services.actors import Actor


def is_out(row: models.Model) -> bool:
    """Others than the house may read it, now or once its time has come: its row is what was published."""
    return row.visibility != Visibility.INTERNAL  # type: ignore[attr-defined]


def publication_of(row: models.Model) -> Publication | None:
    return (
        Publication.objects.of(row)
        .select_related("ready_by", "published_by", "drafted_by", "taken_down_by")
        .first()
    )


def standing_of(row: Any) -> Publication:
    """Of a row that nobody has brought on its way yet: what is public was published by the load."""
    began = State.PUBLISHED if is_out(row) else State.INTERNAL
    target = row.visibility if is_out(row) else Visibility.PUBLIC
    return Publication(model=row._meta.label_lower, object_id=row.pk, state=began, target=target)


def locked(row: Any, by: Actor) -> tuple[Any, Publication]:
    """Row first, then its publication: of two at once the second sees what the first did."""
    require(by, "publish")
    person_of(by)
    row = type(row)._base_manager.select_for_update().get(pk=row.pk)
    publication = Publication.objects.of(row).select_for_update(of=("self",)).first()
    return row, publication or standing_of(row)


def person_of(by: Actor) -> int:
    if by.user_id is None:
        raise Forbidden(_("Publishing is done by two persons: a program is none."))
    return by.user_id


def stale_words(row: models.Model, publication: Publication) -> list[str]:
    return publishable.stale(row, publishable.as_published(row, publication), publication.confirmed)


def record_drafted(row: models.Model, publication: Publication, by: Actor, verb: str, note: str) -> None:
    """What was made ready is not what would be published any more: it has to be made ready again."""
    if publication.state == State.READY:
        not_ready(row, publication)
    publication.drafted_by_id, publication.drafted_at = person_of(by), timezone.now()
    write(publication, by, verb, note)


def forget_draft(publication: Publication) -> None:
    publication.draft, publication.confirmed = {}, []
    publication.drafted_by, publication.drafted_at = None, None


def forget_ready(publication: Publication) -> None:
    publication.ready_by, publication.ready_at, publication.ready_version = None, None, None


def not_ready(row: models.Model, publication: Publication) -> None:
    down = State.UNPUBLISHED if publication.taken_down_at else State.INTERNAL
    publication.state = State.PUBLISHED if is_out(row) else down
    forget_ready(publication)


def write(publication: Publication, by: Actor, verb: str, note: str) -> None:
    with ledger.acting(by, verb, note):
        publication.save()
