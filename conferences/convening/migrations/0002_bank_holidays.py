from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("convening", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="conference",
            name="day_reason",
            field=models.TextField(blank=True, help_text="Why it is booked for a bank holiday."),
        ),
        migrations.AddField(
            model_name="conferenceevent",
            name="day_reason",
            field=models.TextField(blank=True, help_text="Why it is booked for a bank holiday."),
        ),
    ]
