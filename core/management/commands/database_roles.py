"""Prints the SQL that makes the roles of the database: for its master, once on a server, by `psql -f`."""

from typing import Any

from django.core.management.base import BaseCommand

from core.roles import SQL

#: What only a person can decide, and what belongs to one database.
REST = """
-- Passwords: \\password asks for them and sends them encrypted. Each account has one of its own.
\\password portal_owner
\\password portal_app
\\password portal_ro
\\password portal_backup

-- The database. Where it is there already, give it over instead, connected to it:
--   ALTER DATABASE portal OWNER TO portal_owner; REASSIGN OWNED BY <the account of today> TO portal_owner;
CREATE DATABASE portal OWNER portal_owner ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;

-- Then, as portal_owner, what each may do:  OWNER_DATABASE_URL=… manage.py migrate
"""


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write((SQL / "database_roles.sql").read_text() + REST)
