from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "longest_write.sql"


class Migration(migrations.Migration):
    dependencies = [("core", "0019_secret")]

    operations = [migrations.RunSQL(SQL.read_text(), "DROP FUNCTION core_longest_write()")]
