import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0007_search'),
        ('districts', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='project',
            name='districts_project_search',
        ),
        migrations.RemoveField(
            model_name='project',
            name='search',
        ),
        migrations.AddField(
            model_name='project',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Concat(models.F('name_kk'), models.Value(' '), models.F('name_ru'), models.Value(' '), models.F('name_en'), models.Value(' '), models.F('purpose_kk'), models.Value(' '), models.F('purpose_ru'), models.Value(' '), models.F('purpose_en'), models.Value(' '), models.Func(models.Value('ALT-P-'), models.F('id'), function='core_public_id', output_field=models.CharField()), models.Value(' '), output_field=models.TextField()), function='core_fold'), output_field=models.TextField()),
        ),
        migrations.AddIndex(
            model_name='project',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('search'), name='gin_trgm_ops'), name='districts_project_search'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(models.F('sort_kk'), models.F('id'), name='districts_project_by_name'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(models.F('updated_at'), models.F('id'), name='districts_project_by_update'),
        ),
    ]
