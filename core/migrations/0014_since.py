from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "since.sql"


class Migration(migrations.Migration):
    dependencies = [("core", "0013_erasure")]

    operations = [migrations.RunSQL(SQL.read_text(), "DROP FUNCTION core_since(text)")]
