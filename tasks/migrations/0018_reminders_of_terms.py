from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
FUNCTIONS = [(SQL / name).read_text() for name in ("reminders.sql", "duty_reminders.sql")]


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0009_access"),
        ("tasks", "0017_external_references"),
    ]

    operations = [migrations.RunSQL(functions, migrations.RunSQL.noop) for functions in FUNCTIONS]
