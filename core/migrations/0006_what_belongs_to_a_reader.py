import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_stored_file_uploader'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='outbox',
            name='channel',
            field=models.CharField(choices=[('mail', 'mail'), ('bell', 'bell')], max_length=10, verbose_name='channel'),
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('path', models.CharField(max_length=200)),
                ('query', models.CharField(blank=True, default='', max_length=1000)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved view',
                'verbose_name_plural': 'saved views',
                'ordering': ['path', django.db.models.functions.text.Lower('name'), 'pk'],
                'constraints': [models.UniqueConstraint(models.F('owner'), models.F('path'), django.db.models.functions.text.Lower('name'), name='core_savedview_name_once', violation_error_message='You have a view of this name on this page: choose another name.'), models.CheckConstraint(condition=models.Q(('name__regex', '\\S')), name='core_savedview_named'), models.CheckConstraint(condition=models.Q(('path__regex', '^/([a-z0-9-]+/)+$')), name='core_savedview_local_path')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='the same notice is given once', max_length=200, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('facts', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'ordering': ['-pk'],
                'indexes': [models.Index(models.F('recipient'), models.OrderBy(models.F('id'), descending=True), name='core_notice_newest'), models.Index(models.F('recipient'), condition=models.Q(('read_at', None)), name='core_notice_unread')],
            },
        ),
        migrations.CreateModel(
            name='Silence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('channel', models.CharField(choices=[('mail', 'mail'), ('bell', 'bell')], max_length=10)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='silences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'notice not wanted',
                'verbose_name_plural': 'notices not wanted',
                'constraints': [models.UniqueConstraint(fields=('owner', 'kind', 'channel'), name='core_silence_once'), models.CheckConstraint(condition=models.Q(('channel__in', ['mail', 'bell'])), name='core_silence_channel_known')],
            },
        ),
    ]
