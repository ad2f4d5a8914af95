from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoing",
            name="may_have_left_at",
            field=models.DateTimeField(
                help_text="When it was printed, or given to a mail server that did not confirm it.", null=True
            ),
        ),
        migrations.AddField(
            model_name="outgoing",
            name="said",
            field=models.JSONField(
                blank=True, default=dict, help_text="What an email says about a meeting, as plain values."
            ),
        ),
        migrations.AddField(
            model_name="outgoingevent",
            name="may_have_left_at",
            field=models.DateTimeField(
                help_text="When it was printed, or given to a mail server that did not confirm it.", null=True
            ),
        ),
        migrations.AddField(
            model_name="outgoingevent",
            name="said",
            field=models.JSONField(
                blank=True, default=dict, help_text="What an email says about a meeting, as plain values."
            ),
        ),
    ]
