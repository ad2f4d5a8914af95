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
        migrations.AlterField(
            model_name="planaction",
            name="due_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="planaction",
            name="measure",
            field=models.TextField(blank=True, help_text="How everyone will know that it worked."),
        ),
        migrations.AlterField(
            model_name="planaction",
            name="who",
            field=models.CharField(blank=True, help_text="The named person, family included.", max_length=200),
        ),
        migrations.AlterField(
            model_name="planactionevent",
            name="due_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="planactionevent",
            name="measure",
            field=models.TextField(blank=True, help_text="How everyone will know that it worked."),
        ),
        migrations.AlterField(
            model_name="planactionevent",
            name="who",
            field=models.CharField(blank=True, help_text="The named person, family included.", max_length=200),
        ),
    ]
