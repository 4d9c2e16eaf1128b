"""Triggers that run a function of the database. pgtrigger puts them into the migrations; the functions are in sql/."""

import json
from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.db import models
from pgtrigger import compiler

from core.text import LANGUAGES


class RunSql(compiler.UpsertTriggerSql):
    """pgtrigger writes a function per table, with a way to switch it off (`pgtrigger.ignore`). We want neither."""

    def get_template(self) -> str:
        return """
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid} {when} {operation} ON {table} {timing}
            FOR EACH {level} EXECUTE FUNCTION {execute};
            ALTER TABLE {table} ENABLE ALWAYS TRIGGER {pgid};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Run(pgtrigger.Trigger):
    """Run('core_record', 'id', name=…, when=…, operation=…): the function gets the arguments as text."""

    def __init__(self, function: str, *arguments: str, **kwargs: Any) -> None:
        self.function, self.arguments = function, arguments
        super().__init__(func="", **kwargs)

    def arguments_for(self, model: Any) -> tuple[str, ...]:
        """What the function is told of this table; the trigger itself is shared by many."""
        return self.arguments

    def render_execute(self, model: Any) -> str:
        quoted = ", ".join("'" + argument.replace("'", "''") + "'" for argument in self.arguments_for(model))
        return f"{self.function}({quoted})"

    def compile(self, model: Any) -> compiler.Trigger:
        return compiler.Trigger(
            name=self.name,
            sql=RunSql(
                pgid=self.get_pgid(model),
                func="",
                table=model._meta.db_table,
                when=self.when,
                operation=self.operation,
                level=self.level,
                constraint="CONSTRAINT" if self.timing else "",
                timing=f"DEFERRABLE INITIALLY {self.timing}" if self.timing else "",
                execute=self.render_execute(model),
            ),
        )


def _generated(model: Any) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields if field.generated]


def texts_of(model: Any) -> list[list[str]]:
    """The columns of each trilingual text of a model that keeps which of them are stale."""
    columns = {str(field.column) for field in model._meta.concrete_fields}
    if "stale" not in columns:
        return []
    stems = sorted(column.removesuffix("_kk") for column in columns if column.endswith("_kk"))
    texts = [[f"{stem}_{language}" for language in LANGUAGES] for stem in stems if stem != "basis"]
    return [text for text in texts if columns.issuperset(text)]


class Touch(Run):
    """Count versions, mark stale words. Generated columns do not count: a BEFORE trigger sees them empty."""

    def arguments_for(self, model: Any) -> tuple[str, ...]:
        counted = ",".join([*self.arguments, *_generated(model)])
        texts = texts_of(model)
        return (counted, json.dumps(texts)) if texts else (counted,)


class CheckValues(Run):
    """Refuse unknown codes, numbers and dates that are none, and words that are only spaces, in every column."""

    def arguments_for(self, model: Any) -> tuple[str, ...]:
        codes: dict[str, list[str]] = {}
        measured = []
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField) and field.choices:
                known = [str(code) for code, _label in field.flatchoices]
                codes[str(field.column)] = [*known, *([""] if field.blank else [])]
            elif isinstance(field, models.DateField | models.DecimalField):
                measured.append(str(field.column))
        return json.dumps(codes), ",".join(measured), ",".join(_generated(model))


EACH_WRITE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def recorded(
    personal: Iterable[str] = (), secret: Iterable[str] = (), quiet: Iterable[str] = ()
) -> list[pgtrigger.Trigger]:
    """The triggers of a recorded model. Personal values enter the ledger as «…», secrets not at all, and a change
    of quiet columns alone is no event."""
    lists = [",".join(columns) for columns in (personal, secret, quiet)]
    return [
        Run("core_record", "id", *lists, name="record", when=pgtrigger.After, operation=EACH_WRITE),
        Run(
            "core_refuse",
            name="keep",
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
        ),
        Touch(
            "core_touch",
            *quiet,
            name="touch",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
        ),
        CheckValues(
            "core_check_values",
            name="values",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update,
        ),
    ]


def as_arguments(table: dict[str, set[str]], first: Iterable[str]) -> tuple[str, str]:
    """A table of moves and the states to begin in, as the JSON that trigger functions read."""
    onward = {str(state): sorted(map(str, nexts)) for state, nexts in table.items()}
    return json.dumps(onward), json.dumps(sorted(map(str, first)))


def moves(column: str, table: dict[str, set[str]], first: Iterable[str]) -> Run:
    """Let a state move only as the table says, and begin only in `first`."""
    return Run(
        "core_check_move",
        column,
        *as_arguments(table, first),
        name="moves",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
    )


def at_commit(function: str, *arguments: str, name: str, operation: Any) -> Run:
    """A rule over several rows, judged when the transaction ends."""
    return Run(
        function, *arguments, name=name, when=pgtrigger.After, operation=operation, timing=pgtrigger.Deferred
    )
