from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0015_seal")]

    operations = [
        migrations.AddField(
            model_name="idempotencyrecord",
            name="headers",
            field=models.JSONField(blank=True, default=dict, verbose_name="headers"),
        ),
        migrations.RunSQL(
            "UPDATE core_idempotencyrecord SET headers = jsonb_build_object('Location', location) WHERE location <> ''",
            "UPDATE core_idempotencyrecord SET location = coalesce(headers ->> 'Location', '')",
        ),
        migrations.RemoveField(model_name="idempotencyrecord", name="location"),
    ]
