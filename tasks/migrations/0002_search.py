import core.triggers
import django.contrib.postgres.indexes
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_search'),
        ('core', '0007_search'),
        ('districts', '0002_search'),
        ('tasks', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='meeting',
            name='touch',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='meeting',
            name='values',
        ),
        migrations.AddField(
            model_name='meeting',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Concat(models.F('title_kk'), models.Value(' '), models.F('title_ru'), models.Value(' '), models.F('title_en'), models.Value(' '), models.F('chair_kk'), models.Value(' '), models.F('chair_ru'), models.Value(' '), models.F('chair_en'), models.Value(' '), models.F('place_kk'), models.Value(' '), models.F('place_ru'), models.Value(' '), models.F('place_en'), models.Value(' '), models.Func(models.Value('ALT-M-'), models.F('id'), function='core_public_id', output_field=models.CharField()), models.Value(' '), output_field=models.TextField()), function='core_fold'), output_field=models.TextField()),
        ),
        migrations.RemoveIndex(
            model_name='instruction',
            name='tasks_instruction_search',
        ),
        migrations.RemoveField(
            model_name='instruction',
            name='search',
        ),
        migrations.AddField(
            model_name='instruction',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Concat(models.F('text_kk'), models.Value(' '), models.F('text_ru'), models.Value(' '), models.F('text_en'), models.Value(' '), models.F('number'), models.Value(' '), models.Func(models.Value('ALT-I-'), models.F('id'), function='core_public_id', output_field=models.CharField()), models.Value(' '), output_field=models.TextField()), function='core_fold'), output_field=models.TextField()),
        ),
        migrations.AddIndex(
            model_name='instruction',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('search'), name='gin_trgm_ops'), name='tasks_instruction_search'),
        ),
        migrations.AddIndex(
            model_name='instruction',
            index=models.Index(models.F('issued_day'), models.F('id'), name='tasks_instruction_by_day'),
        ),
        migrations.AddIndex(
            model_name='instruction',
            index=models.Index(models.F('due'), models.F('id'), name='tasks_instruction_by_due'),
        ),
        migrations.AddIndex(
            model_name='instruction',
            index=models.Index(models.F('updated_at'), models.F('id'), name='tasks_instruction_by_update'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('search'), name='gin_trgm_ops'), name='tasks_meeting_search'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(models.F('held_day'), models.F('id'), name='tasks_meeting_by_day'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(models.F('updated_at'), models.F('id'), name='tasks_meeting_by_update'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('public_id,search')", func='', hash='4005110e2b8ee1fba8f74fd8f8a729a79d6f039c', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_78dbb', table='tasks_meeting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"basis_kk": ["official", "ours", ""], "basis_ru": ["official", "ours", ""], "basis_en": ["official", "ours", ""], "visibility": ["internal", "investor", "public"], "kind": ["project_office", "council", "field_visit"], "held_precision": ["day", "month", "season", "year", "unknown"]}\', \'created_at,updated_at,held_day\', \'public_id,search\')', func='', hash='0a7b9ebd057284a89cc86d4bace1832a4435f448', operation='INSERT OR UPDATE', pgid='pgtrigger_values_b8535', table='tasks_meeting', when='AFTER')),
        ),
    ]
