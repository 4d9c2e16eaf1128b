"""What a person sees of a publication: how the object stands, what would change, which steps are open to him."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.choices import Visibility
from core.text import LANGUAGES
from core.triggers import texts_of
from districts import publishable
from districts.choices import PublicationState as State
from districts.models import Publication
from districts.policies import may
from districts.services.standing import is_out, publication_of, standing_of


class Difference(NamedTuple):
    """A column, or a text in its languages: as the public reads it now, and as it would."""

    label: str
    old: list[str]
    new: list[str]
    languages: tuple[str, ...] = ()
    withheld: bool = False

    @property
    def pairs(self) -> list[tuple[str, str, str]]:
        names = self.languages or ("",)
        return list(zip(names, self.old, self.new, strict=True))


def with_draft(row: Any) -> Any:
    """The row as it would be with what waits in its draft; not to be saved."""
    publication = publication_of(row)
    return publishable.with_values(row, publication.changes) if publication else row


def stands(row: models.Model) -> str:
    """Changes with whatever changes its publication."""
    publication = publication_of(row)
    return f"{publication.version}" if publication else "0"


def facts_of(row: Any, publication: Publication | None = None) -> list[tuple[str, str]]:
    """Labels and values for whoever decides."""
    publication = publication or publication_of(row)
    facts = [(_("visibility"), str(row.get_visibility_display()))]
    if row.published_at and row.published_at > timezone.now():
        facts.append((_("public from"), _when(row.published_at)))
    if publication is None:
        return facts
    facts.append((_("publication"), publication.get_state_display()))
    for label, who, at in (
        (_("made ready by"), publication.ready_by, publication.ready_at),
        (_("published by"), publication.published_by, publication.published_at),
        (_("last changed by"), publication.drafted_by, publication.drafted_at),
        (_("taken down by"), publication.taken_down_by, publication.taken_down_at),
    ):
        if who:
            facts.append((label, f"{who}, {_when(at)}"))
    if held := [publishable.label(row, name) for name in publication.withheld]:
        facts.append((_("withheld"), ", ".join(held)))
    return facts


def _when(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""


def changes_of(row: Any, publication: Publication | None = None) -> list[Difference]:
    """What the next publication changes for the public; of what is not public, all that it would show."""
    publication = publication or publication_of(row) or standing_of(row)
    new = publishable.as_published(row, publication)
    if is_out(row):
        names = publishable.changed(row, new)
        return _differences(row, publishable.snapshot(row), new, names, publication.withheld)
    was = publication.snapshot or {}
    names = [name for name in publishable.columns(type(row)) if was.get(name) != publishable.value(new, name)]
    names = [name for name in names if was or not publishable.is_blank(publishable.value(new, name))]
    return _differences(row, was, new, names, publication.withheld)


def _differences(
    row: Any, was: Mapping[str, Any], new: Any, names: Iterable[str], withheld: Iterable[str]
) -> list[Difference]:
    found, seen, held = [], set(), set(withheld)
    texts = {name: text for text in texts_of(type(row)) for name in text}
    for name in names:
        if name in seen:
            continue
        text = texts.get(name)
        columns = text or [name]
        seen.update(columns)
        label = publishable.label(row, name)
        if text:
            label = label.rsplit(" (", 1)[0]
        found.append(
            Difference(
                str(capfirst(label)),
                [_told(row, one, was.get(one)) for one in columns],
                [_told(new, one, publishable.value(new, one)) for one in columns],
                LANGUAGES if text else (),
                bool(held & set(columns)),
            )
        )
    return found


def may_be_withheld(
    row: Any, publication: Publication | None = None
) -> tuple[list[tuple[str, str]], list[str]]:
    """(column, label) of what the object can do without in public, a text once; and which of them are withheld."""
    found: dict[str, str] = {}
    for name in publishable.optional(type(row)):
        first, *others = publishable.whole(type(row), name)
        label = publishable.label(row, first)
        found[first] = str(capfirst(label.rsplit(" (", 1)[0] if others else label))
    publication = publication or publication_of(row) or standing_of(row)
    return list(found.items()), [name for name in found if name in publication.withheld]


def _told(row: Any, name: str, value: Any) -> str:
    """A value of the column as its reader knows it."""
    field = row._meta.get_field(name)
    if publishable.is_blank(value):
        return ""
    if isinstance(field, models.ForeignKey):
        found = field.related_model._base_manager.filter(pk=value).first()
        return str(found or value)
    if isinstance(field, ArrayField):
        words = dict(field.base_field.flatchoices or ())
        return ", ".join(str(words.get(one, one)) for one in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.JSONField):
        return _told_json(value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(field, models.DecimalField | models.IntegerField):
        return number_format(field.to_python(value), use_l10n=True)
    return str(value)


def _told_json(value: Any) -> str:
    if isinstance(value, dict) and "type" in value:
        return _("drawing (%(type)s)") % {"type": value["type"]}
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def steps_open(row: Any, user: Any, publication: Publication | None = None) -> list[str]:
    """The steps that this person may take now, by their names in the address."""
    if not may(user, "publish"):
        return []
    publication = publication or publication_of(row) or standing_of(row)
    new = publishable.as_published(row, publication)
    is_for_some = row.visibility != Visibility.PUBLIC
    proposes = not is_out(row) or is_for_some or bool(publication.changes or publication.confirmed)
    open_ones = {
        "make-ready": publication.state != State.READY and proposes,
        "publish": publication.state == State.READY and publication.ready_by_id != user.user_id,
        "send-back": publication.state == State.READY,
        "discard-draft": is_out(row) and bool(publication.changes or publication.confirmed),
        "confirm-words": bool(publishable.stale(row, new, publication.confirmed)),
        "take-down": is_out(row),
    }
    return [step for step, is_open in open_ones.items() if is_open]
