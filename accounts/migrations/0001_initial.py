import core.operations
import core.triggers
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0003_registers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('basis_kk', models.CharField(blank=True, choices=[('official', 'official wording'), ('ours', 'our translation')], default='', max_length=8, verbose_name='basis (Kazakh)')),
                ('basis_ru', models.CharField(blank=True, choices=[('official', 'official wording'), ('ours', 'our translation')], default='', max_length=8, verbose_name='basis (Russian)')),
                ('basis_en', models.CharField(blank=True, choices=[('official', 'official wording'), ('ours', 'our translation')], default='', max_length=8, verbose_name='basis (English)')),
                ('visibility', models.CharField(choices=[('internal', 'internal'), ('investor', 'for investors'), ('public', 'public')], db_index=True, default='internal', max_length=8, verbose_name='visibility')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('state_body', 'state body'), ('akimat', 'akimat'), ('company', 'company'), ('fund', 'fund'), ('international', 'international organisation')], max_length=20, verbose_name='kind')),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, help_text='as texts call it; used to recognise it', verbose_name='other names')),
                ('country', models.CharField(blank=True, default='', help_text='ISO 3166-1', max_length=2, verbose_name='country')),
                ('bin', models.CharField(blank=True, max_length=12, null=True, unique=True, verbose_name='BIN')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.organisation', verbose_name='part of')),
                ('legal_basis', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='core.legalact', verbose_name='legal basis')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='core.source', verbose_name='source')),
                ('confidence', models.CharField(blank=True, choices=[('high', 'high'), ('medium', 'medium'), ('low', 'low')], default='', max_length=6, verbose_name='confidence')),
                ('search', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Concat(models.F('name_kk'), models.Value(' '), models.F('name_ru'), models.Value(' '), models.F('name_en'), models.Value(' '), models.F('abbreviation_kk'), models.Value(' '), models.F('abbreviation_ru'), models.Value(' '), models.F('abbreviation_en'), models.Value(' '), output_field=models.TextField()), function='core_fold'), output_field=models.TextField())),
                ('sort_kk', models.GeneratedField(db_persist=True, expression=models.Func(models.F('name_kk'), function='core_sort_kk'), output_field=models.CharField(max_length=600))),
                ('name_kk', models.CharField(blank=True, default='', max_length=300, verbose_name='name (Kazakh)')),
                ('name_ru', models.CharField(blank=True, default='', max_length=300, verbose_name='name (Russian)')),
                ('name_en', models.CharField(blank=True, default='', max_length=300, verbose_name='name (English)')),
                ('abbreviation_kk', models.CharField(blank=True, default='', max_length=30, verbose_name='abbreviation (Kazakh)')),
                ('abbreviation_ru', models.CharField(blank=True, default='', max_length=30, verbose_name='abbreviation (Russian)')),
                ('abbreviation_en', models.CharField(blank=True, default='', max_length=30, verbose_name='abbreviation (English)')),
                ('about_kk', models.TextField(blank=True, default='', verbose_name='what it is to the city (Kazakh)')),
                ('about_ru', models.TextField(blank=True, default='', verbose_name='what it is to the city (Russian)')),
                ('about_en', models.TextField(blank=True, default='', verbose_name='what it is to the city (English)')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ['sort_kk', 'pk'],
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('search'), name='gin_trgm_ops'), name='accounts_organisation_search')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['state_body', 'akimat', 'company', 'fund', 'international'])), name='accounts_organisation_kind_known'), models.CheckConstraint(condition=models.Q(('bin', None), models.Func(models.F('bin'), function='core_is_bin', output_field=models.BooleanField()), _connector='OR'), name='accounts_organisation_bin_valid', violation_error_message='The BIN has 12 digits, the last a check digit: look at it again.'), models.CheckConstraint(condition=models.Q(('country', ''), ('country__regex', '^[A-Z]{2}$'), _connector='OR'), name='accounts_organisation_country_code'), models.CheckConstraint(condition=models.Q(models.Q(('visibility', 'public'), _negated=True), models.Q(models.Q(('name_kk', ''), _negated=True), models.Q(('name_ru', ''), _negated=True)), _connector='OR'), name='accounts_organisation_public_in_kk_and_ru', violation_error_message='What is published needs its text in Kazakh and in Russian.')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='631edf60a12e0892e266f5e251f74d1c71b00d46', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_19f19', table='accounts_organisation', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='4b18580f77325a6514b81018d7656cb7660d8d90', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_87f8d', table='accounts_organisation', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('search,sort_kk')", func='', hash='828cd0d8f5419d27f7ca22246c4f4cb874a4d382', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_4c809', table='accounts_organisation', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"basis_kk": ["official", "ours", ""], "basis_ru": ["official", "ours", ""], "basis_en": ["official", "ours", ""], "visibility": ["internal", "investor", "public"], "kind": ["state_body", "akimat", "company", "fund", "international"], "confidence": ["high", "medium", "low", ""]}\', \'created_at,updated_at\', \'search,sort_kk\')', func='', hash='8f44db33652b321984a8821df966a0ad4eb7f285', operation='INSERT OR UPDATE', pgid='pgtrigger_values_6e80d', table='accounts_organisation', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='OrganisationSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.source', verbose_name='source')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='accounts.organisation')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('organisation', 'source'), name='accounts_organisationsource_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='52126ef60c9ca1b5f36960181e43483b2e2ceb4d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_6c2b1', table='accounts_organisationsource', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='ccc1f96d1122de113f2f33bf8dbe4f21a838e1dd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_fe5e8', table='accounts_organisationsource', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='b260a3d45b4f13ea185c1e3a1d5ee002b792d11e', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_c3234', table='accounts_organisationsource', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute="core_check_values('{}', 'created_at,updated_at', '')", func='', hash='d0b7df8e969b5024f5e0ad1663879b40a1bf2baa', operation='INSERT OR UPDATE', pgid='pgtrigger_values_ae7e1', table='accounts_organisationsource', when='AFTER'))],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('role', models.CharField(choices=[('office', 'project office'), ('leadership', 'leadership'), ('executor', 'executor'), ('investor', 'investor'), ('auditor', 'auditor')], max_length=10, verbose_name='role')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='accounts.organisation', verbose_name='organisation')),
                ('username', models.CharField(max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='user name')),
                ('full_name', models.CharField(blank=True, default='', max_length=200, verbose_name='full name')),
                ('email', models.EmailField(blank=True, default='', max_length=254, verbose_name='e-mail')),
                ('may_sign', models.BooleanField(default=False, help_text='submits what others prepared', verbose_name='may sign')),
                ('language', models.CharField(choices=[('kk', 'Қазақша'), ('ru', 'Русский'), ('en', 'English')], default='kk', max_length=2, verbose_name='language')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_superuser', models.BooleanField(default=False, verbose_name='administers the system')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'ordering': ['username'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['office', 'leadership', 'executor', 'investor', 'auditor'])), name='accounts_user_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['executor', 'investor']), _negated=True), ('organisation__isnull', False), _connector='OR'), name='accounts_user_role_needs_organisation', violation_error_message='An executor or an investor belongs to an organisation: choose it.'), models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='accounts_user_username_any_case', violation_error_message='This user name is taken: choose another.'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='accounts_user_one_per_email', violation_error_message='Somebody has this e-mail address already.'), models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='accounts_user_email_lower', violation_error_message='Write the e-mail address in small letters.')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', 'username,full_name,email', 'password', '')", func='', hash='33ab6174ae1d5ab3daff1ee10ef6a581821fe351', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_ad735', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='af5566bc1861a589293235ee922b6f0d36bf0fd1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_67b3f', table='accounts_user', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='38927967a5b6425bdba53397636e32f1a14724ab', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_76bcd', table='accounts_user', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"role": ["office", "leadership", "executor", "investor", "auditor"], "language": ["kk", "ru", "en"]}\', \'created_at,updated_at\', \'\')', func='', hash='44a36c67976ea33c8983daff22f8a07d042f668e', operation='INSERT OR UPDATE', pgid='pgtrigger_values_b3b54', table='accounts_user', when='AFTER'))],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('role', models.CharField(choices=[('office', 'project office'), ('leadership', 'leadership'), ('executor', 'executor'), ('investor', 'investor'), ('auditor', 'auditor')], max_length=10, verbose_name='role')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='accounts.organisation', verbose_name='organisation')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('full_name', models.CharField(blank=True, default='', max_length=200, verbose_name='full name')),
                ('may_sign', models.BooleanField(default=False, verbose_name='may sign')),
                ('language', models.CharField(choices=[('kk', 'Қазақша'), ('ru', 'Русский'), ('en', 'English')], default='kk', max_length=2, verbose_name='language')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('invited_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('accepted_at', models.DateTimeField(editable=False, null=True, verbose_name='accepted at')),
                ('user', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-created_at', '-pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['office', 'leadership', 'executor', 'investor', 'auditor'])), name='accounts_invitation_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['executor', 'investor']), _negated=True), ('organisation__isnull', False), _connector='OR'), name='accounts_invitation_role_needs_organisation', violation_error_message='An executor or an investor belongs to an organisation: choose it.'), models.CheckConstraint(condition=models.Q(('token_hash__regex', '^[0-9a-f]{64}$')), name='accounts_invitation_token_hashed'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('user', None)), models.Q(('accepted_at__isnull', False), ('user__isnull', False)), _connector='OR'), name='accounts_invitation_accepted_by_somebody')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', 'email,full_name', 'token_hash', '')", func='', hash='dcbfb28038c4d38dcd797783a66ef0662aaf1559', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_9a97f', table='accounts_invitation', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='92b242fb9104c2a04eb1a87b2b5c6b3fa54fcbcc', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_9dff5', table='accounts_invitation', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='dad0d347022f88bd974ae38635062688a5f45901', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_41b3c', table='accounts_invitation', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"role": ["office", "leadership", "executor", "investor", "auditor"], "language": ["kk", "ru", "en"]}\', \'created_at,updated_at,expires_at,accepted_at\', \'\')', func='', hash='29afaa316bb1c049adff345b7ff9188c732ca6c6', operation='INSERT OR UPDATE', pgid='pgtrigger_values_4ba1f', table='accounts_invitation', when='AFTER'))],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ApiClient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('role', models.CharField(choices=[('office', 'project office'), ('leadership', 'leadership'), ('executor', 'executor'), ('investor', 'investor'), ('auditor', 'auditor')], max_length=10, verbose_name='role')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='accounts.organisation', verbose_name='organisation')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='api_clients', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, verbose_name='scopes')),
                ('token_prefix', models.CharField(editable=False, max_length=12, verbose_name='token begins with')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='valid until')),
                ('last_used_on', models.DateField(editable=False, null=True, verbose_name='last used on')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
            ],
            options={
                'verbose_name': 'API client',
                'verbose_name_plural': 'API clients',
                'ordering': ['name', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['office', 'leadership', 'executor', 'investor', 'auditor'])), name='accounts_apiclient_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['executor', 'investor']), _negated=True), ('organisation__isnull', False), _connector='OR'), name='accounts_apiclient_role_needs_organisation', violation_error_message='An executor or an investor belongs to an organisation: choose it.'), models.CheckConstraint(condition=models.Q(('token_hash__regex', '^[0-9a-f]{64}$')), name='accounts_apiclient_token_hashed'), models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['read', 'write'])), name='accounts_apiclient_scopes_known')],
                'triggers': [pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', 'token_hash', 'last_used_on')", func='', hash='f8ed4bd9632ba12c5abd1e8d29b5f90643de8de2', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_df4d2', table='accounts_apiclient', when='AFTER')), pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='5b15f5d6e109cd6e5338f8398cbf3fae4754b8f4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_f2789', table='accounts_apiclient', when='BEFORE')), pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('last_used_on')", func='', hash='c678f582c926b761d4a0f85735d7619a1efeee34', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_a89d7', table='accounts_apiclient', when='BEFORE')), pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"role": ["office", "leadership", "executor", "investor", "auditor"]}\', \'created_at,updated_at,expires_at,last_used_on\', \'\')', func='', hash='c846e0e5e1de1a1a64eb992be75afc35c8e2a70a', operation='INSERT OR UPDATE', pgid='pgtrigger_values_800e9', table='accounts_apiclient', when='AFTER'))],
                'indexes': [],
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='other_sources',
            field=models.ManyToManyField(related_name='+', through='accounts.OrganisationSource', to='core.source'),
        ),
        core.operations.InstallTriggers(
        ),
    ]
