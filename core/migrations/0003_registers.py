import core.operations
import core.triggers
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_ledger'),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('code', models.SlugField(max_length=20, unique=True, verbose_name='code')),
                ('publisher', models.CharField(max_length=200, verbose_name='publisher')),
                ('title', models.CharField(blank=True, default='', max_length=400, verbose_name='title as issued')),
                ('addresses', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(validators=[django.core.validators.URLValidator(['http', 'https'])]), blank=True, default=list, verbose_name='addresses')),
                ('language', models.CharField(blank=True, default='', max_length=40, verbose_name='language')),
                ('about_kk', models.CharField(blank=True, default='', max_length=400, verbose_name='what it is about (Kazakh)')),
                ('about_ru', models.CharField(blank=True, default='', max_length=400, verbose_name='what it is about (Russian)')),
                ('about_en', models.CharField(blank=True, default='', max_length=400, verbose_name='what it is about (English)')),
                ('published_day', models.DateField(blank=True, null=True, verbose_name='published on')),
                ('published_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('season', 'season'), ('year', 'year'), ('unknown', 'unknown')], default='unknown', max_length=7, verbose_name='published on: precision')),
                ('published_text', models.CharField(blank=True, default='', max_length=200, verbose_name='published on: as printed')),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Func(models.F('published_day'), models.F('published_precision'), function='core_is_partial_date', output_field=models.BooleanField())), name='core_source_published_partial')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='e02e1cf7daed76e8e08be6fd879ed0a5a6f2843b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_15dab', table='core_source', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='962f3292f55ba29ed6b7816fc4ab59d2864ee049', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_2b00f', table='core_source', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='9c2a5e166063c778ef95d6a91ebab80472d2a3a2', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_f2af2', table='core_source', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"published_precision": ["day", "month", "season", "year", "unknown"]}\', \'created_at,updated_at,published_day\', \'\')', func='', hash='acb4cf398dd8d674f3b691218578e79394b73036', operation='INSERT OR UPDATE', pgid='pgtrigger_values_71eb6', table='core_source', when='AFTER'))],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='LegalAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('basis_kk', models.CharField(blank=True, choices=[('official', 'official wording'), ('ours', 'our translation')], default='', max_length=8, verbose_name='basis (Kazakh)')),
                ('basis_ru', models.CharField(blank=True, choices=[('official', 'official wording'), ('ours', 'our translation')], default='', max_length=8, verbose_name='basis (Russian)')),
                ('basis_en', models.CharField(blank=True, choices=[('official', 'official wording'), ('ours', 'our translation')], default='', max_length=8, verbose_name='basis (English)')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('constitutional_law', 'constitutional law'), ('decree', 'decree of the President'), ('government_resolution', 'resolution of the Government'), ('pm_order', 'order of the Prime Minister'), ('maslikhat_decision', 'decision of the maslikhat')], max_length=30, verbose_name='kind')),
                ('number', models.CharField(blank=True, default='', max_length=20, verbose_name='number')),
                ('signed_on', models.DateField(verbose_name='signed on')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legal_acts', to='core.source', verbose_name='source')),
                ('confidence', models.CharField(choices=[('high', 'high'), ('medium', 'medium'), ('low', 'low')], max_length=6, verbose_name='confidence')),
                ('title_kk', models.CharField(blank=True, default='', max_length=400, verbose_name='title (Kazakh)')),
                ('title_ru', models.CharField(blank=True, default='', max_length=400, verbose_name='title (Russian)')),
                ('title_en', models.CharField(blank=True, default='', max_length=400, verbose_name='title (English)')),
                ('note_kk', models.TextField(blank=True, default='', verbose_name='note (Kazakh)')),
                ('note_ru', models.TextField(blank=True, default='', verbose_name='note (Russian)')),
                ('note_en', models.TextField(blank=True, default='', verbose_name='note (English)')),
            ],
            options={
                'verbose_name': 'legal act',
                'verbose_name_plural': 'legal acts',
                'ordering': ['signed_on', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title_kk', ''), _negated=True), models.Q(('title_ru', ''), _negated=True), models.Q(('title_en', ''), _negated=True), _connector='OR'), name='core_legalact_titled')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='43921fed1e735d9681d241da52805c053e40e22e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_02ef4', table='core_legalact', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='db47823b0b7e55fceb471af7dd6c8f340fa85947', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_07e19', table='core_legalact', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='dcfe100cce6bf5d42e3ee2f2639f1dd553580c95', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_2c677', table='core_legalact', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"basis_kk": ["official", "ours", ""], "basis_ru": ["official", "ours", ""], "basis_en": ["official", "ours", ""], "kind": ["constitutional_law", "decree", "government_resolution", "pm_order", "maslikhat_decision"], "confidence": ["high", "medium", "low"]}\', \'created_at,updated_at,signed_on\', \'\')', func='', hash='75257aeadc8489012b7440d3af24777692f40554', operation='INSERT OR UPDATE', pgid='pgtrigger_values_78dbc', table='core_legalact', when='AFTER'))],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='LegalActSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.source', verbose_name='source')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='core.legalact')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('act', 'source'), name='core_legalactsource_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='0513a144ce55450b66f9817541d4314d562c638f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_6b2e6', table='core_legalactsource', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='405c4bf5b240a837c5d50cae32a09925f6dab5bd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_db82d', table='core_legalactsource', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='d6f6190307946f791ad2b3b895e8a8852b2b5e38', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_f65ee', table='core_legalactsource', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute="core_check_values('{}', 'created_at,updated_at', '')", func='', hash='99641c2180f649c64b58bfea500d38bb8b94f7b3', operation='INSERT OR UPDATE', pgid='pgtrigger_values_e054f', table='core_legalactsource', when='AFTER'))],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='LegalActStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='core.legalact', verbose_name='legal act')),
                ('in_force_on', models.DateField(verbose_name='in force on')),
                ('name_kk', models.CharField(blank=True, default='', max_length=200, verbose_name='stage (Kazakh)')),
                ('name_ru', models.CharField(blank=True, default='', max_length=200, verbose_name='stage (Russian)')),
                ('name_en', models.CharField(blank=True, default='', max_length=200, verbose_name='stage (English)')),
            ],
            options={
                'verbose_name': 'stage of entry into force',
                'verbose_name_plural': 'stages of entry into force',
                'ordering': ['in_force_on', 'pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('act', 'in_force_on'), name='core_legalactstage_one_per_day')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='04ce21c7a6e74dc60070821e46d81990c54fb95e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_0a831', table='core_legalactstage', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='663263224e3418c181b8360624006f9fa58d4380', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_923d7', table='core_legalactstage', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='ef56b14c47283bd2b6918bb8a665243936f8fe69', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_5b840', table='core_legalactstage', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute="core_check_values('{}', 'created_at,updated_at,in_force_on', '')", func='', hash='84478743c134203feab3a00160cf4f48b10c0e37', operation='INSERT OR UPDATE', pgid='pgtrigger_values_13ce8', table='core_legalactstage', when='AFTER'))],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('date', models.DateField(unique=True, verbose_name='date')),
                ('kind', models.CharField(choices=[('work', 'working day'), ('off', 'day off'), ('short', 'short day')], max_length=5, verbose_name='kind')),
                ('moved_from', models.DateField(blank=True, null=True, verbose_name='moved from')),
                ('act', models.CharField(blank=True, default='', max_length=300, verbose_name='act')),
                ('name_kk', models.CharField(blank=True, default='', max_length=200, verbose_name='name (Kazakh)')),
                ('name_ru', models.CharField(blank=True, default='', max_length=200, verbose_name='name (Russian)')),
                ('name_en', models.CharField(blank=True, default='', max_length=200, verbose_name='name (English)')),
            ],
            options={
                'verbose_name': 'calendar day',
                'verbose_name_plural': 'calendar days',
                'ordering': ['date'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['work', 'off', 'short'])), name='core_calendarday_kind_known'), models.CheckConstraint(condition=models.Q(('moved_from', None), models.Q(('moved_from', models.F('date')), _negated=True), _connector='OR'), name='core_calendarday_moved_elsewhere')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='f4ffd4efb32616099fe44af155016466ea52c08a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_49be3', table='core_calendarday', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='7b1194c143a1284ff3765ee260596920d9ef7f72', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_d1639', table='core_calendarday', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='37abbc467efe2c730f62bb2ed33bad8ed33f46c5', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_74d10', table='core_calendarday', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"kind": ["work", "off", "short"]}\', \'created_at,updated_at,date,moved_from\', \'\')', func='', hash='646d797354fab320b642b1e49b3a9630a3f06f49', operation='INSERT OR UPDATE', pgid='pgtrigger_values_eef22', table='core_calendarday', when='AFTER'))],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('visibility', models.CharField(choices=[('internal', 'internal'), ('investor', 'for investors'), ('public', 'public')], db_index=True, default='internal', max_length=8, verbose_name='visibility')),
                ('name', models.CharField(max_length=255, verbose_name='file name')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('content_type', models.CharField(max_length=100, verbose_name='type by content')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('path', models.CharField(editable=False, max_length=200, verbose_name='path in the store')),
                ('scan_state', models.CharField(choices=[('pending', 'waiting for the scan'), ('clean', 'clean'), ('infected', 'infected')], default='pending', max_length=8, verbose_name='scan')),
            ],
            options={
                'verbose_name': 'stored file',
                'verbose_name_plural': 'stored files',
                'ordering': ['-created_at', '-pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='core_storedfile_sha256'), models.CheckConstraint(condition=models.Q(('scan_state', 'clean'), ('visibility', 'internal'), _connector='OR'), name='core_storedfile_public_is_clean')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='31693e99e9584e7c335cda45056b62b3c5387e60', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_46a69', table='core_storedfile', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='97c66c518044d1e8a83c29bced2cfe48f3ca072d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_1dd83', table='core_storedfile', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='e3c9f2aa8a245fbdf5bbbf190d9e90225e6beb30', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_30132', table='core_storedfile', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"visibility": ["internal", "investor", "public"], "scan_state": ["pending", "clean", "infected"]}\', \'created_at,updated_at\', \'\')', func='', hash='f318ba8d16ff441ff1d2d0823604cb143c18f116', operation='INSERT OR UPDATE', pgid='pgtrigger_values_ef316', table='core_storedfile', when='AFTER'))],
                'indexes': [],
            },
        ),
        migrations.AddField(
            model_name='legalact',
            name='other_sources',
            field=models.ManyToManyField(related_name='+', through='core.LegalActSource', to='core.source'),
        ),
        core.operations.InstallTriggers(
        ),
    ]
