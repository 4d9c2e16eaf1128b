from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_search'),
        ('core', '0007_search'),
        ('districts', '0002_search'),
        ('investors', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='investor',
            index=models.Index(models.F('as_of_day'), models.F('id'), name='investors_investor_by_day'),
        ),
        migrations.AddIndex(
            model_name='investor',
            index=models.Index(models.F('updated_at'), models.F('id'), name='investors_investor_by_update'),
        ),
        migrations.AddIndex(
            model_name='talk',
            index=models.Index(models.F('held_day'), models.F('id'), name='investors_talk_by_day'),
        ),
    ]
