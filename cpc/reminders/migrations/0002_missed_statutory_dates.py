from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reminders", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reminder",
            name="stage",
            field=models.CharField(
                choices=[
                    ("soon", "Due soon"),
                    ("today", "Due today"),
                    ("late", "Late"),
                    ("missed", "Statutory date missed"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="reminderevent",
            name="stage",
            field=models.CharField(
                choices=[
                    ("soon", "Due soon"),
                    ("today", "Due today"),
                    ("late", "Late"),
                    ("missed", "Statutory date missed"),
                ],
                max_length=10,
            ),
        ),
    ]
