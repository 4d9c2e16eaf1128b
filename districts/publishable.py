"""Of any object with a visibility: its columns as JSON and back, what may be withheld, what it lacks to be published.

An app names in `ready()` what of a model may be withheld, where that is not every optional text and number:
    publishable.withholdable(Opportunity, "sought", "closes_on")
"""

import json
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.choices import Visibility
from core.exceptions import Conflict
from core.models import Published
from core.text import LANGUAGES
from core.triggers import texts_of
from districts.models import Publication

#: What must stand in both before others than the house may read it.
REQUIRED = ("kk", "ru")
#: The database or the services keep these: no draft changes them.
KEPT = {"id", "version", "visibility", "published_at", "stale", "created_at", "updated_at", "is_demo"}
_CHOSEN: dict[str, tuple[str, ...]] = {}
_OPTIONAL = (
    models.CharField,
    models.TextField,
    models.DecimalField,
    models.IntegerField,
    ArrayField,
    models.JSONField,
)


def published_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, Published)]


def find(model: str, object_id: int) -> Any:
    """The row that a publication is about, or None: it was removed."""
    known = {kind._meta.label_lower: kind for kind in published_models()}
    return known[model]._base_manager.filter(pk=object_id).first() if model in known else None


def withholdable(model: type[models.Model], *columns: str) -> None:
    """Of this model only these may be withheld."""
    _CHOSEN[model._meta.label_lower] = columns


def columns(model: type[models.Model]) -> list[str]:
    """What a draft may hold: every column that somebody writes."""
    return [f.name for f in model._meta.concrete_fields if not f.generated and f.name not in KEPT]


def optional(model: type[models.Model]) -> list[str]:
    """What may be withheld: what the object can do without."""
    if (chosen := _CHOSEN.get(model._meta.label_lower)) is not None:
        return [name for column in chosen for name in whole(model, column)]
    fields = (model._meta.get_field(name) for name in columns(model))
    return [
        field.name
        for field in fields
        if isinstance(field, _OPTIONAL)
        and field.blank
        and field.editable
        and not field.name.startswith("basis_")
        and (field.null or field.has_default())
        and not getattr(field, "choices", None)
        and not field.unique
    ]


def may_withhold(model: type[models.Model], wanted: Iterable[str]) -> list[str]:
    """The columns, a text in all its languages; refused where one cannot be left out."""
    names = {name for column in wanted for name in whole(model, column)}
    if wrong := sorted(names - set(optional(model))):
        raise Conflict(_("This cannot be withheld: %(columns)s.") % {"columns": ", ".join(wrong)})
    return sorted(names)


def whole(model: type[models.Model], column: str) -> list[str]:
    texts = texts_of(model)
    return next((text for text in texts if column in text or f"{column}_kk" in text), [column])


def put(row: models.Model, name: str, value: Any) -> None:
    field = row._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        setattr(row, field.attname, None if value in (None, "") else getattr(value, "pk", value))
    else:
        setattr(row, name, field.to_python(value))  # type: ignore[union-attr]


def value(row: models.Model, name: str) -> Any:
    """A column as JSON holds it: two that are equal read the same."""
    field = row._meta.get_field(name)
    found = field.value_from_object(row)  # type: ignore[union-attr]
    if isinstance(field, models.DecimalField) and found is not None:
        return str(field.to_python(found).quantize(10 ** -field.to_python(field.decimal_places)))
    return json.loads(json.dumps(found, cls=DjangoJSONEncoder))


def empty(row: models.Model, name: str) -> None:
    field = row._meta.get_field(name)
    setattr(row, name, None if field.null else field.get_default())  # type: ignore[union-attr]


def is_blank(found: Any) -> bool:
    return found in (None, "", [], {})


def with_values(row: models.Model, values: Mapping[str, Any]) -> Any:
    new = copy(row)
    for name, held in values.items():
        put(new, name, held)
    return new


def as_published(row: models.Model, publication: Publication) -> Any:
    """The row as others than the house would read it."""
    new = with_values(row, publication.changes)
    for name in publication.withheld:
        empty(new, name)
    return new


def changed(row: models.Model, new: models.Model) -> list[str]:
    return [name for name in columns(type(row)) if value(row, name) != value(new, name)]


def snapshot(row: models.Model) -> dict[str, Any]:
    return {name: value(row, name) for name in columns(type(row))}


def stale(row: Any, new: models.Model, confirmed: Iterable[str]) -> list[str]:
    """Whose words will be stale once the row is as the new one: the database is asked, as it will be then."""
    if not hasattr(row, "stale"):
        return []
    texts = texts_of(type(row))
    was, becomes = ({name: value(it, name) for text in texts for name in text} for it in (row, new))
    query = "SELECT core_mark_stale(%s::jsonb, %s::jsonb, %s::jsonb, %s::text[])"
    with connection.cursor() as cursor:
        cursor.execute(query, [json.dumps(was), json.dumps(becomes), json.dumps(texts), row.stale])
        return sorted(set(cursor.fetchone()[0]) - set(confirmed))


def unrenewed(model: type[models.Model], names: Iterable[str]) -> set[str]:
    """Every column of the texts that these columns belong to: a word that changes is confirmed anew."""
    return {one for name in names for one in whole(model, name)}


def check(row: models.Model, publication: Publication) -> None:
    """Refuse what may not be read by others yet: each fault in words."""
    new = as_published(row, publication)
    new.visibility = publication.target
    faults = [*_missing(new), *_left_behind(row, new, publication.confirmed)]
    try:
        check_values(new, changed(row, new))
    except ValidationError as error:
        faults += error.messages
    if faults:
        raise ValidationError(faults)


def check_values(new: models.Model, names: Iterable[str]) -> None:
    given = set(names)
    new.clean_fields(exclude=[f.name for f in new._meta.concrete_fields if f.name not in given])
    new.clean()
    new.validate_constraints()


def _missing(new: models.Model) -> list[str]:
    found = []
    for text in texts_of(type(new)):
        said = {language: getattr(new, name) for language, name in zip(LANGUAGES, text, strict=True)}
        found += [text[LANGUAGES.index(one)] for one in REQUIRED if any(said.values()) and not said[one]]
    return [_("The text is missing: %(column)s.") % {"column": label(new, name)} for name in found]


def _left_behind(row: models.Model, new: models.Model, confirmed: Iterable[str]) -> list[str]:
    marked = [name for name in stale(row, new, confirmed) if name.endswith(REQUIRED)]
    if not marked:
        return []
    told = ", ".join(label(new, name) for name in marked)
    return [
        ngettext(
            "The same text changed in another language: renew this one or confirm that it is still right: %(told)s.",
            "The same texts changed in another language: renew these or confirm that they are still right: %(told)s.",
            len(marked),
        )
        % {"told": told}
    ]


def label(row: models.Model | type[models.Model], name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def levels() -> list[str]:
    return [Visibility.PUBLIC, Visibility.INVESTOR]
