"""Who may do what in the database: the owner migrates, the application serves.

sql/database_roles.sql makes the roles, sql/roles.sql says what each may do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connection

SQL = Path(__file__).parent / "sql"
#: What differs between the owner's connection and the application's; the database is the same.
ACCOUNT = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@contextmanager
def as_owner() -> Iterator[None]:
    """This thread's connection as the owner of the tables, for what changes them: never inside of a transaction."""
    if connection.in_atomic_block:
        raise RuntimeError("the owner's connection is another one: begin the transaction inside")
    ours = {name: connection.settings_dict[name] for name in ACCOUNT}
    connection.close()
    connection.settings_dict.update({name: settings.OWNER_DATABASE[name] for name in ACCOUNT})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(ours)


_MAY = """
SELECT count(*) > 0,
       bool_or(has_table_privilege(oid, 'UPDATE') OR pg_has_role(relowner, 'MEMBER')),
       bool_and(pg_has_role(relowner, 'pg_read_all_stats', 'USAGE') OR pg_has_role(relowner, current_user, 'USAGE'))
  FROM pg_class WHERE oid = to_regclass('core_change')
"""
_NOT_GRANTED = """
SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.rolname = 'portal_app'
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
   AND NOT has_table_privilege(r.oid, c.oid, 'SELECT')
 ORDER BY c.relname
"""


def not_granted() -> list[str]:
    """Tables that the application may not even read: somebody made them past `migrate`."""
    with connection.cursor() as cursor:
        cursor.execute(_NOT_GRANTED)
        return [name for (name,) in cursor.fetchall()]


def check_roles(app_configs: Any, **kwargs: Any) -> Iterator[checks.CheckMessage]:
    """A portal that is its own master runs, and says so."""
    with connection.cursor() as cursor:
        cursor.execute(_MAY)
        is_migrated, is_master, sees_others = cursor.fetchone()
    if not is_migrated:
        return
    if is_master:
        yield checks.Warning(
            "the account of DATABASE_URL may change the ledger",
            hint="Make the roles that `manage.py database_roles` prints, and give OWNER_DATABASE_URL to migrations.",
            id="core.W001",
        )
    if tables := not_granted():
        others = f" and {len(tables) - 3} more" if len(tables) > 3 else ""
        yield checks.Warning(
            f"the application may not read {', '.join(tables[:3])}{others}",
            hint="Run `manage.py migrate`.",
            id="core.W002",
        )
    if not sees_others:
        yield checks.Warning(
            "the owner of the tables does not see when transactions of others began: the past seems settled too early",
            hint="GRANT pg_read_all_stats to it, as `manage.py database_roles` prints.",
            id="core.W003",
        )
