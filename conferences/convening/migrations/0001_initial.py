import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import conferences.convening.models.chairs
from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    initial = True

    dependencies = [
        ("audit", "0002_extensions"),
        ("accounts", "0001_initial"),
        ("cases", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DiscussionAgency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agency",
                    models.CharField(
                        choices=[
                            ("social_care", "Children’s social care"),
                            ("police", "Police"),
                            ("health", "Health"),
                            ("education", "Education"),
                            ("other", "Another agency"),
                        ],
                        max_length=15,
                    ),
                ),
                ("took_part", models.BooleanField()),
                ("people", models.TextField(blank=True, help_text="Names and roles.")),
                ("why_not", models.TextField(blank=True, help_text="Why nobody took part.")),
                ("shared", models.TextField(blank=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("professionals", "Professionals who may read this family’s record"),
                            ("police", "Police information: only those who hold the case, and the conference’s chair"),
                            ("third_party", "About a third party: only those who hold the case, and the chair"),
                        ],
                        default="police",
                        max_length=15,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True)),
                ("address", models.TextField(blank=True)),
                ("is_active", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="ActingChair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("named_at", models.DateTimeField()),
                ("until_on", models.DateField(blank=True, help_text="The last day, where there is one.", null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BookingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("time", "Moved to another time or place"), ("chair", "Chair changed")], max_length=5
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("chair_ill", "The chair is unavailable"),
                            ("worker_absent", "The social worker or their manager is unavailable"),
                            ("quorum", "Too few agencies can come"),
                            ("reports_late", "Reports are not ready, or the family had no time to read them"),
                            ("family_asked", "The family asked for another time"),
                            ("family_ill", "Illness or bereavement in the family"),
                            ("birth", "A birth, or a baby due"),
                            ("death", "A death"),
                            ("interpreter", "No interpreter or support is available"),
                            ("venue", "The room or the video link cannot be used"),
                            ("sooner", "The children need it sooner, or the last day is earlier"),
                            ("other", "Another reason"),
                            ("not_independent", "The chair is not independent, or has a conflict of interest"),
                            ("post_ended", "The chair’s post ends before the conference"),
                            ("same_as_before", "The chair of the last conference can chair this one"),
                            ("workload", "The chair has too many conferences"),
                            ("family_asked", "The family asked for it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("agreed_by", models.CharField(help_text="Name and job of who agreed to it.", max_length=200)),
                ("was_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "was_chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ChairTalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(blank=True, null=True)),
                ("what_was_said", models.TextField(blank=True)),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("together", "Yes, together"),
                            ("not_there", "No, it had not arrived"),
                            ("not_wanted", "No, they did not want to"),
                        ],
                        help_text="Whether they looked at the family’s form together.",
                        max_length=10,
                    ),
                ),
                ("not_held_reason", models.TextField(blank=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "Any reader"),
                            ("family", "The family"),
                            ("professionals", "Professionals only"),
                            ("chair", "The chair alone"),
                            ("named", "Only people named"),
                            ("police", "Police information, restricted"),
                            ("third_party", "Third-party information, restricted"),
                        ],
                        default="everyone",
                        help_text="Who may read what was said.",
                        max_length=20,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChildPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all", "Wants to come to all of it"),
                            ("some", "Wants to come to part of it"),
                            ("no", "Does not want to come"),
                            ("unsure", "Is not sure yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_by", models.CharField(blank=True, help_text="Who asked the child.", max_length=200)),
                ("asked_on", models.DateField(null=True)),
                (
                    "part",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all", "All of the meeting"),
                            ("some", "Part of the meeting"),
                            ("another", "Another way, without being at the meeting"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "how",
                    models.TextField(blank=True, help_text="Which part, or which other way, in words to the child."),
                ),
                ("reason", models.TextField(blank=True, help_text="Why this is in the child’s interest.")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Companion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("supporter", "Supporter"), ("solicitor", "Solicitor")], max_length=10),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "relation",
                    models.CharField(
                        help_text="Who they are to the parent, or the firm of a solicitor.", max_length=200
                    ),
                ),
                (
                    "is_namesake",
                    models.BooleanField(
                        default=False, help_text="They have the name of somebody of the family, and are another person."
                    ),
                ),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("asked_by", models.CharField(help_text="Who asked that they come.", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("named", "Waiting for the chair"),
                            ("agreed", "Agreed by the chair"),
                            ("refused", "Not agreed by the chair"),
                            ("ended", "No longer coming"),
                        ],
                        default="named",
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "reason",
                    models.TextField(
                        blank=True, help_text="Why the chair did not agree, or why they do not come any more."
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
                    "person",
                    models.ForeignKey(
                        help_text="The person they come with.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "relative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Conference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("initial", "Initial child protection conference"),
                            ("pre_birth", "Pre-birth child protection conference"),
                            ("transfer_in", "Transfer-in child protection conference"),
                            ("review", "Review child protection conference"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("declined", "Declined"),
                            ("agreed", "To be booked"),
                            ("booked", "Booked"),
                            ("open", "In progress"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="requested",
                        max_length=20,
                    ),
                ),
                (
                    "anchor_on",
                    models.DateField(help_text="Day nought: the strategy discussion, or the last conference."),
                ),
                ("due_on", models.DateField()),
                ("request_reason", models.TextField(blank=True)),
                (
                    "worry",
                    models.CharField(
                        blank=True,
                        help_text="The worry in two plain lines, for the family’s letter of invitation.",
                        max_length=300,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
                ("decline_reason", models.TextField(blank=True)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("day_reason", models.TextField(blank=True, help_text="Why it is booked for a bank holiday.")),
                ("video_link", models.URLField(blank=True)),
                (
                    "chair_independent",
                    models.BooleanField(
                        help_text="Whether the chair is independent of the family, the case and its line management.",
                        null=True,
                    ),
                ),
                (
                    "chair_statement",
                    models.TextField(
                        blank=True,
                        help_text="In the chair’s words: how they are independent, or why not and why they chair.",
                    ),
                ),
                ("chair_declared_at", models.DateTimeField(null=True)),
                (
                    "chair_reason",
                    models.TextField(blank=True, help_text="The service manager’s reason for this chair all the same."),
                ),
                ("chair_agreed_at", models.DateTimeField(null=True)),
                (
                    "lateness_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("family_ill", "Illness or bereavement in the family"),
                            ("family_asked", "The family requested another date"),
                            ("interpreter", "No interpreter or support was available in time"),
                            ("key_agency", "A key agency was not available in time"),
                            ("late_request", "The request came late"),
                            ("no_chair", "No chair or room was available in time"),
                            ("inquorate", "The earlier conference was not quorate"),
                            ("siblings", "To hear brothers and sisters together"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("lateness_note", models.TextField(blank=True)),
                ("lateness_agreed_by", models.CharField(blank=True, max_length=200)),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=0, help_text="Goes up when the booking changes, for calendars."
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "held_reason",
                    models.TextField(blank=True, help_text="Why it was held on another day than the one booked."),
                ),
                (
                    "details_confirmed_at",
                    models.DateTimeField(help_text="The family confirmed their details.", null=True),
                ),
                ("quorate", models.BooleanField(help_text="As the chair confirmed it.", null=True)),
                (
                    "quorum_reason",
                    models.TextField(blank=True, help_text="Why it was held, or judged quorate, all the same."),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "to_write_up",
                    models.BooleanField(default=False, help_text="Held, and no record has been drafted yet."),
                ),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "cancel_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_longer_needed", "No longer needed"),
                            ("chair_ill", "The chair is unavailable"),
                            ("worker_absent", "The social worker or their manager is unavailable"),
                            ("quorum", "Too few agencies can come"),
                            ("reports_late", "Reports are not ready, or the family had no time to read them"),
                            ("family_asked", "The family asked for it"),
                            ("family_ill", "Illness or bereavement in the family"),
                            ("birth", "A birth, or a baby due"),
                            ("death", "A death"),
                            ("venue", "The room or the video link cannot be used"),
                            ("child_looked_after", "The children are now looked after and no longer at risk at home"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("cancel_note", models.TextField(blank=True)),
                (
                    "cancel_agreed_by",
                    models.CharField(
                        blank=True, help_text="Who agreed. Empty: it followed from another act.", max_length=200
                    ),
                ),
                (
                    "administrator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conferences_administered",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conferences_chaired",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "chair_agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "declined_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conferences", to="cases.family"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="convening.conference",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CompanionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(choices=[("supporter", "Supporter"), ("solicitor", "Solicitor")], max_length=10),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "relation",
                    models.CharField(
                        help_text="Who they are to the parent, or the firm of a solicitor.", max_length=200
                    ),
                ),
                (
                    "is_namesake",
                    models.BooleanField(
                        default=False, help_text="They have the name of somebody of the family, and are another person."
                    ),
                ),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("asked_by", models.CharField(help_text="Who asked that they come.", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("named", "Waiting for the chair"),
                            ("agreed", "Agreed by the chair"),
                            ("refused", "Not agreed by the chair"),
                            ("ended", "No longer coming"),
                        ],
                        default="named",
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "reason",
                    models.TextField(
                        blank=True, help_text="Why the chair did not agree, or why they do not come any more."
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
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The person they come with.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.companion",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "relative",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="companion",
            name="conference",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="companions", to="convening.conference"
            ),
        ),
        migrations.CreateModel(
            name="ChildPartEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all", "Wants to come to all of it"),
                            ("some", "Wants to come to part of it"),
                            ("no", "Does not want to come"),
                            ("unsure", "Is not sure yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_by", models.CharField(blank=True, help_text="Who asked the child.", max_length=200)),
                ("asked_on", models.DateField(null=True)),
                (
                    "part",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all", "All of the meeting"),
                            ("some", "Part of the meeting"),
                            ("another", "Another way, without being at the meeting"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "how",
                    models.TextField(blank=True, help_text="Which part, or which other way, in words to the child."),
                ),
                ("reason", models.TextField(blank=True, help_text="Why this is in the child’s interest.")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.childpart",
                    ),
                ),
                (
                    "recorded_by",
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
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="childpart",
            name="conference",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="child_parts", to="convening.conference"
            ),
        ),
        migrations.CreateModel(
            name="ChairTalkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("held_on", models.DateField(blank=True, null=True)),
                ("what_was_said", models.TextField(blank=True)),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("together", "Yes, together"),
                            ("not_there", "No, it had not arrived"),
                            ("not_wanted", "No, they did not want to"),
                        ],
                        help_text="Whether they looked at the family’s form together.",
                        max_length=10,
                    ),
                ),
                ("not_held_reason", models.TextField(blank=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "Any reader"),
                            ("family", "The family"),
                            ("professionals", "Professionals only"),
                            ("chair", "The chair alone"),
                            ("named", "Only people named"),
                            ("police", "Police information, restricted"),
                            ("third_party", "Third-party information, restricted"),
                        ],
                        default="everyone",
                        help_text="Who may read what was said.",
                        max_length=20,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.chairtalk",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="chairtalk",
            name="conference",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="chair_talks", to="convening.conference"
            ),
        ),
        migrations.CreateModel(
            name="BookingChangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "part",
                    models.CharField(
                        choices=[("time", "Moved to another time or place"), ("chair", "Chair changed")], max_length=5
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("chair_ill", "The chair is unavailable"),
                            ("worker_absent", "The social worker or their manager is unavailable"),
                            ("quorum", "Too few agencies can come"),
                            ("reports_late", "Reports are not ready, or the family had no time to read them"),
                            ("family_asked", "The family asked for another time"),
                            ("family_ill", "Illness or bereavement in the family"),
                            ("birth", "A birth, or a baby due"),
                            ("death", "A death"),
                            ("interpreter", "No interpreter or support is available"),
                            ("venue", "The room or the video link cannot be used"),
                            ("sooner", "The children need it sooner, or the last day is earlier"),
                            ("other", "Another reason"),
                            ("not_independent", "The chair is not independent, or has a conflict of interest"),
                            ("post_ended", "The chair’s post ends before the conference"),
                            ("same_as_before", "The chair of the last conference can chair this one"),
                            ("workload", "The chair has too many conferences"),
                            ("family_asked", "The family asked for it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("agreed_by", models.CharField(help_text="Name and job of who agreed to it.", max_length=200)),
                ("was_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
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
                        to="convening.bookingchange",
                    ),
                ),
                (
                    "was_chair",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="bookingchange",
            name="conference",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="booking_changes", to="convening.conference"
            ),
        ),
        migrations.CreateModel(
            name="ActingChairEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("named_at", models.DateTimeField()),
                ("until_on", models.DateField(blank=True, help_text="The last day, where there is one.", null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "named_by",
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
                        to="convening.actingchair",
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
                (
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="actingchair",
            name="conference",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="acting_chairs", to="convening.conference"
            ),
        ),
        migrations.CreateModel(
            name="ConferenceChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("included", models.BooleanField(default=True)),
                ("left_out_reason", models.TextField(blank=True)),
                ("participation", models.CharField(blank=True, max_length=3)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conferences", to="people.person"
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="convening.conference"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DateChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("agreed", models.BooleanField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="DiaryFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the secret part of the address.", max_length=64, unique=True
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DiaryFeedEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("digest", models.CharField(help_text="SHA-256 of the secret part of the address.", max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.diaryfeed",
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
            name="DiscussionAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.TextField()),
                ("owner", models.CharField(help_text="Who does it.", max_length=200)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("to_do", "To do"), ("done", "Done"), ("not_done", "Not done")],
                        default="to_do",
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("marked_at", models.DateTimeField(null=True)),
                (
                    "marked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="DiscussionChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("enquiry", "Start a section 47 enquiry"),
                            ("continues", "The section 47 enquiry that is in progress continues"),
                            ("again", "Not decided yet: hold another strategy discussion"),
                            ("support", "No section 47 enquiry: assessment or support"),
                            ("nothing", "No section 47 enquiry: no further action"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strategy_discussions",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("raised_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("upheld", models.BooleanField(default=False, help_text="The conference is held after all.")),
                ("accepted", models.BooleanField(null=True)),
                ("closed_note", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="convening.conference"
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DisputeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("raised_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("upheld", models.BooleanField(default=False, help_text="The conference is held after all.")),
                ("accepted", models.BooleanField(null=True)),
                ("closed_note", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
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
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.dispute",
                    ),
                ),
                (
                    "raised_by",
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
            name="DisputeStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("people", models.CharField(max_length=200)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("worker", "The family’s social worker"),
                            ("manager", "The manager of the family’s team"),
                            ("service_manager", "A conference service manager"),
                            ("head", "A head of service"),
                            ("director", "The director of children’s services"),
                        ],
                        max_length=20,
                    ),
                ),
                ("began_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "answered_by",
                    models.CharField(blank=True, help_text="Name and role of who answered.", max_length=200),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stages", to="convening.dispute"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("worker", "The family’s social worker"),
                            ("manager", "The manager of the family’s team"),
                            ("service_manager", "A conference service manager"),
                            ("head", "A head of service"),
                            ("director", "The director of children’s services"),
                        ],
                        max_length=20,
                    ),
                ),
                ("began_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "answered_by",
                    models.CharField(blank=True, help_text="Name and role of who answered.", max_length=200),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "dispute",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.dispute",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.disputestage",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
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
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outcome_on", models.DateField(blank=True, null=True)),
                ("written_at", models.DateTimeField(null=True)),
                ("return_reason", models.TextField(blank=True)),
                ("signed_off_at", models.DateTimeField(null=True)),
                ("no_plan_reason", models.TextField(blank=True, help_text="Why there is no interim safety plan.")),
                ("no_plan_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "answered_by_conference",
                    models.ForeignKey(
                        blank=True,
                        help_text="The conference that it led to, where the rows of its children name another enquiry, or none.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="also_answers",
                        to="convening.conference",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enquiries", to="cases.family"
                    ),
                ),
                (
                    "no_plan_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_off_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "enquiries",
            },
        ),
        migrations.CreateModel(
            name="ConferenceChildEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("included", models.BooleanField(default=True)),
                ("left_out_reason", models.TextField(blank=True)),
                ("participation", models.CharField(blank=True, max_length=3)),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.conferencechild",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The enquiry that led to the conference for this child; its 15 working days are the child’s own.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.enquiry",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="conferencechild",
            name="enquiry",
            field=models.ForeignKey(
                blank=True,
                help_text="The enquiry that led to the conference for this child; its 15 working days are the child’s own.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="heard_children",
                to="convening.enquiry",
            ),
        ),
        migrations.AddField(
            model_name="conference",
            name="enquiry",
            field=models.ForeignKey(
                blank=True,
                help_text="The enquiry with the earliest last day, where the children come from several.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conferences",
                to="convening.enquiry",
            ),
        ),
        migrations.CreateModel(
            name="EnquiryChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "conference",
                                "Concerns substantiated, likely to suffer significant harm: a conference is needed",
                            ),
                            (
                                "support",
                                "Concerns substantiated, not likely to suffer significant harm: child in need or Family Help",
                            ),
                            ("no_further_action", "Concerns not substantiated: no further action"),
                            ("assessment", "Concerns not substantiated: the assessment continues"),
                        ],
                        max_length=20,
                    ),
                ),
                ("findings", models.TextField(blank=True)),
                ("follows", models.TextField(blank=True, help_text="What follows for this child.")),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enquiries", to="people.person"
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="convening.enquiry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EnquiryChildEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "conference",
                                "Concerns substantiated, likely to suffer significant harm: a conference is needed",
                            ),
                            (
                                "support",
                                "Concerns substantiated, not likely to suffer significant harm: child in need or Family Help",
                            ),
                            ("no_further_action", "Concerns not substantiated: no further action"),
                            ("assessment", "Concerns not substantiated: the assessment continues"),
                        ],
                        max_length=20,
                    ),
                ),
                ("findings", models.TextField(blank=True)),
                ("follows", models.TextField(blank=True, help_text="What follows for this child.")),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.enquiry",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.enquirychild",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("in_force", "Excluded"),
                            ("declined", "Not excluded"),
                            ("ended", "Ended"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_by", models.CharField(help_text="Who asked for it, as the chair was told.", max_length=200)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("welfare", "Their presence may seriously harm the child’s welfare"),
                            ("violence", "Violence, threats or oppressive behaviour, or a risk of it"),
                            ("unfit", "Unfit to take part through alcohol, drugs or acute mental ill-health"),
                            ("child_asks", "The child asks that they are not there while the child is"),
                            ("stops_others", "Their presence would stop somebody else from taking part"),
                            (
                                "confidential",
                                "Others must hear confidential information, such as a criminal investigation",
                            ),
                            ("conflict", "Conflict between family members, such as domestic abuse"),
                            ("interest", "A conflict of interest"),
                            ("connected", "A personal connection to the family"),
                            ("allegation", "An allegation about them is being looked into"),
                            ("safety", "Somebody would not be safe if they were there"),
                        ],
                        max_length=20,
                    ),
                ),
                ("evidence", models.TextField()),
                ("requested_at", models.DateTimeField()),
                (
                    "meeting",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all", "All of the meeting"),
                            ("some", "Part of the meeting, at their own times"),
                            ("none", "None of the meeting"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "no_documents",
                    models.BooleanField(default=False, help_text="No reports, no record and no decision letter."),
                ),
                ("from_on", models.DateField(null=True)),
                (
                    "until_on",
                    models.DateField(blank=True, help_text="Empty: until the end of this conference.", null=True),
                ),
                (
                    "how_heard",
                    models.TextField(blank=True, help_text="How their views will be heard, in words to them."),
                ),
                (
                    "letter_words",
                    models.TextField(blank=True, help_text="Why, in words to them that the chair confirmed as safe."),
                ),
                (
                    "record_words",
                    models.TextField(blank=True, help_text="What every copy of the record says, in neutral words."),
                ),
                ("decline_reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("letter_sent_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exclusions",
                        to="convening.conference",
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
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exclusions",
                        to="people.person",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exclusions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ExclusionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("in_force", "Excluded"),
                            ("declined", "Not excluded"),
                            ("ended", "Ended"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_by", models.CharField(help_text="Who asked for it, as the chair was told.", max_length=200)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("welfare", "Their presence may seriously harm the child’s welfare"),
                            ("violence", "Violence, threats or oppressive behaviour, or a risk of it"),
                            ("unfit", "Unfit to take part through alcohol, drugs or acute mental ill-health"),
                            ("child_asks", "The child asks that they are not there while the child is"),
                            ("stops_others", "Their presence would stop somebody else from taking part"),
                            (
                                "confidential",
                                "Others must hear confidential information, such as a criminal investigation",
                            ),
                            ("conflict", "Conflict between family members, such as domestic abuse"),
                            ("interest", "A conflict of interest"),
                            ("connected", "A personal connection to the family"),
                            ("allegation", "An allegation about them is being looked into"),
                            ("safety", "Somebody would not be safe if they were there"),
                        ],
                        max_length=20,
                    ),
                ),
                ("evidence", models.TextField()),
                ("requested_at", models.DateTimeField()),
                (
                    "meeting",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all", "All of the meeting"),
                            ("some", "Part of the meeting, at their own times"),
                            ("none", "None of the meeting"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "no_documents",
                    models.BooleanField(default=False, help_text="No reports, no record and no decision letter."),
                ),
                ("from_on", models.DateField(null=True)),
                (
                    "until_on",
                    models.DateField(blank=True, help_text="Empty: until the end of this conference.", null=True),
                ),
                (
                    "how_heard",
                    models.TextField(blank=True, help_text="How their views will be heard, in words to them."),
                ),
                (
                    "letter_words",
                    models.TextField(blank=True, help_text="Why, in words to them that the chair confirmed as safe."),
                ),
                (
                    "record_words",
                    models.TextField(blank=True, help_text="What every copy of the record says, in neutral words."),
                ),
                ("decline_reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("letter_sent_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
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
                    "ended_by",
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
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.exclusion",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            name="FamilyGroupMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(null=True)),
                ("plan", models.TextField(blank=True, help_text="The family’s plan, in their words.")),
                ("why_not", models.TextField(blank=True, help_text="Why none was held.")),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="group_meetings", to="cases.family"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
                (
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.family",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.familygroupmeeting",
                    ),
                ),
                (
                    "recorded_by",
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
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="convening.familygroupmeeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="group_offers", to="people.person"
                    ),
                ),
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
                (
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.familygroupmeeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.familygroupoffer",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GroupPlanFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=4)),
                ("body", models.BinaryField()),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_files",
                        to="convening.familygroupmeeting",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="GroupPlanFileEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=4)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.familygroupmeeting",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.groupplanfile",
                    ),
                ),
                (
                    "uploaded_by",
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
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("family", "Family"), ("professional", "Professional")], max_length=20),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("child", "Child"),
                            ("parent", "Parent"),
                            ("relative", "Family member"),
                            ("carer", "Carer"),
                            ("social_worker", "Social worker"),
                            ("team_manager", "Social work manager"),
                            ("police", "Police"),
                            ("school", "School"),
                            ("nursery", "Nursery"),
                            ("health_visitor", "Health visitor"),
                            ("school_nurse", "School nurse"),
                            ("gp", "GP"),
                            ("midwife", "Midwife"),
                            ("paediatrician", "Paediatrician"),
                            ("supporter", "Supporter"),
                            ("advocate", "Advocate"),
                            ("interpreter", "Interpreter"),
                            ("solicitor", "Solicitor"),
                            ("minute_taker", "Minute-taker"),
                            ("other", "Another professional"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(help_text="As shown and printed.", max_length=200)),
                ("reason", models.TextField(help_text="Why this person is invited.")),
                ("is_expected", models.BooleanField(default=True, help_text="Counted when attendance is counted.")),
                ("report_asked", models.BooleanField(default=False)),
                (
                    "report_due_on",
                    models.DateField(blank=True, help_text="To be shared with the family by.", null=True),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("room", "In the room"),
                            ("video", "By video"),
                            ("phone", "By phone"),
                            ("report", "By a written report only"),
                        ],
                        default="room",
                        max_length=10,
                    ),
                ),
                (
                    "apart",
                    models.BooleanField(default=False, help_text="Comes at a separate time or to a separate room."),
                ),
                ("arrives_at", models.DateTimeField(blank=True, null=True)),
                ("leaves_at", models.DateTimeField(blank=True, help_text="When their own part ends.", null=True)),
                (
                    "entrance",
                    models.CharField(
                        blank=True, help_text="The door by which they come, as they are told.", max_length=120
                    ),
                ),
                (
                    "video_link",
                    models.URLField(
                        blank=True, help_text="Their own link, where they come by video apart from the rest."
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "ends_on",
                    models.DateField(blank=True, help_text="The last day on which it opens the conference.", null=True),
                ),
                (
                    "reply",
                    models.CharField(
                        choices=[
                            ("none", "No reply yet"),
                            ("coming", "Coming"),
                            ("not_coming", "Not coming"),
                            ("stays_away", "Does not want to come"),
                        ],
                        default="none",
                        max_length=12,
                    ),
                ),
                ("replied_at", models.DateTimeField(null=True)),
                (
                    "heard_how",
                    models.TextField(blank=True, help_text="How somebody who does not want to come will be heard."),
                ),
                (
                    "talked_by",
                    models.CharField(
                        blank=True, help_text="Who talked with them about how to take part.", max_length=200
                    ),
                ),
                ("talked_on", models.DateField(blank=True, null=True)),
                (
                    "wanted_mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("room", "In the room"),
                            ("video", "By video"),
                            ("phone", "By phone"),
                            ("report", "By a written report only"),
                        ],
                        help_text="As they want to attend.",
                        max_length=10,
                    ),
                ),
                (
                    "what_helps",
                    models.TextField(blank=True, help_text="What would help them to take part, in their words."),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("unknown", "Not marked"),
                            ("present", "Present"),
                            ("apologies", "Sent apologies"),
                            ("absent", "Absent"),
                            ("excluded", "Excluded by the chair"),
                        ],
                        default="unknown",
                        max_length=12,
                    ),
                ),
                ("came_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                ("attendance_note", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="accounts.agency",
                    ),
                ),
                (
                    "companion",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where they come with a parent or carer: who was named, and with whom.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="convening.companion",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="convening.conference",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="people.person",
                    ),
                ),
                (
                    "sent_by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="convening.room",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "role", "id"],
            },
        ),
        migrations.CreateModel(
            name="InvitationChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="convening.invitation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InvitationChildEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.invitation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.invitationchild",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InvitedAllTheSame",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entries", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("reason", models.TextField()),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="all_the_same",
                        to="convening.invitation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "invited all the same",
            },
        ),
        migrations.CreateModel(
            name="InvitedAllTheSameEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("entries", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("reason", models.TextField()),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.invitation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.invitedallthesame",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NotInvited",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("child", "Child"),
                            ("parent", "Parent"),
                            ("relative", "Family member"),
                            ("carer", "Carer"),
                            ("social_worker", "Social worker"),
                            ("team_manager", "Social work manager"),
                            ("police", "Police"),
                            ("school", "School"),
                            ("nursery", "Nursery"),
                            ("health_visitor", "Health visitor"),
                            ("school_nurse", "School nurse"),
                            ("gp", "GP"),
                            ("midwife", "Midwife"),
                            ("paediatrician", "Paediatrician"),
                            ("supporter", "Supporter"),
                            ("advocate", "Advocate"),
                            ("interpreter", "Interpreter"),
                            ("solicitor", "Solicitor"),
                            ("minute_taker", "Minute-taker"),
                            ("other", "Another professional"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("reason", models.TextField()),
                ("said_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="not_invited",
                        to="convening.conference",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "not invited",
            },
        ),
        migrations.CreateModel(
            name="NotInvitedEvent",
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
                            ("child", "Child"),
                            ("parent", "Parent"),
                            ("relative", "Family member"),
                            ("carer", "Carer"),
                            ("social_worker", "Social worker"),
                            ("team_manager", "Social work manager"),
                            ("police", "Police"),
                            ("school", "School"),
                            ("nursery", "Nursery"),
                            ("health_visitor", "Health visitor"),
                            ("school_nurse", "School nurse"),
                            ("gp", "GP"),
                            ("midwife", "Midwife"),
                            ("paediatrician", "Paediatrician"),
                            ("supporter", "Supporter"),
                            ("advocate", "Advocate"),
                            ("interpreter", "Interpreter"),
                            ("solicitor", "Solicitor"),
                            ("minute_taker", "Minute-taker"),
                            ("other", "Another professional"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("reason", models.TextField()),
                ("said_at", models.DateTimeField()),
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
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.notinvited",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            name="PlanElsewhere",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority", models.CharField(max_length=200)),
                ("plan_started_on", models.DateField()),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("NEG", "Neglect"),
                            ("PHY", "Physical abuse"),
                            ("SAB", "Sexual abuse"),
                            ("EMO", "Emotional abuse"),
                            ("MUL", "Multiple"),
                        ],
                        max_length=3,
                    ),
                ),
                ("last_reviewed_on", models.DateField(blank=True, null=True)),
                ("review_due_on", models.DateField()),
                (
                    "conference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_elsewhere",
                        to="convening.conference",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "plans elsewhere",
            },
        ),
        migrations.CreateModel(
            name="PlanElsewhereEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("authority", models.CharField(max_length=200)),
                ("plan_started_on", models.DateField()),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("NEG", "Neglect"),
                            ("PHY", "Physical abuse"),
                            ("SAB", "Sexual abuse"),
                            ("EMO", "Emotional abuse"),
                            ("MUL", "Multiple"),
                        ],
                        max_length=3,
                    ),
                ),
                ("last_reviewed_on", models.DateField(blank=True, null=True)),
                ("review_due_on", models.DateField()),
                (
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.planelsewhere",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PostHeld",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("reviewing_officer", "Independent reviewing officer"),
                            ("conference_chair", "Conference chair"),
                            ("lead_practitioner", "Lead child protection practitioner"),
                            ("head", "Head of service"),
                            ("director", "Director of children’s services"),
                        ],
                        max_length=20,
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, help_text="The last day. Empty: not known yet.", null=True)),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=conferences.convening.models.chairs._every_day,
                        help_text="Monday is 0.",
                        size=None,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts_held",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-from_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PostHeldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("reviewing_officer", "Independent reviewing officer"),
                            ("conference_chair", "Conference chair"),
                            ("lead_practitioner", "Lead child protection practitioner"),
                            ("head", "Head of service"),
                            ("director", "Director of children’s services"),
                        ],
                        max_length=20,
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, help_text="The last day. Empty: not known yet.", null=True)),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=conferences.convening.models.chairs._every_day,
                        help_text="Monday is 0.",
                        size=None,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.postheld",
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
            name="InvitationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(choices=[("family", "Family"), ("professional", "Professional")], max_length=20),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("child", "Child"),
                            ("parent", "Parent"),
                            ("relative", "Family member"),
                            ("carer", "Carer"),
                            ("social_worker", "Social worker"),
                            ("team_manager", "Social work manager"),
                            ("police", "Police"),
                            ("school", "School"),
                            ("nursery", "Nursery"),
                            ("health_visitor", "Health visitor"),
                            ("school_nurse", "School nurse"),
                            ("gp", "GP"),
                            ("midwife", "Midwife"),
                            ("paediatrician", "Paediatrician"),
                            ("supporter", "Supporter"),
                            ("advocate", "Advocate"),
                            ("interpreter", "Interpreter"),
                            ("solicitor", "Solicitor"),
                            ("minute_taker", "Minute-taker"),
                            ("other", "Another professional"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(help_text="As shown and printed.", max_length=200)),
                ("reason", models.TextField(help_text="Why this person is invited.")),
                ("is_expected", models.BooleanField(default=True, help_text="Counted when attendance is counted.")),
                ("report_asked", models.BooleanField(default=False)),
                (
                    "report_due_on",
                    models.DateField(blank=True, help_text="To be shared with the family by.", null=True),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("room", "In the room"),
                            ("video", "By video"),
                            ("phone", "By phone"),
                            ("report", "By a written report only"),
                        ],
                        default="room",
                        max_length=10,
                    ),
                ),
                (
                    "apart",
                    models.BooleanField(default=False, help_text="Comes at a separate time or to a separate room."),
                ),
                ("arrives_at", models.DateTimeField(blank=True, null=True)),
                ("leaves_at", models.DateTimeField(blank=True, help_text="When their own part ends.", null=True)),
                (
                    "entrance",
                    models.CharField(
                        blank=True, help_text="The door by which they come, as they are told.", max_length=120
                    ),
                ),
                (
                    "video_link",
                    models.URLField(
                        blank=True, help_text="Their own link, where they come by video apart from the rest."
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "ends_on",
                    models.DateField(blank=True, help_text="The last day on which it opens the conference.", null=True),
                ),
                (
                    "reply",
                    models.CharField(
                        choices=[
                            ("none", "No reply yet"),
                            ("coming", "Coming"),
                            ("not_coming", "Not coming"),
                            ("stays_away", "Does not want to come"),
                        ],
                        default="none",
                        max_length=12,
                    ),
                ),
                ("replied_at", models.DateTimeField(null=True)),
                (
                    "heard_how",
                    models.TextField(blank=True, help_text="How somebody who does not want to come will be heard."),
                ),
                (
                    "talked_by",
                    models.CharField(
                        blank=True, help_text="Who talked with them about how to take part.", max_length=200
                    ),
                ),
                ("talked_on", models.DateField(blank=True, null=True)),
                (
                    "wanted_mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("room", "In the room"),
                            ("video", "By video"),
                            ("phone", "By phone"),
                            ("report", "By a written report only"),
                        ],
                        help_text="As they want to attend.",
                        max_length=10,
                    ),
                ),
                (
                    "what_helps",
                    models.TextField(blank=True, help_text="What would help them to take part, in their words."),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("unknown", "Not marked"),
                            ("present", "Present"),
                            ("apologies", "Sent apologies"),
                            ("absent", "Absent"),
                            ("excluded", "Excluded by the chair"),
                        ],
                        default="unknown",
                        max_length=12,
                    ),
                ),
                ("came_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                ("attendance_note", models.TextField(blank=True)),
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
                    "companion",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Where they come with a parent or carer: who was named, and with whom.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.companion",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.invitation",
                    ),
                ),
                (
                    "sent_by",
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
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.room",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConferenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("initial", "Initial child protection conference"),
                            ("pre_birth", "Pre-birth child protection conference"),
                            ("transfer_in", "Transfer-in child protection conference"),
                            ("review", "Review child protection conference"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("declined", "Declined"),
                            ("agreed", "To be booked"),
                            ("booked", "Booked"),
                            ("open", "In progress"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="requested",
                        max_length=20,
                    ),
                ),
                (
                    "anchor_on",
                    models.DateField(help_text="Day nought: the strategy discussion, or the last conference."),
                ),
                ("due_on", models.DateField()),
                ("request_reason", models.TextField(blank=True)),
                (
                    "worry",
                    models.CharField(
                        blank=True,
                        help_text="The worry in two plain lines, for the family’s letter of invitation.",
                        max_length=300,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
                ("decline_reason", models.TextField(blank=True)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("day_reason", models.TextField(blank=True, help_text="Why it is booked for a bank holiday.")),
                ("video_link", models.URLField(blank=True)),
                (
                    "chair_independent",
                    models.BooleanField(
                        help_text="Whether the chair is independent of the family, the case and its line management.",
                        null=True,
                    ),
                ),
                (
                    "chair_statement",
                    models.TextField(
                        blank=True,
                        help_text="In the chair’s words: how they are independent, or why not and why they chair.",
                    ),
                ),
                ("chair_declared_at", models.DateTimeField(null=True)),
                (
                    "chair_reason",
                    models.TextField(blank=True, help_text="The service manager’s reason for this chair all the same."),
                ),
                ("chair_agreed_at", models.DateTimeField(null=True)),
                (
                    "lateness_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("family_ill", "Illness or bereavement in the family"),
                            ("family_asked", "The family requested another date"),
                            ("interpreter", "No interpreter or support was available in time"),
                            ("key_agency", "A key agency was not available in time"),
                            ("late_request", "The request came late"),
                            ("no_chair", "No chair or room was available in time"),
                            ("inquorate", "The earlier conference was not quorate"),
                            ("siblings", "To hear brothers and sisters together"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("lateness_note", models.TextField(blank=True)),
                ("lateness_agreed_by", models.CharField(blank=True, max_length=200)),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=0, help_text="Goes up when the booking changes, for calendars."
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "held_reason",
                    models.TextField(blank=True, help_text="Why it was held on another day than the one booked."),
                ),
                (
                    "details_confirmed_at",
                    models.DateTimeField(help_text="The family confirmed their details.", null=True),
                ),
                ("quorate", models.BooleanField(help_text="As the chair confirmed it.", null=True)),
                (
                    "quorum_reason",
                    models.TextField(blank=True, help_text="Why it was held, or judged quorate, all the same."),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "to_write_up",
                    models.BooleanField(default=False, help_text="Held, and no record has been drafted yet."),
                ),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "cancel_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_longer_needed", "No longer needed"),
                            ("chair_ill", "The chair is unavailable"),
                            ("worker_absent", "The social worker or their manager is unavailable"),
                            ("quorum", "Too few agencies can come"),
                            ("reports_late", "Reports are not ready, or the family had no time to read them"),
                            ("family_asked", "The family asked for it"),
                            ("family_ill", "Illness or bereavement in the family"),
                            ("birth", "A birth, or a baby due"),
                            ("death", "A death"),
                            ("venue", "The room or the video link cannot be used"),
                            ("child_looked_after", "The children are now looked after and no longer at risk at home"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("cancel_note", models.TextField(blank=True)),
                (
                    "cancel_agreed_by",
                    models.CharField(
                        blank=True, help_text="Who agreed. Empty: it followed from another act.", max_length=200
                    ),
                ),
                (
                    "administrator",
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
                    "agreed_by",
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
                    "cancelled_by",
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
                    "chair",
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
                    "chair_agreed_by",
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
                    "closed_by",
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
                    "declined_by",
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
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.family",
                    ),
                ),
                (
                    "opened_by",
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
                        to="convening.conference",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The enquiry with the earliest last day, where the children come from several.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.enquiry",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.room",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="conference",
            name="room",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conferences",
                to="convening.room",
            ),
        ),
        migrations.CreateModel(
            name="RoomEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("address", models.TextField(blank=True)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.room",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SafetyPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_on", models.DateField()),
                ("worries", models.TextField(help_text="In words for everybody in the plan.")),
                ("review_on", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_with",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="convening.conference",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="safety_plans", to="convening.enquiry"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="safety_plans", to="cases.family"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("made_on", models.DateField()),
                ("worries", models.TextField(help_text="In words for everybody in the plan.")),
                ("review_on", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "ended_by",
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
                    "ended_with",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.enquiry",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.family",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.safetyplan",
                    ),
                ),
                (
                    "written_by",
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
            name="SafetyPlanPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "agreed",
                    models.CharField(
                        choices=[
                            ("not_asked", "Not asked yet"),
                            ("signed", "Agreed, and signed the page"),
                            ("said", "Agreed, and did not sign"),
                            ("refused", "Did not agree"),
                        ],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                ("agreed_on", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_plans",
                        to="people.person",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="people", to="convening.safetyplan"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanPersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                (
                    "agreed",
                    models.CharField(
                        choices=[
                            ("not_asked", "Not asked yet"),
                            ("signed", "Agreed, and signed the page"),
                            ("said", "Agreed, and did not sign"),
                            ("refused", "Did not agree"),
                        ],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                ("agreed_on", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.safetyplanperson",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.safetyplan",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField()),
                ("found", models.TextField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="convening.safetyplan"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanReviewEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("held_on", models.DateField()),
                ("found", models.TextField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.safetyplanreview",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.safetyplan",
                    ),
                ),
                (
                    "recorded_by",
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
            name="SafetyPlanStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.TextField()),
                ("due_on", models.DateField()),
                ("for_all", models.BooleanField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="convening.safetyplan"
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="convening.safetyplanperson",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanStepEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("what", models.TextField()),
                ("due_on", models.DateField()),
                ("for_all", models.BooleanField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.safetyplanstep",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.safetyplan",
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.safetyplanperson",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SpokenNews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("phone", "Told by phone"),
                            ("in_person", "Told in person"),
                            ("not_reached", "Could not be reached yet"),
                        ],
                        max_length=12,
                    ),
                ),
                ("told_by", models.CharField(help_text="Who told them, or tried to.", max_length=200)),
                ("told_on", models.DateField()),
                ("note", models.TextField(blank=True, help_text="What they said, or what was tried.")),
                ("said", models.JSONField(blank=True, default=dict)),
                ("recorded_at", models.DateTimeField()),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spoken_news",
                        to="convening.invitation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "spoken news",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SpokenNewsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("phone", "Told by phone"),
                            ("in_person", "Told in person"),
                            ("not_reached", "Could not be reached yet"),
                        ],
                        max_length=12,
                    ),
                ),
                ("told_by", models.CharField(help_text="Who told them, or tried to.", max_length=200)),
                ("told_on", models.DateField()),
                ("note", models.TextField(blank=True, help_text="What they said, or what was tried.")),
                ("said", models.JSONField(blank=True, default=dict)),
                ("recorded_at", models.DateTimeField()),
                (
                    "invitation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.invitation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.spokennews",
                    ),
                ),
                (
                    "recorded_by",
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
            name="StrategyDiscussion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField()),
                ("chaired_by", models.CharField(help_text="Name and role.", max_length=200)),
                ("concerns", models.TextField()),
                (
                    "medical",
                    models.CharField(
                        choices=[("not_needed", "Not needed"), ("needed", "Needed"), ("done", "Done")], max_length=10
                    ),
                ),
                ("medical_on", models.DateField(blank=True, null=True)),
                ("medical_result", models.TextField(blank=True, help_text="Empty: not known yet.")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continued_by",
                        to="convening.strategydiscussion",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strategy_discussions",
                        to="cases.family",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EnquiryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("outcome_on", models.DateField(blank=True, null=True)),
                ("written_at", models.DateTimeField(null=True)),
                ("return_reason", models.TextField(blank=True)),
                ("signed_off_at", models.DateTimeField(null=True)),
                ("no_plan_reason", models.TextField(blank=True, help_text="Why there is no interim safety plan.")),
                ("no_plan_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "answered_by_conference",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The conference that it led to, where the rows of its children name another enquiry, or none.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.family",
                    ),
                ),
                (
                    "no_plan_by",
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
                        to="convening.enquiry",
                    ),
                ),
                (
                    "returned_by",
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
                    "signed_off_by",
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
                    "written_by",
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
                    "strategy_discussion",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.strategydiscussion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="enquiry",
            name="strategy_discussion",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="enquiry", to="convening.strategydiscussion"
            ),
        ),
        migrations.CreateModel(
            name="DiscussionChildEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("enquiry", "Start a section 47 enquiry"),
                            ("continues", "The section 47 enquiry that is in progress continues"),
                            ("again", "Not decided yet: hold another strategy discussion"),
                            ("support", "No section 47 enquiry: assessment or support"),
                            ("nothing", "No section 47 enquiry: no further action"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.discussionchild",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.strategydiscussion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="discussionchild",
            name="discussion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="children", to="convening.strategydiscussion"
            ),
        ),
        migrations.CreateModel(
            name="DiscussionAgencyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "agency",
                    models.CharField(
                        choices=[
                            ("social_care", "Children’s social care"),
                            ("police", "Police"),
                            ("health", "Health"),
                            ("education", "Education"),
                            ("other", "Another agency"),
                        ],
                        max_length=15,
                    ),
                ),
                ("took_part", models.BooleanField()),
                ("people", models.TextField(blank=True, help_text="Names and roles.")),
                ("why_not", models.TextField(blank=True, help_text="Why nobody took part.")),
                ("shared", models.TextField(blank=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("professionals", "Professionals who may read this family’s record"),
                            ("police", "Police information: only those who hold the case, and the conference’s chair"),
                            ("third_party", "About a third party: only those who hold the case, and the chair"),
                        ],
                        default="police",
                        max_length=15,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.discussionagency",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.strategydiscussion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="discussionagency",
            name="discussion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="agencies", to="convening.strategydiscussion"
            ),
        ),
        migrations.CreateModel(
            name="DiscussionActionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("what", models.TextField()),
                ("owner", models.CharField(help_text="Who does it.", max_length=200)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("to_do", "To do"), ("done", "Done"), ("not_done", "Not done")],
                        default="to_do",
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("marked_at", models.DateTimeField(null=True)),
                (
                    "marked_by",
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
                        to="convening.discussionaction",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.strategydiscussion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="discussionaction",
            name="discussion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="convening.strategydiscussion"
            ),
        ),
        migrations.CreateModel(
            name="DateChangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("agreed", models.BooleanField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.datechange",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.strategydiscussion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="datechange",
            name="discussion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="date_changes",
                to="convening.strategydiscussion",
            ),
        ),
        migrations.CreateModel(
            name="StrategyDiscussionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("held_on", models.DateField()),
                ("chaired_by", models.CharField(help_text="Name and role.", max_length=200)),
                ("concerns", models.TextField()),
                (
                    "medical",
                    models.CharField(
                        choices=[("not_needed", "Not needed"), ("needed", "Needed"), ("done", "Done")], max_length=10
                    ),
                ),
                ("medical_on", models.DateField(blank=True, null=True)),
                ("medical_result", models.TextField(blank=True, help_text="Empty: not known yet.")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.strategydiscussion",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.family",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.strategydiscussion",
                    ),
                ),
                (
                    "recorded_by",
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
            name="Support",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interpreter", "Interpreter"),
                            ("advocate", "Advocate"),
                            ("access", "Help with access"),
                            ("childcare", "Childcare"),
                            ("transport", "Transport"),
                        ],
                        max_length=12,
                    ),
                ),
                ("what", models.TextField(blank=True, help_text="For example the language.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("needed", "Not arranged yet"),
                            ("offered", "Offered, no answer yet"),
                            ("accepted", "Accepted, not referred yet"),
                            ("referred", "Referred, not booked yet"),
                            ("booked", "Booked"),
                            ("declined", "Declined"),
                            ("not_booked", "Could not be booked"),
                        ],
                        default="needed",
                        max_length=10,
                    ),
                ),
                ("booked_with", models.CharField(blank=True, max_length=200)),
                ("why_not", models.TextField(blank=True, help_text="Why it could not be booked, or is not wanted.")),
                ("offered_by", models.CharField(blank=True, help_text="Who offered an advocate.", max_length=200)),
                ("offered_on", models.DateField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "referred_to",
                    models.CharField(blank=True, help_text="The service that finds an advocate.", max_length=200),
                ),
                ("referred_on", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(null=True)),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="support", to="convening.conference"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "support",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SupportEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interpreter", "Interpreter"),
                            ("advocate", "Advocate"),
                            ("access", "Help with access"),
                            ("childcare", "Childcare"),
                            ("transport", "Transport"),
                        ],
                        max_length=12,
                    ),
                ),
                ("what", models.TextField(blank=True, help_text="For example the language.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("needed", "Not arranged yet"),
                            ("offered", "Offered, no answer yet"),
                            ("accepted", "Accepted, not referred yet"),
                            ("referred", "Referred, not booked yet"),
                            ("booked", "Booked"),
                            ("declined", "Declined"),
                            ("not_booked", "Could not be booked"),
                        ],
                        default="needed",
                        max_length=10,
                    ),
                ),
                ("booked_with", models.CharField(blank=True, max_length=200)),
                ("why_not", models.TextField(blank=True, help_text="Why it could not be booked, or is not wanted.")),
                ("offered_by", models.CharField(blank=True, help_text="Who offered an advocate.", max_length=200)),
                ("offered_on", models.DateField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "referred_to",
                    models.CharField(blank=True, help_text="The service that finds an advocate.", max_length=200),
                ),
                ("referred_on", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(null=True)),
                (
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.support",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
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
        migrations.AddConstraint(
            model_name="companion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("relation", ""), _negated=True),
                    models.Q(("asked_by", ""), _negated=True),
                ),
                name="companion_has_name_and_relation",
            ),
        ),
        migrations.AddConstraint(
            model_name="companion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "named")),
                    ("state__in", ["agreed", "ended"]),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("state", "refused")),
                    _connector="OR",
                ),
                name="companion_has_its_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="companion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["refused", "ended"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="refused_companion_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="companion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "agreed"), _negated=True),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="agreed_companion_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="childpart",
            constraint=models.UniqueConstraint(fields=("conference", "child"), name="one_part_a_child"),
        ),
        migrations.AddConstraint(
            model_name="childpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""), ("asked_by", ""), ("asked_on__isnull", True), ("recorded_by__isnull", True)
                    ),
                    models.Q(
                        models.Q(("answer", ""), _negated=True),
                        models.Q(("asked_by", ""), _negated=True),
                        ("asked_on__isnull", False),
                        ("recorded_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="asked_child_has_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="childpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("how", ""),
                        ("part", ""),
                        ("reason", ""),
                    ),
                    models.Q(
                        models.Q(("part", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        models.Q(
                            models.Q(("how", ""), ("part", "all")),
                            models.Q(("part__in", ["some", "another"]), models.Q(("how", ""), _negated=True)),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="decided_part_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="chairtalk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held_on__isnull", False), models.Q(("not_held_reason", ""), _negated=True), _connector="OR"
                ),
                name="talk_held_or_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="chairtalk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("form", ""), ("held_on__isnull", True)),
                    models.Q(("held_on__isnull", False), models.Q(("form", ""), _negated=True)),
                    _connector="OR",
                ),
                name="held_talk_says_whether_about_the_form",
            ),
        ),
        migrations.AddIndex(
            model_name="bookingchange",
            index=models.Index(fields=["made_at"], name="booking_change_made"),
        ),
        migrations.AddConstraint(
            model_name="bookingchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed_by", ""), _negated=True), name="booking_change_was_agreed"
            ),
        ),
        migrations.AddConstraint(
            model_name="bookingchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", "other"), _negated=True), models.Q(("note", ""), _negated=True), _connector="OR"
                ),
                name="other_booking_change_has_note",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookingchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("part", "time"),
                        (
                            "reason__in",
                            [
                                "chair_ill",
                                "worker_absent",
                                "quorum",
                                "reports_late",
                                "family_asked",
                                "family_ill",
                                "birth",
                                "death",
                                "interpreter",
                                "venue",
                                "sooner",
                                "other",
                            ],
                        ),
                    ),
                    models.Q(
                        ("part", "chair"),
                        (
                            "reason__in",
                            [
                                "chair_ill",
                                "not_independent",
                                "post_ended",
                                "same_as_before",
                                "workload",
                                "family_asked",
                                "other",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="reason_fits_the_change",
            ),
        ),
        migrations.AddConstraint(
            model_name="actingchair",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="acting_chair_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="actingchair",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("conference",),
                name="one_acting_chair_a_conference",
            ),
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
            model_name="conferencechild",
            constraint=models.UniqueConstraint(fields=("conference", "child"), name="one_row_a_child"),
        ),
        migrations.AddConstraint(
            model_name="conferencechild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("included", True), models.Q(("left_out_reason", ""), _negated=True), _connector="OR"
                ),
                name="left_out_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquirychild",
            constraint=models.UniqueConstraint(fields=("enquiry", "child"), name="one_row_an_enquired_child"),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("requested", "in_force"))),
                fields=("conference", "person"),
                name="one_open_exclusion_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_force")),
                fields=("conference", "user"),
                name="one_exclusion_a_professional",
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "ground__in",
                            ["welfare", "violence", "unfit", "child_asks", "stops_others", "confidential", "conflict"],
                        ),
                        ("person__isnull", False),
                        ("user__isnull", True),
                    ),
                    models.Q(
                        ("ground__in", ["interest", "connected", "allegation", "safety"]),
                        ("person__isnull", True),
                        ("user__isnull", False),
                        models.Q(("state", "requested"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="exclusion_is_about_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_by", ""), _negated=True),
                    models.Q(("ground", ""), _negated=True),
                    models.Q(("evidence", ""), _negated=True),
                ),
                name="exclusion_has_ground_and_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("in_force", "ended")), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("from_on__isnull", False),
                        models.Q(
                            models.Q(("meeting", "none"), ("no_documents", True), ("user__isnull", False)),
                            models.Q(
                                models.Q(("how_heard", ""), _negated=True),
                                models.Q(("letter_words", ""), _negated=True),
                                models.Q(("record_words", ""), _negated=True),
                                models.Q(("meeting__in", ("some", "none")), ("no_documents", True), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="decided_exclusion_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        models.Q(("decline_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="declined_exclusion_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ended"), _negated=True),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ended_exclusion_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="exclusion_ends_after_it_begins",
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
        migrations.AddConstraint(
            model_name="groupplanfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["pdf", "docx", "png", "jpg", "txt"])), name="plan_file_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitationchild",
            constraint=models.UniqueConstraint(fields=("invitation", "child"), name="one_row_a_covered_child"),
        ),
        migrations.AddConstraint(
            model_name="invitedallthesame",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="all_the_same_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="notinvited",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="not_invited_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="planelsewhere",
            constraint=models.CheckConstraint(
                condition=models.Q(("authority", ""), _negated=True), name="plan_elsewhere_has_authority"
            ),
        ),
        migrations.AddConstraint(
            model_name="planelsewhere",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_reviewed_on__isnull", True),
                    ("last_reviewed_on__gt", models.F("plan_started_on")),
                    _connector="OR",
                ),
                name="reviewed_elsewhere_after_its_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="postheld",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="post_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="postheld",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays", []), _negated=True), name="post_has_a_weekday"
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["user", "conference"], include=("sent_at", "ends_on"), name="invitation_user"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)),
                fields=("conference", "person"),
                name="one_invitation_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)), fields=("conference", "user"), name="one_invitation_a_user"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "family"), ("person__isnull", False), ("user__isnull", True)),
                    models.Q(("kind", "professional"), ("person__isnull", True)),
                    _connector="OR",
                ),
                name="family_is_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("leaves_at__isnull", True),
                    ("arrives_at__isnull", True),
                    ("leaves_at__gt", models.F("arrives_at")),
                    _connector="OR",
                ),
                name="leaves_after_arriving",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("person__isnull", False), ("reply", "stays_away"), models.Q(("heard_how", ""), _negated=True)
                    ),
                    models.Q(models.Q(("reply", "stays_away"), _negated=True), ("heard_how", "")),
                    _connector="OR",
                ),
                name="who_stays_away_is_heard",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("talked_by", ""), ("talked_on__isnull", True), ("wanted_mode", ""), ("what_helps", "")),
                    models.Q(
                        ("person__isnull", False),
                        ("talked_on__isnull", False),
                        models.Q(("talked_by", ""), _negated=True),
                        models.Q(("wanted_mode", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="talk_about_taking_part_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                    models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                    _connector="OR",
                ),
                name="sent_at_has_by",
            ),
        ),
        migrations.AddIndex(
            model_name="conference",
            index=models.Index(fields=["chair", "-starts_at", "-id"], name="conference_chair"),
        ),
        migrations.AddIndex(
            model_name="conference",
            index=models.Index(fields=["family", "-starts_at", "-id"], name="conference_family"),
        ),
        migrations.AddIndex(
            model_name="conference",
            index=models.Index(fields=["-starts_at", "-id"], name="conference_latest"),
        ),
        migrations.AddIndex(
            model_name="conference",
            index=models.Index(fields=["state", "due_on"], name="conference_due"),
        ),
        migrations.AddIndex(
            model_name="conference",
            index=models.Index(fields=["state", "-starts_at", "-id"], name="conference_state"),
        ),
        migrations.AddIndex(
            model_name="conference",
            index=models.Index(condition=models.Q(("to_write_up", True)), fields=["id"], name="conference_to_write_up"),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("chair__isnull", False), ("state__in", ["booked", "open", "held"])),
                expressions=[
                    ("chair", "="),
                    (
                        models.Func(
                            models.F("starts_at"),
                            models.F("ends_at"),
                            models.Value("[)"),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="chair_in_one_place",
                violation_error_message="The chair has another conference at this time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("room__isnull", False), ("state__in", ["booked", "open", "held"])),
                expressions=[
                    ("room", "="),
                    (
                        models.Func(
                            models.F("starts_at"),
                            models.F("ends_at"),
                            models.Value("[)"),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="room_used_once",
                violation_error_message="The room has another conference at this time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["booked", "open", "held"]), _negated=True),
                    models.Q(
                        ("chair__isnull", False),
                        ("ends_at__gt", models.F("starts_at")),
                        ("starts_at__isnull", False),
                        models.Q(("room__isnull", False), models.Q(("video_link", ""), _negated=True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="booked_has_time_place_chair",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chair_declared_at__isnull", True), ("chair_independent__isnull", True)),
                    models.Q(
                        ("chair_declared_at__isnull", False),
                        ("chair_independent__isnull", False),
                        models.Q(("chair_statement", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="declared_chair_has_statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("chair_agreed_at__isnull", True), ("chair_agreed_by__isnull", True), ("chair_reason", "")
                    ),
                    models.Q(
                        ("chair_agreed_at__isnull", False),
                        ("chair_agreed_by__isnull", False),
                        models.Q(("chair_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="agreed_chair_has_by_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["open", "held"]), _negated=True),
                    models.Q(
                        ("chair_independent__isnull", False),
                        models.Q(("chair_independent", True), ("chair_agreed_at__isnull", False), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="opened_by_declared_chair",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                    _connector="OR",
                ),
                name="agreed_at_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(
                        ("declined_at__isnull", False),
                        ("declined_by__isnull", False),
                        models.Q(("decline_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="declined_has_by_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        ("opened_at__isnull", False),
                        ("opened_by__isnull", False),
                        ("quorate__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="held_has_opened_and_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(
                        ("cancelled_at__isnull", False),
                        ("cancelled_by__isnull", False),
                        models.Q(("cancel_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="cancelled_has_by_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("enquiry",), name="one_safety_plan_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("ended_with__isnull", False),
                    models.Q(("ended_by__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="safety_plan_ends_with_a_conference_or_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplanperson",
            constraint=models.UniqueConstraint(
                fields=("plan", "name", "person"), name="one_row_a_safety_plan_person", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplanperson",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed", "not_asked"), ("agreed_on__isnull", False), _connector="OR"),
                name="agreement_has_its_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="spokennews",
            constraint=models.CheckConstraint(
                condition=models.Q(("told_by", ""), _negated=True), name="spoken_news_has_by"
            ),
        ),
        migrations.AddConstraint(
            model_name="spokennews",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", "not_reached"), ("said", {}), models.Q(("note", ""), _negated=True)),
                    models.Q(models.Q(("how", "not_reached"), _negated=True), models.Q(("said", {}), _negated=True)),
                    _connector="OR",
                ),
                name="spoken_news_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategydiscussion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("medical", "done"), _negated=True), ("medical_on__isnull", False), _connector="OR"
                ),
                name="examination_done_has_its_date",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("signed_off_at__isnull", True)), fields=["family"], name="enquiry_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("written_at__isnull", True),
                    models.Q(("outcome_on__isnull", False), ("written_by__isnull", False)),
                    _connector="OR",
                ),
                name="written_outcome_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_off_at__isnull", True), ("signed_off_by__isnull", True)),
                    models.Q(
                        ("signed_off_at__isnull", False),
                        ("signed_off_by__isnull", False),
                        ("written_at__isnull", False),
                        models.Q(("signed_off_by", models.F("written_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="outcome_is_signed_off_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("no_plan_at__isnull", True), ("no_plan_by__isnull", True), ("no_plan_reason", "")),
                    models.Q(
                        models.Q(("no_plan_reason", ""), _negated=True),
                        ("no_plan_at__isnull", False),
                        ("no_plan_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="no_safety_plan_has_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="discussionchild",
            constraint=models.UniqueConstraint(fields=("discussion", "child"), name="one_row_a_discussed_child"),
        ),
        migrations.AddConstraint(
            model_name="discussionagency",
            constraint=models.UniqueConstraint(fields=("discussion", "agency"), name="one_row_a_discussed_agency"),
        ),
        migrations.AddConstraint(
            model_name="discussionagency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("took_part", True), models.Q(("people", ""), _negated=True)),
                    models.Q(("took_part", False), models.Q(("why_not", ""), _negated=True)),
                    _connector="OR",
                ),
                name="agency_took_part_or_says_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="discussionaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("marked_at__isnull", True), ("marked_by__isnull", True), ("note", ""), ("state", "to_do")
                    ),
                    models.Q(("marked_at__isnull", False), ("marked_by__isnull", False), ("state", "done")),
                    models.Q(
                        ("marked_at__isnull", False),
                        ("marked_by__isnull", False),
                        ("state", "not_done"),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="marked_discussion_action_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="datechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True)), fields=("discussion",), name="one_open_date_change"
            ),
        ),
        migrations.AddConstraint(
            model_name="datechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed__isnull", True), ("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("agreed__isnull", False), ("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="answered_date_change_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="datechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_by__isnull", True),
                    models.Q(("answered_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="date_change_is_answered_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.UniqueConstraint(fields=("conference", "person", "kind"), name="one_support_of_a_kind"),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recorded_by__isnull", True), ("state", "needed")),
                    models.Q(
                        ("recorded_by__isnull", False),
                        ("state", "booked"),
                        models.Q(("booked_with", ""), _negated=True),
                    ),
                    models.Q(
                        ("recorded_by__isnull", False),
                        ("state__in", ["declined", "not_booked"]),
                        models.Q(("why_not", ""), _negated=True),
                    ),
                    models.Q(
                        ("kind", "advocate"),
                        ("recorded_by__isnull", False),
                        ("state__in", ["offered", "accepted", "referred"]),
                    ),
                    _connector="OR",
                ),
                name="support_has_its_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "advocate"), _negated=True),
                    ("state", "needed"),
                    models.Q(("offered_on__isnull", False), models.Q(("offered_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="advocate_was_offered",
            ),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["accepted", "referred"]), _negated=True),
                    ("answered_on__isnull", False),
                    _connector="OR",
                ),
                name="accepted_advocate_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "referred"), _negated=True),
                    models.Q(("referred_on__isnull", False), models.Q(("referred_to", ""), _negated=True)),
                    _connector="OR",
                ),
                name="referred_advocate_has_service",
            ),
        ),
    ]
