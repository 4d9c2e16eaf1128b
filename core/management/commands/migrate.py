"""Django's `migrate`, as the owner of the tables (OWNER_DATABASE_URL), and with words for what it may run into."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DatabaseError
from django.db.migrations.exceptions import MigrationSchemaMissing
from psycopg.errors import InsufficientPrivilege, LockNotAvailable

from core.roles import as_owner

IN_USE = (
    "A table is in use, and migrations do not make others wait for it: the last one was not applied, those before it "
    "were. Run `manage.py migrate` again."
)
NOT_THE_OWNER = (
    "This account may not change tables: give OWNER_DATABASE_URL, as `manage.py database_roles` says."
)


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with as_owner():
                super().handle(*args, **options)
        except MigrationSchemaMissing as error:
            raise CommandError(f"{NOT_THE_OWNER} ({error})") from error
        except DatabaseError as error:
            words = {LockNotAvailable: IN_USE, InsufficientPrivilege: NOT_THE_OWNER}.get(
                type(error.__cause__)
            )
            if words is None:
                raise
            raise CommandError(f"{words} ({str(error).splitlines()[0]})") from error
