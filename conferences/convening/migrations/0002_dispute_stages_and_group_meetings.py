import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    dependencies = [
        ("cases", "0001_initial"),
        ("convening", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DisputeStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("people", models.CharField(max_length=200)),
                ("began_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "answered_by",
                    models.CharField(blank=True, help_text="Name and role of who answered.", max_length=200),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="DisputeStageEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("people", models.CharField(max_length=200)),
                ("began_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "answered_by",
                    models.CharField(blank=True, help_text="Name and role of who answered.", max_length=200),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FamilyGroupMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(null=True)),
                ("plan", models.TextField(blank=True, help_text="The family’s plan, in their words.")),
                ("why_not", models.TextField(blank=True, help_text="Why none was held.")),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="FamilyGroupMeetingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("held_on", models.DateField(null=True)),
                ("plan", models.TextField(blank=True, help_text="The family’s plan, in their words.")),
                ("why_not", models.TextField(blank=True, help_text="Why none was held.")),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FamilyGroupOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("offered_by", models.CharField(blank=True, max_length=200)),
                ("offered_on", models.DateField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("none", "No answer yet"), ("yes", "Accepted"), ("no", "Declined")],
                        max_length=10,
                    ),
                ),
                ("why_not", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FamilyGroupOfferEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("offered_by", models.CharField(blank=True, max_length=200)),
                ("offered_on", models.DateField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("none", "No answer yet"), ("yes", "Accepted"), ("no", "Declined")],
                        max_length=10,
                    ),
                ),
                ("why_not", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveField(
            model_name="dispute",
            name="answer",
        ),
        migrations.RemoveField(
            model_name="dispute",
            name="answered_at",
        ),
        migrations.RemoveField(
            model_name="dispute",
            name="answered_by",
        ),
        migrations.RemoveField(
            model_name="disputeevent",
            name="answer",
        ),
        migrations.RemoveField(
            model_name="disputeevent",
            name="answered_at",
        ),
        migrations.RemoveField(
            model_name="disputeevent",
            name="answered_by",
        ),
        migrations.AddField(
            model_name="dispute",
            name="accepted",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="dispute",
            name="closed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="dispute",
            name="closed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="closed_note",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="disputeevent",
            name="accepted",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="disputeevent",
            name="closed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="disputeevent",
            name="closed_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="disputeevent",
            name="closed_note",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="closed_dispute_has_by",
            ),
        ),
        migrations.AddField(
            model_name="disputestage",
            name="dispute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="stages", to="convening.dispute"
            ),
        ),
        migrations.AddField(
            model_name="disputestage",
            name="recorded_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="disputestageevent",
            name="dispute",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.dispute",
            ),
        ),
        migrations.AddField(
            model_name="disputestageevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="convening.disputestage",
            ),
        ),
        migrations.AddField(
            model_name="disputestageevent",
            name="recorded_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="familygroupmeeting",
            name="family",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="group_meetings", to="cases.family"
            ),
        ),
        migrations.AddField(
            model_name="familygroupmeeting",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="familygroupmeetingevent",
            name="family",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="cases.family",
            ),
        ),
        migrations.AddField(
            model_name="familygroupmeetingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="convening.familygroupmeeting",
            ),
        ),
        migrations.AddField(
            model_name="familygroupmeetingevent",
            name="recorded_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="familygroupoffer",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="convening.familygroupmeeting"
            ),
        ),
        migrations.AddField(
            model_name="familygroupoffer",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="group_offers", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="familygroupofferevent",
            name="meeting",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.familygroupmeeting",
            ),
        ),
        migrations.AddField(
            model_name="familygroupofferevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="familygroupofferevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="convening.familygroupoffer",
            ),
        ),
        migrations.AddConstraint(
            model_name="disputestage",
            constraint=models.UniqueConstraint(fields=("dispute", "number"), name="one_row_a_dispute_stage"),
        ),
        migrations.AddConstraint(
            model_name="disputestage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""),
                        ("answered_at__isnull", True),
                        ("answered_by", ""),
                        ("recorded_by__isnull", True),
                    ),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("recorded_by__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                        models.Q(("answered_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="answered_stage_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="familygroupmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_on__isnull", True), ("plan", "")),
                    models.Q(("held_on__isnull", False), ("why_not", ""), models.Q(("plan", ""), _negated=True)),
                    _connector="OR",
                ),
                name="group_meeting_has_a_plan_or_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="familygroupoffer",
            constraint=models.UniqueConstraint(fields=("meeting", "person"), name="one_row_a_group_offer"),
        ),
        migrations.AddConstraint(
            model_name="familygroupoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("offered_on__isnull", False),
                        ("why_not", ""),
                        models.Q(("offered_by", ""), _negated=True),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    models.Q(
                        ("answer", ""),
                        ("offered_by", ""),
                        ("offered_on__isnull", True),
                        models.Q(("why_not", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="group_meeting_offered_or_says_why_not",
            ),
        ),
    ]
