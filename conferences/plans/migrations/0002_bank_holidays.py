from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="childinneedmeeting",
            name="day_reason",
            field=models.TextField(blank=True, help_text="Why it is booked for a bank holiday."),
        ),
        migrations.AddField(
            model_name="childinneedmeetingevent",
            name="day_reason",
            field=models.TextField(blank=True, help_text="Why it is booked for a bank holiday."),
        ),
        migrations.AddField(
            model_name="coregroupmeeting",
            name="day_reason",
            field=models.TextField(blank=True, help_text="Why it is booked for a bank holiday."),
        ),
        migrations.AddField(
            model_name="coregroupmeetingevent",
            name="day_reason",
            field=models.TextField(blank=True, help_text="Why it is booked for a bank holiday."),
        ),
    ]
