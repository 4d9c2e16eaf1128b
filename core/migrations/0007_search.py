from pathlib import Path

import core.triggers
import django.contrib.postgres.indexes
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

SQL = Path(__file__).parent.parent / 'sql' / 'search.sql'


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0006_what_belongs_to_a_reader'),
    ]

    operations = [
        migrations.RunSQL(SQL.read_text(), 'DROP FUNCTION core_words(text[])'),
        pgtrigger.migrations.RemoveTrigger(
            model_name='legalact',
            name='touch',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='legalact',
            name='values',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='touch',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='values',
        ),
        migrations.AddField(
            model_name='legalact',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Concat(models.F('number'), models.Value(' '), models.F('title_kk'), models.Value(' '), models.F('title_ru'), models.Value(' '), models.F('title_en'), models.Value(' '), output_field=models.TextField()), function='core_fold'), output_field=models.TextField()),
        ),
        migrations.AddField(
            model_name='source',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Concat(models.F('code'), models.Value(' '), models.F('publisher'), models.Value(' '), models.F('title'), models.Value(' '), models.F('about_kk'), models.Value(' '), models.F('about_ru'), models.Value(' '), models.F('about_en'), models.Value(' '), output_field=models.TextField()), function='core_fold'), output_field=models.TextField()),
        ),
        migrations.AddIndex(
            model_name='legalact',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('search'), name='gin_trgm_ops'), name='core_legalact_search'),
        ),
        migrations.AddIndex(
            model_name='legalact',
            index=models.Index(models.F('signed_on'), models.F('id'), name='core_legalact_by_day'),
        ),
        migrations.AddIndex(
            model_name='legalact',
            index=models.Index(models.F('updated_at'), models.F('id'), name='core_legalact_by_update'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('search'), name='gin_trgm_ops'), name='core_source_search'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(models.F('published_day'), models.F('id'), name='core_source_by_day'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(models.F('updated_at'), models.F('id'), name='core_source_by_update'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='legalact',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('search')", func='', hash='4d90e719da54e0423606c32a40ed849ccc98665c', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_2c677', table='core_legalact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='legalact',
            trigger=pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"basis_kk": ["official", "ours", ""], "basis_ru": ["official", "ours", ""], "basis_en": ["official", "ours", ""], "kind": ["constitutional_law", "decree", "government_resolution", "pm_order", "maslikhat_decision"], "confidence": ["high", "medium", "low"]}\', \'created_at,updated_at,signed_on\', \'search\')', func='', hash='cb8607aadee26d785ca0e0c3d4213a6399212951', operation='INSERT OR UPDATE', pgid='pgtrigger_values_78dbc', table='core_legalact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('search')", func='', hash='d070a11f479db9d6e97997d032ae7b9e3854e61d', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_f2af2', table='core_source', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"published_precision": ["day", "month", "season", "year", "unknown"]}\', \'created_at,updated_at,published_day\', \'search\')', func='', hash='2c1912d75d22e3f944ea5e028510a06f552aa11c', operation='INSERT OR UPDATE', pgid='pgtrigger_values_71eb6', table='core_source', when='AFTER')),
        ),
    ]
