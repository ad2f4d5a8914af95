from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("convening", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="exclusion",
            name="meeting",
            field=models.CharField(
                blank=True,
                choices=[
                    ("all", "All of the meeting"),
                    ("some", "Part of the meeting, at their own times"),
                    ("none", "None of the meeting"),
                ],
                max_length=5,
            ),
        ),
        migrations.AlterField(
            model_name="exclusionevent",
            name="meeting",
            field=models.CharField(
                blank=True,
                choices=[
                    ("all", "All of the meeting"),
                    ("some", "Part of the meeting, at their own times"),
                    ("none", "None of the meeting"),
                ],
                max_length=5,
            ),
        ),
    ]
