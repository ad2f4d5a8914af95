from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("convening", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="dispute",
            name="upheld",
            field=models.BooleanField(default=False, help_text="The conference is held after all."),
        ),
        migrations.AddField(
            model_name="disputeevent",
            name="upheld",
            field=models.BooleanField(default=False, help_text="The conference is held after all."),
        ),
    ]
