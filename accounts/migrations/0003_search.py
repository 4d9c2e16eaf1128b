import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_second_factors'),
        ('core', '0007_search'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='organisation',
            name='accounts_organisation_search',
        ),
        migrations.RemoveField(
            model_name='organisation',
            name='search',
        ),
        migrations.AddField(
            model_name='organisation',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Concat(models.F('name_kk'), models.Value(' '), models.F('name_ru'), models.Value(' '), models.F('name_en'), models.Value(' '), models.F('abbreviation_kk'), models.Value(' '), models.F('abbreviation_ru'), models.Value(' '), models.F('abbreviation_en'), models.Value(' '), models.Func(models.F('aliases'), function='core_words', output_field=models.TextField()), models.Value(' '), output_field=models.TextField()), function='core_fold'), output_field=models.TextField()),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('search'), name='gin_trgm_ops'), name='accounts_organisation_search'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(models.F('sort_kk'), models.F('id'), name='accounts_organisation_by_name'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(models.F('updated_at'), models.F('id'), name='accounts_organisation_update'),
        ),
    ]
