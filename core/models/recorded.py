"""The ledger's own table, and the base of every model whose changes it keeps."""

from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models, router
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from core import ledger
from core.choices import Basis, Operation, Visibility
from core.database import raise_if_lost
from core.triggers import recorded


class Xid8(models.Field):
    """Number of a transaction."""

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        return value if value is None else int(value)


class ChangeQuerySet(models.QuerySet["Change"]):
    def of(self, thing: models.Model) -> "ChangeQuerySet":
        """History of one object, oldest first."""
        return self.filter(relation=thing._meta.db_table, row_key=thing.pk).order_by("at", "id")


class Change(models.Model):
    """One change of one row. Written by triggers only; nobody changes or removes it."""

    id = models.BigAutoField(primary_key=True)
    xid = Xid8()
    at = models.DateTimeField(help_text="when its transaction began, yet never before the change it follows")
    relation = models.TextField()
    row_key = models.BigIntegerField()
    op = models.CharField(max_length=1, choices=Operation)
    old = models.JSONField(
        null=True, help_text="of a change only the keys that changed; of a removal the whole row"
    )
    new = models.JSONField(null=True, help_text="the whole row")
    actor = models.TextField(
        help_text="user:7, client:3, system:…, sql:<role>; no foreign key: the ledger outlives users"
    )
    verb = models.TextField()
    note = models.TextField()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("change"), _("changes")
        indexes = [
            models.Index(
                "relation", "row_key", "at", "id", name="core_change_row"
            ),  # history, and the past of a row
            models.Index(
                "relation", "row_key", name="core_change_born", condition=models.Q(op="I")
            ),  # which rows ever were
            models.Index("xid", name="core_change_xid"),  # what became visible since
            GinIndex(
                OpClass("old", name="jsonb_path_ops"),
                name="core_change_left",
                condition=models.Q(old__isnull=False),
            ),  # what belonged to a thing and went
            BrinIndex(
                "at", name="core_change_when"
            ),  # what changed since yesterday: the ledger grows in time
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.relation} {self.row_key}"

    @property
    def before(self) -> dict[str, Any] | None:
        """The whole row as it was before this change."""
        return self.old if self.new is None else self.old and {**self.new, **self.old}


class Era(models.Model):
    """One life of the transaction counter (core_place in sql/ledger.sql): it covers the ids above its floor."""

    floor = models.BigIntegerField()
    place = models.TextField(unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.place


@cache
def _rules(model: type[models.Model]) -> tuple[models.Q, set[str], list[Any]]:
    """The checks of a model as one, the columns that they speak of, and the other rules."""
    rules = [(owner, rule) for owner, rules in model().get_constraints() for rule in rules]
    checks = [rule for _owner, rule in rules if isinstance(rule, models.CheckConstraint)]
    whole = models.Q(*(Coalesce(rule.condition, True, output_field=models.BooleanField()) for rule in checks))
    columns = {name for rule in checks for name in models.Q(rule.condition).referenced_base_fields}
    return whole, columns, [(owner, rule) for owner, rule in rules if rule not in checks]


class Recorded(models.Model):
    """A model whose every change is in the ledger and whose past can be read.

    `version` counts its changes (the optimistic lock); the database keeps it, and both instants.
    """

    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)
    version = models.PositiveIntegerField(_("version"), db_default=1, editable=False)

    objects: Any = ledger.RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
        triggers = recorded()

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Any:
        thing = super().from_db(*args, **kwargs)
        thing._state.instant = ledger.instant.get()  # type: ignore[attr-defined]
        return thing

    def validate_constraints(self, exclude: Any = None) -> None:
        """What a row keeps by itself is asked in one query, not in one for each rule; where a rule is broken each is
        asked again, for its words. Django takes a database that dies while it is asked for a rule that is broken."""
        try:
            if exclude or self._breaks_a_rule():
                super().validate_constraints(exclude=exclude)
        except ValidationError:
            raise_if_lost(router.db_for_write(type(self), instance=self))
            raise

    def _breaks_a_rule(self) -> bool:
        using = router.db_for_write(type(self), instance=self)
        checks, columns, others = _rules(type(self))
        values = self._get_field_expression_map(meta=self._meta)  # type: ignore[attr-defined]
        known = {name: value for name, value in values.items() if name in columns}
        if checks and not checks.check(known, using=using):
            return True
        try:
            for model, rule in others:
                rule.validate(model, self, using=using)
        except ValidationError:
            return True
        return False

    def _refuse_past(self) -> None:
        if instant := getattr(self._state, "instant", None):
            raise ledger.Past(f"{self!r} is as it stood at {instant:%Y-%m-%d %H:%M}: it cannot be written")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_past()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        self._refuse_past()
        return super().delete(*args, **kwargs)


class Worded(models.Model):
    """Where the words of a row come from, language by language; empty where there are none.

    `stale`: the columns that did not change when the same text did in another language; the database keeps it.
    """

    basis_kk = models.CharField(_("basis (Kazakh)"), max_length=8, choices=Basis, blank=True, default="")
    basis_ru = models.CharField(_("basis (Russian)"), max_length=8, choices=Basis, blank=True, default="")
    basis_en = models.CharField(_("basis (English)"), max_length=8, choices=Basis, blank=True, default="")
    stale = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("words not renewed since others of the same text changed"),
        default=list,
        blank=True,
        editable=False,
    )

    class Meta:
        abstract = True


class Published(models.Model):
    """Who may know of a row, and from when."""

    visibility = models.CharField(
        _("visibility"), max_length=8, choices=Visibility, default=Visibility.INTERNAL, db_index=True
    )
    published_at = models.DateTimeField(
        _("public from"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("public from this instant on; empty: no embargo"),
    )

    class Meta:
        abstract = True
