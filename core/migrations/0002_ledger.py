from pathlib import Path

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """The functions that triggers, columns and checks call. Once released, a change is a new file and a new migration."""

    dependencies = [("core", "0001_tables")]
    operations = [
        TrigramExtension(),
        *(
            migrations.RunSQL((SQL / name).read_text(), migrations.RunSQL.noop)
            for name in ("ledger.sql", "past.sql", "text.sql", "moves.sql")
        ),
    ]
