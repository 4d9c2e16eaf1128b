"""Who may know of a row, set by the office with a reason."""

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import ledger
from core.choices import Visibility
from core.exceptions import Forbidden
from core.models import Published


@transaction.atomic
def set_visibility[Row: Published](row: Row, to: Visibility, *, by: Any, note: str) -> Row:
    """Let everybody, investors or only the house know of this row. What a published row needs, it must have."""
    if not by.has_perm(f"{row._meta.app_label}.change_{row._meta.model_name}"):
        raise Forbidden(_("Only the project office may do this."))
    row = type(row)._base_manager.select_for_update().get(pk=row.pk)
    row.visibility = to
    row.validate_constraints()
    with ledger.acting(by, "set_visibility", note):
        row.save(update_fields=["visibility"])
        connection.check_constraints()
    return row
