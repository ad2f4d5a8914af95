import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    initial = True

    dependencies = [
        ("audit", "0002_extensions"),
        ("convening", "0001_initial"),
        ("documents", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChildTold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("letter", "By a letter in words for the child"),
                            ("in_person", "Somebody tells the child"),
                            ("not_now", "Not now"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, help_text="The reasons in words for the child: never those written for adults."
                    ),
                ),
                ("told_by", models.CharField(blank=True, max_length=200)),
                ("told_on", models.DateField(blank=True, null=True)),
                ("because", models.TextField(blank=True, help_text="Why the child is not told now.")),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConferenceRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("approved", "Approved")], default="draft", max_length=10
                    ),
                ),
                ("record_due_on", models.DateField()),
                ("letter_due_on", models.DateField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("letters_approved_at", models.DateTimeField(null=True)),
                (
                    "correction_reason",
                    models.TextField(blank=True, help_text="Why an approved record was opened again."),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="record", to="convening.conference"
                    ),
                ),
                (
                    "letters_approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChildToldEvent",
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
                            ("letter", "By a letter in words for the child"),
                            ("in_person", "Somebody tells the child"),
                            ("not_now", "Not now"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, help_text="The reasons in words for the child: never those written for adults."
                    ),
                ),
                ("told_by", models.CharField(blank=True, max_length=200)),
                ("told_on", models.DateField(blank=True, null=True)),
                ("because", models.TextField(blank=True, help_text="Why the child is not told now.")),
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
                        to="outgoing.childtold",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outgoing.conferencerecord",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="childtold",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children_told",
                to="outgoing.conferencerecord",
            ),
        ),
        migrations.CreateModel(
            name="ConferenceRecordEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("approved", "Approved")], default="draft", max_length=10
                    ),
                ),
                ("record_due_on", models.DateField()),
                ("letter_due_on", models.DateField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("letters_approved_at", models.DateTimeField(null=True)),
                (
                    "correction_reason",
                    models.TextField(blank=True, help_text="Why an approved record was opened again."),
                ),
                (
                    "approved_by",
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
                    "letters_approved_by",
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
                        to="outgoing.conferencerecord",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Copy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("record", "Record of the conference"), ("decision_letter", "Decision letter")],
                        max_length=20,
                    ),
                ),
                ("withheld_reason", models.TextField(blank=True, help_text="Why this person gets no copy at all.")),
                (
                    "lacking",
                    models.TextField(
                        blank=True, help_text="What its reader needs and it does not contain, one line each."
                    ),
                ),
                ("lacking_reason", models.TextField(blank=True, help_text="Why it may be sent all the same.")),
                ("widened_reason", models.TextField(blank=True, help_text="Why the chair widened it beyond the rule.")),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copy",
                        to="documents.document",
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="convening.invitation"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="outgoing.conferencerecord",
                    ),
                ),
                (
                    "widened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "copies",
            },
        ),
        migrations.CreateModel(
            name="CopyChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("widened", models.BooleanField(default=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="outgoing.copy"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CopyChildEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("widened", models.BooleanField(default=False)),
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
                    "copy",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outgoing.copy",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outgoing.copychild",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CopyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("record", "Record of the conference"), ("decision_letter", "Decision letter")],
                        max_length=20,
                    ),
                ),
                ("withheld_reason", models.TextField(blank=True, help_text="Why this person gets no copy at all.")),
                (
                    "lacking",
                    models.TextField(
                        blank=True, help_text="What its reader needs and it does not contain, one line each."
                    ),
                ),
                ("lacking_reason", models.TextField(blank=True, help_text="Why it may be sent all the same.")),
                ("widened_reason", models.TextField(blank=True, help_text="Why the chair widened it beyond the rule.")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="documents.document",
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
                        to="outgoing.copy",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outgoing.conferencerecord",
                    ),
                ),
                (
                    "widened_by",
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
            name="Paragraph",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("chair", "How the conference was chaired"),
                            ("held", "When the conference was held"),
                            ("quorum", "Whether enough agencies took part"),
                            ("exclusion", "Who was asked not to take part"),
                            ("reason", "Why the conference was held"),
                            ("danger_statement", "Danger statement"),
                            ("plan_progress", "Progress of the plan"),
                            ("worried", "What we are worried about"),
                            ("working_well", "What is working well"),
                            ("needs_to_happen", "What needs to happen"),
                            ("child_views", "The child’s views"),
                            ("parent_views", "The parent’s views"),
                            ("would_help", "What would help"),
                            ("scaling", "How safe the child is"),
                            ("agency_views", "The agencies’ views"),
                            ("dissent", "Disagreement with the decision"),
                            ("decision", "The reasons for the decision"),
                            ("interim_plan", "What happens until the next conference"),
                            ("confidential", "For professionals only"),
                            ("other", "Anything else"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                ("heading", models.CharField(max_length=200)),
                ("text", models.TextField()),
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
                        max_length=20,
                    ),
                ),
                (
                    "procedural",
                    models.BooleanField(default=False, help_text="How the conference was run: about no child."),
                ),
                (
                    "included_reason",
                    models.TextField(
                        blank=True,
                        help_text="Why the chair gives these words to readers that the speaker is protected from.",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paragraphs",
                        to="outgoing.conferencerecord",
                    ),
                ),
                (
                    "written_by",
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
                "ordering": ["order", "id"],
            },
        ),
        migrations.CreateModel(
            name="ParagraphEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("order", models.PositiveIntegerField()),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("chair", "How the conference was chaired"),
                            ("held", "When the conference was held"),
                            ("quorum", "Whether enough agencies took part"),
                            ("exclusion", "Who was asked not to take part"),
                            ("reason", "Why the conference was held"),
                            ("danger_statement", "Danger statement"),
                            ("plan_progress", "Progress of the plan"),
                            ("worried", "What we are worried about"),
                            ("working_well", "What is working well"),
                            ("needs_to_happen", "What needs to happen"),
                            ("child_views", "The child’s views"),
                            ("parent_views", "The parent’s views"),
                            ("would_help", "What would help"),
                            ("scaling", "How safe the child is"),
                            ("agency_views", "The agencies’ views"),
                            ("dissent", "Disagreement with the decision"),
                            ("decision", "The reasons for the decision"),
                            ("interim_plan", "What happens until the next conference"),
                            ("confidential", "For professionals only"),
                            ("other", "Anything else"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                ("heading", models.CharField(max_length=200)),
                ("text", models.TextField()),
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
                        max_length=20,
                    ),
                ),
                (
                    "procedural",
                    models.BooleanField(default=False, help_text="How the conference was run: about no child."),
                ),
                (
                    "included_reason",
                    models.TextField(
                        blank=True,
                        help_text="Why the chair gives these words to readers that the speaker is protected from.",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
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
                        to="outgoing.paragraph",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outgoing.conferencerecord",
                    ),
                ),
                (
                    "written_by",
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
            name="ParagraphReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="convening.invitation"
                    ),
                ),
                (
                    "paragraph",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readers", to="outgoing.paragraph"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ParagraphReaderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
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
                    "paragraph",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outgoing.paragraph",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outgoing.paragraphreader",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="conferencerecord",
            index=models.Index(condition=models.Q(("state", "draft")), fields=["conference"], name="record_in_draft"),
        ),
        migrations.AddIndex(
            model_name="conferencerecord",
            index=models.Index(
                condition=models.Q(("letters_approved_at__isnull", True)),
                fields=["conference"],
                name="letters_to_approve",
            ),
        ),
        migrations.AddConstraint(
            model_name="conferencerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="approved_record_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="conferencerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("letters_approved_at__isnull", True), ("letters_approved_by__isnull", True)),
                    models.Q(("letters_approved_at__isnull", False), ("letters_approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="approved_letters_have_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="childtold",
            constraint=models.UniqueConstraint(fields=("record", "child"), name="one_row_a_told_child"),
        ),
        migrations.AddConstraint(
            model_name="childtold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", "letter"), models.Q(("words", ""), _negated=True)),
                    models.Q(
                        ("how", "in_person"), ("told_on__isnull", False), models.Q(("told_by", ""), _negated=True)
                    ),
                    models.Q(("how", "not_now"), models.Q(("because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="child_told_is_complete",
            ),
        ),
        migrations.AddIndex(
            model_name="copy",
            index=models.Index(
                condition=models.Q(("document__isnull", True), ("withheld_reason", "")),
                fields=["record", "kind"],
                name="copy_to_make",
            ),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.UniqueConstraint(fields=("record", "kind", "invitation"), name="one_copy_a_recipient"),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lacking", ""), ("lacking_reason", "")),
                    models.Q(models.Q(("lacking", ""), _negated=True), models.Q(("lacking_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="lacking_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("widened_by__isnull", True), ("widened_reason", "")),
                    models.Q(models.Q(("widened_reason", ""), _negated=True), ("widened_by__isnull", False)),
                    _connector="OR",
                ),
                name="widened_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="copychild",
            constraint=models.UniqueConstraint(fields=("copy", "child"), name="one_row_a_copied_child"),
        ),
        migrations.AddConstraint(
            model_name="paragraph",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("child__isnull", False), ("procedural", False)),
                    models.Q(("child__isnull", True), ("person__isnull", True), ("procedural", True)),
                    _connector="OR",
                ),
                name="paragraph_is_about_one_child_or_procedural",
            ),
        ),
        migrations.AddConstraint(
            model_name="paragraphreader",
            constraint=models.UniqueConstraint(fields=("paragraph", "invitation"), name="one_row_a_paragraph_reader"),
        ),
    ]
