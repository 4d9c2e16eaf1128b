"""A register as a table. Reading one in is a write like any other: judged row by row, all of it or nothing."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from import_export.resources import ModelResource

from core import publishing
from core.admin.exchange.columns import columns, headers
from core.admin.refusals import REFUSALS, explain

MOST_ROWS = 2000


class Table(ModelResource):
    """One model. `rules`: names of rules that triggers keep, and what they mean."""

    rules: Mapping[str, Any] = {}

    class Meta:
        fields = ()
        use_bulk = False  # each row passes the model's own save, and the ledger's triggers
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = columns(self._meta.model)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Columns headed in any language become the reader's; what nobody knows is said, not passed over."""
        if len(dataset) > MOST_ROWS:
            raise ValidationError(
                _("More than %(most)s rows at once: take several files.") % {"most": MOST_ROWS}
            )
        known = headers(self._meta.model)
        names = [str(header or "").strip().casefold() for header in dataset.headers or []]
        if unknown := [
            header for header, name in zip(dataset.headers, names, strict=True) if name not in known
        ]:
            raise ValidationError(_("Unknown columns: %(names)s.") % {"names": ", ".join(map(str, unknown))})
        asked = [known[name] for name in names]
        if twice := {name for name in asked if asked.count(name) > 1}:
            raise ValidationError(
                _("The same column twice: %(names)s.") % {"names": ", ".join(sorted(twice))}
            )
        for name in self.get_import_id_fields():
            if name not in asked:
                raise ValidationError(
                    _("The column “%(name)s” is missing: it says which row is meant.")
                    % {"name": self.fields[name].column_name}
                )
        dataset.headers = [self.fields[name].column_name for name in asked]

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """No keys come in, so the library need not set the counters: what serves may not (core/sql/roles.sql)."""

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """What is wrong with the column that names the row is said as of any other."""
        for name in self.get_import_id_fields():
            try:
                self.fields[name].clean(row)
            except ValidationError as error:
                raise ValidationError(self._said({name: list(error.messages)})) from error
        return super().get_instance(instance_loader, row)

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        errors: dict[str, list[str]] = {}
        for name, field in self.fields.items():
            if field.column_name not in row:
                continue
            try:
                field.save(instance, row, **kwargs)
            except ValidationError as error:
                errors[name] = list(error.messages)
        if errors:
            raise ValidationError(self._said(errors))

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        try:
            instance.full_clean(validate_unique=validate_unique)
        except ValidationError as error:
            raise ValidationError(self._said(error.message_dict)) from error

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """What only the database knows is asked at once, and told in words beside the row."""
        try:
            with transaction.atomic():
                self._write(instance, is_create, kwargs.get("user"))
                connection.check_constraints()
        except REFUSALS as error:
            raise ValidationError(explain(error, self.rules)) from error

    def _write(self, instance: Any, is_create: bool, user: Any) -> None:
        """What is public is changed in its draft, by whatever door."""
        if is_create or not publishing.is_out(instance):
            instance.save()
        else:
            stands = type(instance)._base_manager.get(pk=instance.pk)
            publishing.services().keep(instance, stands, by=user)

    def _said(self, errors: Mapping[str, list[str]]) -> list[str]:
        return [
            text if name == NON_FIELD_ERRORS else f"{self._label(name)}: {text}"
            for name, texts in errors.items()
            for text in texts
        ]

    def _label(self, name: str) -> str:
        field = self.fields.get(name)
        return field.column_name if field else name
