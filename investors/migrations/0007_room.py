from pathlib import Path

import core.triggers
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).parent.parent / "sql" / "requests.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_substitution'),
        ('core', '0009_answered_requests'),
        ('districts', '0004_reported'),
        ('investors', '0006_contacts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('side', models.CharField(choices=[('office', 'the project office'), ('investor', 'the investor')], max_length=8, verbose_name='written for')),
                ('text', models.TextField(blank=True, default='', verbose_name='text')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='written at')),
                ('erased_at', models.DateTimeField(editable=False, null=True, verbose_name='text erased at')),
                ('client_uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='sent from the form')),
                ('author', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MessageFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='message_file', to='core.storedfile', verbose_name='file')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='investors.message', verbose_name='message')),
            ],
            options={
                'verbose_name': 'file of a message',
                'verbose_name_plural': 'files of messages',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('public_id', models.GeneratedField(db_index=True, db_persist=True, expression=models.Func(models.Value('ALT-Q-'), models.F('id'), function='core_public_id'), output_field=models.CharField(max_length=20), verbose_name='public id')),
                ('kind', models.CharField(choices=[('question', 'question'), ('documents', 'documents'), ('land', 'land'), ('utilities', 'utilities'), ('permit', 'permit or approval'), ('other', 'other')], default='question', max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='what it is about')),
                ('asked_side', models.CharField(choices=[('office', 'the project office'), ('investor', 'the investor')], max_length=8, verbose_name='asked of')),
                ('state', models.CharField(choices=[('open', 'open'), ('answered', 'answered'), ('closed', 'closed'), ('withdrawn', 'withdrawn')], default='open', editable=False, max_length=9, verbose_name='state')),
                ('holder', models.CharField(blank=True, choices=[('office', 'the project office'), ('investor', 'the investor')], default='', editable=False, max_length=8, verbose_name='who holds the ball')),
                ('promised_on', models.DateField(blank=True, editable=False, null=True, verbose_name='answer promised by')),
                ('wanted_by', models.DateField(blank=True, editable=False, null=True, verbose_name='asked for by')),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='last written in')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended at')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='invented, for trying out')),
                ('handler', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handled by')),
                ('opened_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened by')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='accounts.organisation', verbose_name='organisation')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='districts.project', verbose_name='project')),
            ],
            options={
                'verbose_name': 'request',
                'verbose_name_plural': 'requests',
                'ordering': ['-pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='message',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='investors.request', verbose_name='request'),
        ),
        migrations.CreateModel(
            name='RequestHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('holder', models.CharField(choices=[('office', 'the project office'), ('investor', 'the investor')], max_length=8, verbose_name='held by')),
                ('during', django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name='during')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='investors.request', verbose_name='request')),
            ],
            options={
                'verbose_name': 'time of holding a request',
                'verbose_name_plural': 'times of holding a request',
                'ordering': ['request', 'during'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RequestSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, verbose_name='version')),
                ('upto', models.BigIntegerField(default=0, verbose_name='up to the message')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='read by')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to='investors.request', verbose_name='request')),
            ],
            options={
                'verbose_name': 'mark of reading',
                'verbose_name_plural': 'marks of reading',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='messagefile',
            trigger=pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='a54e284ecde2d7777010e7a1d7871768a7b3baa7', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_d9486', table='investors_messagefile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='messagefile',
            trigger=pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='b0db4f5e4ea3db9a9546f71712c3c19c4962b435', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_18a63', table='investors_messagefile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='messagefile',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='b5d257fe58130f72926d6a4a94fc77de920aa0d1', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_bbd0a', table='investors_messagefile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='messagefile',
            trigger=pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute="core_check_values('{}', 'created_at,updated_at', '')", func='', hash='ef8dac78c1e32b5c0359dc3aff24e99cba584277', operation='INSERT OR UPDATE', pgid='pgtrigger_values_d43f1', table='investors_messagefile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='messagefile',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=core.triggers.RunSql(execute='investors_keep_message_file()', func='', hash='851aab2bb48144ceedbc18761ee7563b8e9b8518', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_kept_9a3fd', table='investors_messagefile', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(models.F('organisation'), models.F('state'), name='investors_request_whose'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(models.F('holder'), models.F('promised_on'), condition=models.Q(('holder', ''), _negated=True), name='investors_request_waiting'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(models.F('updated_at'), models.F('id'), name='investors_request_by_update'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='investors_request_titled', violation_error_message='Say what it is about.'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('holder', ''), ('state__in', ['closed', 'withdrawn'])), models.Q(models.Q(('state__in', ['closed', 'withdrawn']), _negated=True), models.Q(('holder', ''), _negated=True), ('ended_at', None)), _connector='OR'), name='investors_request_held_until_its_end'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), models.Q(('holder', models.F('asked_side')), _negated=True), _connector='OR'), name='investors_request_answer_passes_it'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('holder', 'office'), _negated=True), ('promised_on__isnull', False), _connector='OR'), name='investors_request_office_promises'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='6c3d79aedc430a443e82bad2ff85dd2b4b426471', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_5ae39', table='investors_request', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='e1a79ca30a4061654d5639c413d4500f197aa78e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_baee9', table='investors_request', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('public_id')", func='', hash='1df80db990b295d662a3092855d1cfff9cc26da7', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_89a23', table='investors_request', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"kind": ["question", "documents", "land", "utilities", "permit", "other"], "asked_side": ["office", "investor"], "state": ["open", "answered", "closed", "withdrawn"], "holder": ["office", "investor", ""]}\', \'created_at,updated_at,promised_on,wanted_by,written_at,ended_at\', \'public_id\')', func='', hash='81437b0e4b1fef2e6961bfd86a73535ebed549ba', operation='INSERT OR UPDATE', pgid='pgtrigger_values_73599', table='investors_request', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=core.triggers.RunSql(execute='core_check_move(\'state\', \'{"open": ["answered", "closed", "withdrawn"], "answered": ["closed", "open", "withdrawn"], "closed": [], "withdrawn": []}\', \'["open"]\')', func='', hash='bfdf5c9eb36357572cc362626acc8ea09f03eb5a', operation='INSERT OR UPDATE', pgid='pgtrigger_moves_e689f', table='investors_request', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=core.triggers.RunSql(execute='investors_keep_request()', func='', hash='1653814e1c41ecb4a97cb0377cbd12bfd749d41c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_kept_3340a', table='investors_request', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='passes', sql=core.triggers.RunSql(execute='investors_pass_ball()', func='', hash='3beb5359a55d980ad25fd64529f6e9c7f34a1b78', operation='INSERT OR UPDATE', pgid='pgtrigger_passes_b0852', table='investors_request', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='9304d1c950b3841273fd5dd70a032f003036e74c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_e5e67', table='investors_message', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='494e40b25a14c6d3bd4c573b6083cefdfbeb2e13', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_74e8c', table='investors_message', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='e5aeec9d070ec4ec808141fe35057dcdef20d9cb', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_6be04', table='investors_message', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"side": ["office", "investor"]}\', \'created_at,updated_at,at,erased_at\', \'\')', func='', hash='ec1b75b13487cb8b979b7ff05608c1e68bf55bce', operation='INSERT OR UPDATE', pgid='pgtrigger_values_11bd5', table='investors_message', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=core.triggers.RunSql(execute='investors_keep_message()', func='', hash='ef703c96c8d0c7e15844d6326b05e5d8953afddb', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_kept_08a5c', table='investors_message', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='says', sql=core.triggers.RunSql(constraint='CONSTRAINT', execute='investors_check_message()', func='', hash='6e09c74e8b1c2a4cbc3372fe25ce6a59a5f1a124', operation='INSERT', pgid='pgtrigger_says_766f0', table='investors_message', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='requesthold',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('request', '='), ('during', '&&')], name='investors_requesthold_one_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requesthold',
            trigger=pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', '')", func='', hash='3ec128d6faf769d7dd48bc56f2f948740994f4c0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_730fa', table='investors_requesthold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requesthold',
            trigger=pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='bee1d1aa53f2d08bc2a204400b5b976d6f65d6f4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_844c5', table='investors_requesthold', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requesthold',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('')", func='', hash='ea8703140389e98385ac6366e7b1fb6ee93b5663', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_472e4', table='investors_requesthold', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requesthold',
            trigger=pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute='core_check_values(\'{"holder": ["office", "investor"]}\', \'created_at,updated_at\', \'\')', func='', hash='64f1c15c6522209bb41bb70b60c174c3dd602eae', operation='INSERT OR UPDATE', pgid='pgtrigger_values_e069c', table='investors_requesthold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requesthold',
            trigger=pgtrigger.compiler.Trigger(name='by_database', sql=core.triggers.RunSql(execute='investors_keep_clock()', func='', hash='34ef89da820ef9ba332deb08b6cbf29bbebf598b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_by_database_87df2', table='investors_requesthold', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='requestseen',
            constraint=models.UniqueConstraint(fields=('request', 'reader'), name='investors_requestseen_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requestseen',
            trigger=pgtrigger.compiler.Trigger(name='record', sql=core.triggers.RunSql(execute="core_record('id', '', '', 'upto')", func='', hash='d1b3502fb855f3f5975c205c550c882034d1f976', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_record_ebbee', table='investors_requestseen', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requestseen',
            trigger=pgtrigger.compiler.Trigger(name='keep', sql=core.triggers.RunSql(execute='core_refuse()', func='', hash='c64b128ce15f4fcf06313f52ea0102fe3a18f55e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_1be39', table='investors_requestseen', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requestseen',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=core.triggers.RunSql(execute="core_touch('upto')", func='', hash='10244e6af1fa5a1d779e08c5815d66a03a5bbc25', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_c3449', table='investors_requestseen', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requestseen',
            trigger=pgtrigger.compiler.Trigger(name='values', sql=core.triggers.RunSql(execute="core_check_values('{}', 'created_at,updated_at', '')", func='', hash='1e7e573c4249330dfd56fb4c55cf315fa10661ee', operation='INSERT OR UPDATE', pgid='pgtrigger_values_5f9f7', table='investors_requestseen', when='AFTER')),
        ),
    ]
