from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "close_blocks.sql"


class Migration(migrations.Migration):
    """Databases of before have the function from seal.sql."""

    dependencies = [("core", "0020_longest_write")]

    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
