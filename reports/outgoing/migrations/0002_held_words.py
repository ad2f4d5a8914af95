from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outgoing", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="paragraph",
            name="included_reason",
            field=models.TextField(
                blank=True, help_text="Why the chair gives these words to readers that the speaker is protected from."
            ),
        ),
        migrations.AddField(
            model_name="paragraphevent",
            name="included_reason",
            field=models.TextField(
                blank=True, help_text="Why the chair gives these words to readers that the speaker is protected from."
            ),
        ),
    ]
