import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencyClosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
                ("why", models.CharField(max_length=120)),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="agency",
            name="address",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="agency",
            name="email_is_secure",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="agency",
            name="is_active",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="agency",
            name="reference",
            field=models.CharField(
                blank=True, help_text="What others know it by: a school’s URN, a GP practice’s ODS code.", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="agencyevent",
            name="address",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="agencyevent",
            name="email_is_secure",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="agencyevent",
            name="is_active",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="agencyevent",
            name="reference",
            field=models.CharField(
                blank=True, help_text="What others know it by: a school’s URN, a GP practice’s ODS code.", max_length=20
            ),
        ),
        migrations.AlterField(
            model_name="agency",
            name="kind",
            field=models.CharField(
                choices=[
                    ("social_care", "Children’s social care"),
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
        migrations.AlterField(
            model_name="agencyevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("social_care", "Children’s social care"),
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
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("reference",),
                name="one_agency_a_reference",
            ),
        ),
        migrations.AddField(
            model_name="agencyclosure",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="closures", to="accounts.agency"
            ),
        ),
        migrations.AddField(
            model_name="agencyclosureevent",
            name="agency",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.agency",
            ),
        ),
        migrations.AddField(
            model_name="agencyclosureevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="accounts.agencyclosure",
            ),
        ),
        migrations.AddField(
            model_name="agencycontact",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="accounts.agency"
            ),
        ),
        migrations.AddField(
            model_name="agencycontactevent",
            name="agency",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.agency",
            ),
        ),
        migrations.AddField(
            model_name="agencycontactevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="accounts.agencycontact",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("from_on"))), name="closed_from_until"
            ),
        ),
    ]
