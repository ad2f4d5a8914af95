from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="childinneedplan",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("met", "The child’s needs are met"),
                    ("early_help", "Family Help or early help continues"),
                    ("protection", "A child protection plan began"),
                    ("consent", "The family no longer consents"),
                    ("moved", "Moved to another area"),
                    ("eighteen", "Reached 18"),
                    ("died", "Died"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="childinneedplanevent",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("met", "The child’s needs are met"),
                    ("early_help", "Family Help or early help continues"),
                    ("protection", "A child protection plan began"),
                    ("consent", "The family no longer consents"),
                    ("moved", "Moved to another area"),
                    ("eighteen", "Reached 18"),
                    ("died", "Died"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="protectionplan",
            name="will_be_told",
            field=models.TextField(blank=True, help_text="Who will be told about the plan, in health and at school."),
        ),
        migrations.AlterField(
            model_name="protectionplanevent",
            name="will_be_told",
            field=models.TextField(blank=True, help_text="Who will be told about the plan, in health and at school."),
        ),
    ]
