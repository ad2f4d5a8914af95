import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="email address")),
                ("first_name", models.CharField(max_length=80)),
                ("last_name", models.CharField(max_length=80)),
                ("job_title", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RoleRequirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("social_worker", "Social worker"),
                            ("team_manager", "Team manager"),
                            ("chair", "Conference chair"),
                            ("administrator", "Conference administrator"),
                            ("service_manager", "Conference service manager"),
                            ("professional", "Practitioner of another agency"),
                            ("system_administrator", "System administrator"),
                            ("out_of_hours", "Out-of-hours worker"),
                        ],
                        max_length=30,
                        unique=True,
                    ),
                ),
                ("second_factor", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="AccountCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("second", "A second account"), ("wide", "Wide rights")], max_length=10),
                ),
                ("what", models.CharField(help_text="What was done: a new account, more roles.", max_length=60)),
                ("reason", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("is_right", models.BooleanField(null=True)),
                (
                    "vouched_by",
                    models.CharField(blank=True, help_text="Who knows the person: a name and a post.", max_length=200),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "like",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccountCheckEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(choices=[("second", "A second account"), ("wide", "Wide rights")], max_length=10),
                ),
                ("what", models.CharField(help_text="What was done: a new account, more roles.", max_length=60)),
                ("reason", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("is_right", models.BooleanField(null=True)),
                (
                    "vouched_by",
                    models.CharField(blank=True, help_text="Who knows the person: a name and a post.", max_length=200),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "like",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="accounts.accountcheck",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("social_care", "Another authority’s children’s social care"),
                            ("police", "Police"),
                            ("school", "School"),
                            ("nursery", "Nursery"),
                            ("health_visiting", "Health visiting"),
                            ("school_nursing", "School nursing"),
                            ("gp", "GP practice"),
                            ("midwifery", "Midwifery"),
                            ("paediatrics", "Paediatrics"),
                            ("education", "The council’s education service"),
                            ("adult_care", "Adult social care"),
                            ("mental_health", "Adult mental health"),
                            ("substance_misuse", "Drug and alcohol service"),
                            ("domestic_abuse", "Domestic abuse service"),
                            ("probation", "Probation"),
                            ("youth_justice", "Youth justice"),
                            ("housing", "Housing"),
                            ("advocacy", "Advocacy"),
                            ("voluntary", "Voluntary organisation"),
                            ("other", "Another agency"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True,
                        help_text="What others know it by: a school’s URN, a GP practice’s ODS code.",
                        max_length=20,
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("email_is_secure", models.BooleanField(default=False)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("address", models.TextField(blank=True)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name_plural": "agencies",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("reference",),
                        name="one_agency_a_reference",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="accounts.agency",
            ),
        ),
        migrations.CreateModel(
            name="AgencyClosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
                ("why", models.CharField(max_length=120)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="closures", to="accounts.agency"
                    ),
                ),
            ],
            options={
                "ordering": ("from_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="AgencyClosureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
                ("why", models.CharField(max_length=120)),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="accounts.agencyclosure",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgencyContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("conferences", "Invitations and attendance"),
                            ("reports", "Reports"),
                            ("safeguarding", "Safeguarding lead"),
                            ("manager", "Manager or head"),
                            ("office", "Office"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="accounts.agency"
                    ),
                ),
            ],
            options={
                "ordering": ("role", "name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="AgencyContactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("conferences", "Invitations and attendance"),
                            ("reports", "Reports"),
                            ("safeguarding", "Safeguarding lead"),
                            ("manager", "Manager or head"),
                            ("office", "Office"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="accounts.agencycontact",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgencyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("social_care", "Another authority’s children’s social care"),
                            ("police", "Police"),
                            ("school", "School"),
                            ("nursery", "Nursery"),
                            ("health_visiting", "Health visiting"),
                            ("school_nursing", "School nursing"),
                            ("gp", "GP practice"),
                            ("midwifery", "Midwifery"),
                            ("paediatrics", "Paediatrics"),
                            ("education", "The council’s education service"),
                            ("adult_care", "Adult social care"),
                            ("mental_health", "Adult mental health"),
                            ("substance_misuse", "Drug and alcohol service"),
                            ("domestic_abuse", "Domestic abuse service"),
                            ("probation", "Probation"),
                            ("youth_justice", "Youth justice"),
                            ("housing", "Housing"),
                            ("advocacy", "Advocacy"),
                            ("voluntary", "Voluntary organisation"),
                            ("other", "Another agency"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True,
                        help_text="What others know it by: a school’s URN, a GP practice’s ODS code.",
                        max_length=20,
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("email_is_secure", models.BooleanField(default=False)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("address", models.TextField(blank=True)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="accounts.agency",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RoleHeld",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("social_worker", "Social worker"),
                            ("team_manager", "Team manager"),
                            ("chair", "Conference chair"),
                            ("administrator", "Conference administrator"),
                            ("service_manager", "Conference service manager"),
                            ("professional", "Practitioner of another agency"),
                            ("system_administrator", "System administrator"),
                            ("out_of_hours", "Out-of-hours worker"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles_held",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoleHeldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("social_worker", "Social worker"),
                            ("team_manager", "Team manager"),
                            ("chair", "Conference chair"),
                            ("administrator", "Conference administrator"),
                            ("service_manager", "Conference service manager"),
                            ("professional", "Practitioner of another agency"),
                            ("system_administrator", "System administrator"),
                            ("out_of_hours", "Out-of-hours worker"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="accounts.roleheld",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RoleRequirementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("social_worker", "Social worker"),
                            ("team_manager", "Team manager"),
                            ("chair", "Conference chair"),
                            ("administrator", "Conference administrator"),
                            ("service_manager", "Conference service manager"),
                            ("professional", "Practitioner of another agency"),
                            ("system_administrator", "System administrator"),
                            ("out_of_hours", "Out-of-hours worker"),
                        ],
                        max_length=30,
                    ),
                ),
                ("second_factor", models.BooleanField(default=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="accounts.rolerequirement",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("social_work", "Social work team"), ("conference_service", "Conference service")],
                        max_length=20,
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams_run",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="user",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="accounts.team",
            ),
        ),
        migrations.CreateModel(
            name="TeamCover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("duty", "On duty for the team"), ("cover", "Covering for somebody who is away")],
                        max_length=10,
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(help_text="The last day.")),
                ("reason", models.TextField()),
                ("ended_on", models.DateField(blank=True, help_text="Taken back before its time.", null=True)),
                (
                    "absent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covered_by",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="covers", to="accounts.team"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_covers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TeamCoverEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("duty", "On duty for the team"), ("cover", "Covering for somebody who is away")],
                        max_length=10,
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(help_text="The last day.")),
                ("reason", models.TextField()),
                ("ended_on", models.DateField(blank=True, help_text="Taken back before its time.", null=True)),
                (
                    "absent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="accounts.teamcover",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.team",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TeamEvent",
            fields=[
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("social_work", "Social work team"), ("conference_service", "Conference service")],
                        max_length=20,
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("email", models.EmailField(max_length=254, verbose_name="email address")),
                ("first_name", models.CharField(max_length=80)),
                ("last_name", models.CharField(max_length=80)),
                ("job_title", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="accountcheck",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)),
                fields=("user", "kind", "asked_by"),
                name="one_open_check_an_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("is_right__isnull", True),
                        ("vouched_by", ""),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("is_right__isnull", False),
                        ("vouched_by", ""),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", True),
                        ("is_right", True),
                        ("kind", "wide"),
                        models.Q(("vouched_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="account_check_is_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(
                        models.Q(("decided_by", models.F("asked_by")), _negated=True),
                        models.Q(("decided_by", models.F("user")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="somebody_else_checks_an_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("from_on"))), name="closed_from_until"
            ),
        ),
        migrations.AddIndex(
            model_name="roleheld",
            index=models.Index(fields=["role"], name="role_held_by"),
        ),
        migrations.AddConstraint(
            model_name="roleheld",
            constraint=models.UniqueConstraint(fields=("user", "role"), name="one_row_a_role"),
        ),
        migrations.AddIndex(
            model_name="teamcover",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", True)), fields=["user", "until_on"], name="cover_user"
            ),
        ),
        migrations.AddConstraint(
            model_name="teamcover",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("from_on"))), name="cover_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="teamcover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("absent__isnull", True),
                    ("user__isnull", True),
                    models.Q(("absent", models.F("user")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_covers_for_themselves",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamcover",
            constraint=models.CheckConstraint(
                condition=models.Q(("user__isnull", False), ("absent__isnull", False), _connector="OR"),
                name="cover_names_somebody",
            ),
        ),
    ]
