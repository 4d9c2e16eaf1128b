import core.operations
import core.triggers
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('core', '0003_registers'),
        ('districts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Investor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('basis_kk', models.CharField(blank=True, choices=[('official', 'official wording'), ('ours', 'our translation')], default='', max_length=8, verbose_name='basis (Kazakh)')),
                ('basis_ru', models.CharField(blank=True, choices=[('official', 'official wording'), ('ours', 'our translation')], default='', max_length=8, verbose_name='basis (Russian)')),
                ('basis_en', models.CharField(blank=True, choices=[('official', 'official wording'), ('ours', 'our translation')], default='', max_length=8, verbose_name='basis (English)')),
                ('visibility', models.CharField(choices=[('internal', 'internal'), ('investor', 'for investors'), ('public', 'public')], db_index=True, default='internal', max_length=8, verbose_name='visibility')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='investor', to='accounts.organisation', verbose_name='organisation')),
                ('sectors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('education', 'education'), ('health', 'health'), ('energy', 'energy'), ('communications', 'communications'), ('waterAndWaste', 'water and waste'), ('governance', 'public administration'), ('economy', 'economy'), ('cultureSportsAndRecreation', 'culture, sports and recreation'), ('transport', 'transport'), ('transport.air', 'air transport'), ('transport.water', 'water transport'), ('transport.rail', 'rail transport'), ('transport.road', 'road transport'), ('transport.urban', 'urban transport'), ('socialHousing', 'social housing'), ('naturalResources', 'natural resources')], max_length=40), blank=True, default=list, verbose_name='sectors')),
                ('stage', models.CharField(choices=[('prospect', 'prospective investor'), ('in_talks', 'in talks'), ('committed', 'committed'), ('building', 'building'), ('operating', 'operating'), ('left', 'left')], max_length=10, verbose_name='stage')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='investors', to='core.source', verbose_name='source')),
                ('confidence', models.CharField(choices=[('high', 'high'), ('medium', 'medium'), ('low', 'low')], max_length=6, verbose_name='confidence')),
                ('profile_kk', models.TextField(blank=True, default='', verbose_name='profile (Kazakh)')),
                ('profile_ru', models.TextField(blank=True, default='', verbose_name='profile (Russian)')),
                ('profile_en', models.TextField(blank=True, default='', verbose_name='profile (English)')),
                ('stage_basis_kk', models.TextField(blank=True, default='', verbose_name='what the stage rests on (Kazakh)')),
                ('stage_basis_ru', models.TextField(blank=True, default='', verbose_name='what the stage rests on (Russian)')),
                ('stage_basis_en', models.TextField(blank=True, default='', verbose_name='what the stage rests on (English)')),
                ('as_of_day', models.DateField(blank=True, null=True, verbose_name='as of')),
                ('as_of_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('season', 'season'), ('year', 'year'), ('unknown', 'unknown')], default='unknown', max_length=7, verbose_name='as of: precision')),
                ('as_of_text', models.CharField(blank=True, default='', max_length=200, verbose_name='as of: as printed')),
            ],
            options={
                'verbose_name': 'investor',
                'verbose_name_plural': 'investors',
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['prospect', 'in_talks', 'committed', 'building', 'operating', 'left'])), name='investors_investor_stage_known'), models.CheckConstraint(condition=models.Q(('sectors__contained_by', ['education', 'health', 'energy', 'communications', 'waterAndWaste', 'governance', 'economy', 'cultureSportsAndRecreation', 'transport', 'transport.air', 'transport.water', 'transport.rail', 'transport.road', 'transport.urban', 'socialHousing', 'naturalResources'])), name='investors_investor_sectors_known'), models.CheckConstraint(condition=models.Q(models.Func(models.F('as_of_day'), models.F('as_of_precision'), function='core_is_partial_date', output_field=models.BooleanField())), name='investors_investor_as_of_partial')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='c1d737bd627d029517ac75d5608550176d116f1e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_aedcd', table='investors_investor', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='d1ca934e95d50f137daabdb5dcdfea4fd9d56d51', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_3de99', table='investors_investor', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='80a0a310ebc9bd6aedf723543e4cf9c24162f908', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_12590', table='investors_investor', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"basis_kk": ["official", "ours", ""], "basis_ru": ["official", "ours", ""], "basis_en": ["official", "ours", ""], "visibility": ["internal", "investor", "public"], "stage": ["prospect", "in_talks", "committed", "building", "operating", "left"], "confidence": ["high", "medium", "low"], "as_of_precision": ["day", "month", "season", "year", "unknown"]}\', \'created_at,updated_at,as_of_day\', \'\')', func='', hash='f6e396d04a2b2096c61345163798111bc19f8e41', operation='INSERT OR UPDATE', pgid='pgtrigger_values_184a2', table='investors_investor', when='AFTER'))],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('basis_kk', models.CharField(blank=True, choices=[('official', 'official wording'), ('ours', 'our translation')], default='', max_length=8, verbose_name='basis (Kazakh)')),
                ('basis_ru', models.CharField(blank=True, choices=[('official', 'official wording'), ('ours', 'our translation')], default='', max_length=8, verbose_name='basis (Russian)')),
                ('basis_en', models.CharField(blank=True, choices=[('official', 'official wording'), ('ours', 'our translation')], default='', max_length=8, verbose_name='basis (English)')),
                ('visibility', models.CharField(choices=[('internal', 'internal'), ('investor', 'for investors'), ('public', 'public')], db_index=True, default='internal', max_length=8, verbose_name='visibility')),
                ('code', models.SlugField(blank=True, max_length=60, null=True, unique=True, verbose_name='code')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='talks', to='accounts.organisation', verbose_name='with whom')),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='talks', to='districts.district', verbose_name='district')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='talks', to='core.source', verbose_name='source')),
                ('held_day', models.DateField(blank=True, null=True, verbose_name='held on')),
                ('held_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('season', 'season'), ('year', 'year'), ('unknown', 'unknown')], default='unknown', max_length=7, verbose_name='held on: precision')),
                ('held_text', models.CharField(blank=True, default='', max_length=200, verbose_name='held on: as printed')),
                ('date_basis_kk', models.CharField(blank=True, default='', max_length=300, verbose_name='what the date rests on (Kazakh)')),
                ('date_basis_ru', models.CharField(blank=True, default='', max_length=300, verbose_name='what the date rests on (Russian)')),
                ('date_basis_en', models.CharField(blank=True, default='', max_length=300, verbose_name='what the date rests on (English)')),
                ('subject_kk', models.CharField(blank=True, default='', max_length=400, verbose_name='subject (Kazakh)')),
                ('subject_ru', models.CharField(blank=True, default='', max_length=400, verbose_name='subject (Russian)')),
                ('subject_en', models.CharField(blank=True, default='', max_length=400, verbose_name='subject (English)')),
                ('outcome_kk', models.TextField(blank=True, default='', verbose_name='outcome (Kazakh)')),
                ('outcome_ru', models.TextField(blank=True, default='', verbose_name='outcome (Russian)')),
                ('outcome_en', models.TextField(blank=True, default='', verbose_name='outcome (English)')),
            ],
            options={
                'verbose_name': 'talk',
                'verbose_name_plural': 'talks',
                'ordering': ['-held_day', '-pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Func(models.F('held_day'), models.F('held_precision'), function='core_is_partial_date', output_field=models.BooleanField())), name='investors_talk_held_partial'), models.CheckConstraint(condition=models.Q(models.Q(('visibility', 'public'), _negated=True), models.Q(models.Q(('subject_kk', ''), _negated=True), models.Q(('subject_ru', ''), _negated=True)), _connector='OR'), name='investors_talk_public_in_kk_and_ru', violation_error_message='What is published needs its text in Kazakh and in Russian.')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='81774f40c58f1bf2e8fcde66feb7bd83c72ed09b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_270c4', table='investors_talk', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='c3d3c23bfa938cd3aa04e54a3c0e9f56a53bf2c3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_a0bbe', table='investors_talk', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='2321efe237073e03fc21bc217b8a8d66dcceacdd', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_7308e', table='investors_talk', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"basis_kk": ["official", "ours", ""], "basis_ru": ["official", "ours", ""], "basis_en": ["official", "ours", ""], "visibility": ["internal", "investor", "public"], "held_precision": ["day", "month", "season", "year", "unknown"]}\', \'created_at,updated_at,held_day\', \'\')', func='', hash='ac5a408b70414ff07e3eddd90d46fce613a33f26', operation='INSERT OR UPDATE', pgid='pgtrigger_values_3e077', table='investors_talk', when='AFTER'))],
                'indexes': [],
            },
        ),
        core.operations.InstallTriggers(
        ),
    ]
