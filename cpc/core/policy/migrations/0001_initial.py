import django.db.models.deletion
from django.db import migrations, models

from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="BankHoliday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("falls_on", models.DateField(unique=True)),
                ("name", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ["falls_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("falls_on__week_day__in", [1, 7]), _negated=True),
                        name="bank_holiday_on_a_weekday",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BankHolidayEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("falls_on", models.DateField()),
                ("name", models.CharField(max_length=80)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="policy.bankholiday",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LocalLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("amount", models.PositiveSmallIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("working days", "Working days"),
                            ("days", "Days"),
                            ("weeks", "Weeks"),
                            ("months", "Months"),
                            ("hours", "Hours"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "counting",
                    models.CharField(
                        choices=[
                            ("ordinary", "The day of the event does not count"),
                            ("inclusive", "The day of the event counts as the first day"),
                            ("clear", "Clear days: neither end counts"),
                        ],
                        default="ordinary",
                        max_length=20,
                    ),
                ),
                ("from_on", models.DateField()),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("set_by", models.CharField(max_length=200)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["key", "-from_on"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("key", "from_on"),
                        name="one_local_limit_a_key_and_day",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 1)), name="local_limit_of_at_least_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by", "")),
                            models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="local_limit_withdrawn_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalLimitEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("key", models.CharField(max_length=60)),
                ("amount", models.PositiveSmallIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("working days", "Working days"),
                            ("days", "Days"),
                            ("weeks", "Weeks"),
                            ("months", "Months"),
                            ("hours", "Hours"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "counting",
                    models.CharField(
                        choices=[
                            ("ordinary", "The day of the event does not count"),
                            ("inclusive", "The day of the event counts as the first day"),
                            ("clear", "Clear days: neither end counts"),
                        ],
                        default="ordinary",
                        max_length=20,
                    ),
                ),
                ("from_on", models.DateField()),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("set_by", models.CharField(max_length=200)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=200)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="policy.locallimit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LocalWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("text", models.TextField(blank=True)),
                ("from_on", models.DateField()),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("set_by", models.CharField(max_length=200)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["key", "-from_on"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("key", "from_on"),
                        name="one_local_word_a_key_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by", "")),
                            models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="local_word_withdrawn_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalWordEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("key", models.CharField(max_length=60)),
                ("text", models.TextField(blank=True)),
                ("from_on", models.DateField()),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("set_by", models.CharField(max_length=200)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=200)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="policy.localword",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
