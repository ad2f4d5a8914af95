from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meeting", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="new_date_reason",
            field=models.TextField(blank=True, help_text="Why the new date is a bank holiday."),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="new_date_reason",
            field=models.TextField(blank=True, help_text="Why the new date is a bank holiday."),
        ),
    ]
