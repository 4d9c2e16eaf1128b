from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "seen.sql"
GONE = """
DROP SCHEMA IF EXISTS seen CASCADE;
DROP FUNCTION core_show_seen(regclass, text, jsonb);
DROP FUNCTION core_enter_seen(text, timestamptz);
DROP FUNCTION core_was_seen(bigint, xid8);
DROP FUNCTION core_reverted(text);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0016_kept_headers")]

    operations = [migrations.RunSQL(SQL.read_text(), GONE)]
