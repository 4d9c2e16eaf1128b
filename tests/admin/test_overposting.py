"""A form of the admin sent back as it was shown, with every column that it does not ask for: nothing changes."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, models

from tests.admin.forms import filled, sentences
from tests.admin.rows import LOOKED_AT, ROWS, address
from tests.factories import FACTORIES, UserFactory

pytestmark = pytest.mark.django_db
CHANGED = sorted(set(ROWS) - LOOKED_AT)
#: What the page asks for by another name, and compares or notes rather than keeps.
ASKED = {"version", "why"}


def foreign(field: Any, row: models.Model) -> Any:
    """Another value that the column would take."""
    now = getattr(row, field.attname)
    if field.choices:
        return next((code for code, _label in field.flatchoices if code not in ("", now)), None)
    if isinstance(field, models.ForeignKey):
        others = field.related_model._base_manager.exclude(pk=now).order_by("pk")
        return others.values_list("pk", flat=True).first()
    match field:
        case models.BooleanField():
            return "" if now else "on"
        case models.DateTimeField():
            return datetime(2031, 1, 1, tzinfo=UTC).isoformat()
        case models.DateField():
            return date(2031, 1, 1).isoformat()
        case models.DecimalField() | models.IntegerField():
            return str(Decimal(now or 0) + 1)
        case models.TextField() | models.CharField():
            return "https://stranger.example" if "url" in field.name else "ALT-P-9999"
    return None


def sent_besides(row: models.Model, asked: set[str], prefix: str = "") -> dict[str, Any]:
    """By column and by its parts in a browser, whatever the form does not ask for."""
    made: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = foreign(field, row)
        if field.name in asked or field.primary_key or value is None:
            continue
        if any(name.startswith(f"{field.name.rpartition('_')[0]}_") and field.name in name for name in asked):
            continue
        made |= {prefix + field.name: value, prefix + field.attname: value}
    return {name: value for name, value in made.items() if name.removeprefix(prefix) not in asked | ASKED}


def everything() -> list[Any]:
    """All rows of every table of the house as they stand."""
    tables = sorted(FACTORIES)
    asked = " UNION ALL ".join(f"SELECT '{table}', to_jsonb({table})::text FROM {table}" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return sorted(cursor.fetchall())


@pytest.mark.parametrize("model", CHANGED)
def test_columns_that_the_form_does_not_ask_for_stay(browse: Any, office: Any, model: str) -> None:
    UserFactory(username="stranger")
    row, client = ROWS[model](), browse(office)
    page = address(model, "change", row.pk)
    shown = client.get(page)
    typed = filled(shown)
    client.post(page, typed)  # what a save without a change settles, it settles now
    shown = client.get(page)
    typed = filled(shown)
    asked = set(shown.context["adminform"].form.fields)
    besides = sent_besides(row, asked)
    for inline in shown.context["inline_admin_formsets"]:
        for form in inline.formset.initial_forms:
            besides |= sent_besides(form.instance, set(form.fields), f"{form.prefix}-")
    assert besides, "every column of it is asked for"
    before = everything()

    answer = client.post(page, {name: one for name, one in besides.items() if name not in typed} | typed)

    is_mended = shown.context["has_change_permission"]  # of the rest the verbs are all there is
    assert answer.status_code == (302 if is_mended else 403), is_mended and sentences(answer)
    assert everything() == before
