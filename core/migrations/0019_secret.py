from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "secret.sql"


class Migration(migrations.Migration):
    dependencies = [("core", "0018_outbox_request")]

    operations = [migrations.RunSQL(SQL.read_text(), "DROP TABLE core_secret")]
