from pathlib import Path

import core.triggers
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

SQL = Path(__file__).parent.parent / 'sql' / 'second_factors.sql'


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('mfa', '0003_authenticator_type_uniq'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='second_factors',
            field=models.SmallIntegerField(default=0, editable=False, verbose_name='second factors'),
        ),
        migrations.AddField(
            model_name='user',
            name='signed_out_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='signed out elsewhere at'),
        ),
        migrations.RunSQL(
            SQL.read_text(),
            """DROP TRIGGER accounts_recount ON mfa_authenticator;
               DROP FUNCTION accounts_recount_second_factors();
               DROP FUNCTION accounts_count_second_factors()""",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='values',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"role": ["office", "leadership", "executor", "investor", "auditor"], "language": ["kk", "ru", "en"]}\', \'created_at,updated_at,signed_out_at\', \'\')', func='', hash='4a3cdc6a376da5d770935d5fbc4275d480cc0ccd', operation='INSERT OR UPDATE', pgid='pgtrigger_values_b3b54', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='count_second_factors', sql=core.triggers.RunSql(execute='accounts_count_second_factors()', func='', hash='cb62184acbde025ca72e278839fb64d0653ad1d5', operation='INSERT OR UPDATE', pgid='pgtrigger_count_second_factors_2f7bd', table='accounts_user', when='BEFORE')),
        ),
    ]
