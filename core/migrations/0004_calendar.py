from pathlib import Path

from django.db import migrations

CALENDAR = Path(__file__).parent.parent / "sql" / "calendar.sql"


class Migration(migrations.Migration):
    """Working days in SQL: they read the table, so they come after it."""

    dependencies = [("core", "0003_registers")]
    operations = [migrations.RunSQL(CALENDAR.read_text(), migrations.RunSQL.noop)]
