"""What the database or a service refused, in words for the person who tried."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, OperationalError, models
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import DomainError

#: What a save, a removal or a verb may meet (ProtectedError is an IntegrityError; a lock not had in time operational).
REFUSALS = (IntegrityError, OperationalError, DomainError, ValidationError)

FOREIGN_KEY, LOCK_NOT_HAD, DEADLOCK = "23503", "55P03", "40P01"
BUSY = {LOCK_NOT_HAD, DEADLOCK}


def explain(error: Exception, rules: Mapping[str, Any] | None = None) -> list[str]:
    """Sentences for a form or a message. `rules`: names of rules that triggers keep, and what they mean."""
    if isinstance(error, ValidationError):
        return [_said_of(field, text) for field, texts in _by_field(error).items() for text in texts]
    if isinstance(error, ProtectedError | RestrictedError):
        held = getattr(error, "protected_objects", None) or getattr(error, "restricted_objects", [])
        return [
            _("It is still used by: %(what)s.")
            % {"what": ", ".join(sorted({_named(row) for row in held})[:5])}
        ]
    if isinstance(error, IntegrityError | OperationalError):
        return [_from_database(error, rules or {})]
    return [str(error)]


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: list(error.messages)}


def _said_of(field: str, text: str) -> str:
    return text if field == NON_FIELD_ERRORS else f"{field}: {text}"


def _named(row: models.Model) -> str:
    return f"{row._meta.verbose_name} “{row}”"


def _from_database(error: Exception, rules: Mapping[str, Any]) -> str:
    cause = error.__cause__
    state, diagnosis = getattr(cause, "sqlstate", None), getattr(cause, "diag", None)
    if state in BUSY:
        return _("Somebody else is changing this at this moment: try again.")
    if isinstance(error, OperationalError):
        raise error
    if state == FOREIGN_KEY:
        return _("It is still used elsewhere, or it names something that is gone.")
    name = getattr(diagnosis, "constraint_name", None) or "?"
    meaning = rules.get(name) or _meaning(name)
    return (
        str(meaning) if meaning else _("The database refused this by its rule “%(rule)s”.") % {"rule": name}
    )


def _meaning(name: str) -> Any:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if (
                constraint.name == name
                and constraint.violation_error_message != constraint.default_violation_error_message
            ):
                return constraint.violation_error_message
    return ENDINGS.get(next((ending for ending in ENDINGS if name.endswith(ending)), ""))


#: Rules that many tables have.
ENDINGS = {
    "_partial": gettext_lazy("A date is the first day of its period, and none where nothing is known."),
    "_append_only": gettext_lazy("This is written once and stays as it is."),
    "_once": gettext_lazy("It is there already."),
}
