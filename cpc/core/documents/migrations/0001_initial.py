import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import cpc.core.documents.choices
import cpc.core.documents.models.documents
from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DataIncident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about_kind", models.CharField(blank=True, max_length=60)),
                ("about_id", models.BigIntegerField(null=True)),
                (
                    "where_it_lay",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent: it never left"),
                            ("unread", "To read after signing in, and not opened"),
                            ("read", "Opened by its reader after signing in"),
                            ("delivered", "Sent or handed over"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(help_text="What went wrong.")),
                ("asked", models.TextField(blank=True, help_text="What its reader was asked to do.")),
                ("taken_back_by_id", models.BigIntegerField(null=True)),
                ("taken_back_by_name", models.CharField(max_length=200)),
                ("taken_back_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("outcome", models.TextField(blank=True, help_text="How it was settled.")),
                ("settled_by_id", models.BigIntegerField(null=True)),
                ("settled_by_name", models.CharField(blank=True, max_length=200)),
                ("settled_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(help_text="The letter's name.", max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("about_kind", models.CharField(max_length=60)),
                ("about_id", models.BigIntegerField()),
                (
                    "recipient_kind",
                    models.CharField(help_text="person, user, agency …: the app that made it knows.", max_length=60),
                ),
                ("recipient_id", models.BigIntegerField(null=True)),
                ("recipient_name", models.CharField(max_length=200)),
                (
                    "recipient_label",
                    models.CharField(blank=True, help_text="Mother of Tamsin; Police; …", max_length=200),
                ),
                (
                    "recipient_address",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "is_file",
                    models.BooleanField(
                        default=False, help_text="Its bytes were made elsewhere: no letter makes them."
                    ),
                ),
                ("values", models.JSONField()),
                ("template_version", models.CharField(max_length=12)),
                ("body", models.BinaryField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("pages", models.PositiveSmallIntegerField(null=True)),
                (
                    "file_name",
                    models.CharField(
                        default=cpc.core.documents.models.documents.opaque_name, max_length=40, unique=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Draft"),
                            ("approved", "Approved"),
                            ("issued", "Issued, not yet released"),
                            ("released", "Released"),
                            ("superseded", "Replaced by a later version"),
                            ("recalled", "Recalled"),
                        ],
                        default="drafted",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("findings", models.JSONField(blank=True, default=list)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("made_by_id", models.BigIntegerField(null=True)),
                ("made_by_name", models.CharField(max_length=200)),
                (
                    "typed_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Users who typed words that it contains.",
                        size=None,
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_by_id", models.BigIntegerField(null=True)),
                ("approved_by_name", models.CharField(blank=True, max_length=200)),
                ("issued_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("why_ended", models.TextField(blank=True)),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="DocumentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(help_text="The letter's name.", max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("about_kind", models.CharField(max_length=60)),
                ("about_id", models.BigIntegerField()),
                (
                    "recipient_kind",
                    models.CharField(help_text="person, user, agency …: the app that made it knows.", max_length=60),
                ),
                ("recipient_id", models.BigIntegerField(null=True)),
                ("recipient_name", models.CharField(max_length=200)),
                (
                    "recipient_label",
                    models.CharField(blank=True, help_text="Mother of Tamsin; Police; …", max_length=200),
                ),
                (
                    "recipient_address",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "is_file",
                    models.BooleanField(
                        default=False, help_text="Its bytes were made elsewhere: no letter makes them."
                    ),
                ),
                ("values", models.JSONField()),
                ("template_version", models.CharField(max_length=12)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("pages", models.PositiveSmallIntegerField(null=True)),
                ("file_name", models.CharField(default=cpc.core.documents.models.documents.opaque_name, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Draft"),
                            ("approved", "Approved"),
                            ("issued", "Issued, not yet released"),
                            ("released", "Released"),
                            ("superseded", "Replaced by a later version"),
                            ("recalled", "Recalled"),
                        ],
                        default="drafted",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("findings", models.JSONField(blank=True, default=list)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("made_by_id", models.BigIntegerField(null=True)),
                ("made_by_name", models.CharField(max_length=200)),
                (
                    "typed_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Users who typed words that it contains.",
                        size=None,
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_by_id", models.BigIntegerField(null=True)),
                ("approved_by_name", models.CharField(blank=True, max_length=200)),
                ("issued_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("why_ended", models.TextField(blank=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="documents.document",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HarmlessPassage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about_kind", models.CharField(max_length=60)),
                ("about_id", models.BigIntegerField()),
                ("recipient_kind", models.CharField(blank=True, max_length=60)),
                ("recipient_id", models.BigIntegerField(null=True)),
                ("recipient_name", models.CharField(blank=True, max_length=200)),
                ("void_since", models.DateTimeField(editable=False, null=True)),
                ("finding_key", models.CharField(max_length=16)),
                ("passage_hash", models.CharField(max_length=64)),
                ("found", models.CharField(max_length=300)),
                ("sentence", models.TextField()),
                ("reason", models.TextField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["recipient_kind", "recipient_id"], name="harmless_recipient")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="harmless_says_why"),
                    models.CheckConstraint(
                        condition=models.Q(("recipient_name", ""), _negated=True), name="harmless_has_a_reader"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HarmlessPassageEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("about_kind", models.CharField(max_length=60)),
                ("about_id", models.BigIntegerField()),
                ("recipient_kind", models.CharField(blank=True, max_length=60)),
                ("recipient_id", models.BigIntegerField(null=True)),
                ("recipient_name", models.CharField(blank=True, max_length=200)),
                ("void_since", models.DateTimeField(editable=False, null=True)),
                ("finding_key", models.CharField(max_length=16)),
                ("passage_hash", models.CharField(max_length=64)),
                ("found", models.CharField(max_length=300)),
                ("sentence", models.TextField()),
                ("reason", models.TextField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="documents.harmlesspassage",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MailQueue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("database", models.CharField(max_length=100)),
                ("waits_since", models.DateTimeField(null=True)),
                ("waits_why", models.TextField(blank=True)),
                ("faults", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_mail_queue"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("faults", 0),
                                ("next_try_at__isnull", True),
                                ("waits_since__isnull", True),
                                ("waits_why", ""),
                            ),
                            models.Q(
                                ("faults__gte", 1),
                                ("next_try_at__isnull", False),
                                ("waits_since__isnull", False),
                                models.Q(("waits_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="waiting_mail_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, unique=True)),
                ("purpose", models.CharField(max_length=60)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "Email"),
                            ("print", "Post"),
                            ("hand", "By hand"),
                            ("portal", "To read after signing in"),
                        ],
                        max_length=10,
                    ),
                ),
                ("about_kind", models.CharField(blank=True, max_length=60)),
                ("about_id", models.BigIntegerField(null=True)),
                ("recipient_kind", models.CharField(max_length=60)),
                ("recipient_id", models.BigIntegerField(null=True)),
                ("recipient_name", models.CharField(max_length=200)),
                ("to_address", models.EmailField(blank=True, max_length=254)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField(blank=True)),
                ("calendar_file", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("uncertain", "May have arrived"),
                            ("failed", "Not sent"),
                            ("held", "Held back"),
                            ("withdrawn", "Withdrawn"),
                            ("opened", "Opened"),
                            ("collected", "Collected"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("why_failed", models.TextField(blank=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("queued_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("sent_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "may_have_left_at",
                    models.DateTimeField(
                        help_text="When it was printed, or given to a mail server that did not confirm it.", null=True
                    ),
                ),
                (
                    "said",
                    models.JSONField(
                        blank=True, default=dict, help_text="What an email says about a meeting, as plain values."
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("collected_at", models.DateTimeField(null=True)),
                ("message_id", models.CharField(blank=True, max_length=120)),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outgoing",
                        to="documents.document",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DataIncidentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("about_kind", models.CharField(blank=True, max_length=60)),
                ("about_id", models.BigIntegerField(null=True)),
                (
                    "where_it_lay",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent: it never left"),
                            ("unread", "To read after signing in, and not opened"),
                            ("read", "Opened by its reader after signing in"),
                            ("delivered", "Sent or handed over"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(help_text="What went wrong.")),
                ("asked", models.TextField(blank=True, help_text="What its reader was asked to do.")),
                ("taken_back_by_id", models.BigIntegerField(null=True)),
                ("taken_back_by_name", models.CharField(max_length=200)),
                ("taken_back_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("outcome", models.TextField(blank=True, help_text="How it was settled.")),
                ("settled_by_id", models.BigIntegerField(null=True)),
                ("settled_by_name", models.CharField(blank=True, max_length=200)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="documents.dataincident",
                    ),
                ),
                (
                    "outgoing",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="documents.outgoing",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="dataincident",
            name="outgoing",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="incident", to="documents.outgoing"
            ),
        ),
        migrations.CreateModel(
            name="OutgoingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("key", models.CharField(max_length=200)),
                ("purpose", models.CharField(max_length=60)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "Email"),
                            ("print", "Post"),
                            ("hand", "By hand"),
                            ("portal", "To read after signing in"),
                        ],
                        max_length=10,
                    ),
                ),
                ("about_kind", models.CharField(blank=True, max_length=60)),
                ("about_id", models.BigIntegerField(null=True)),
                ("recipient_kind", models.CharField(max_length=60)),
                ("recipient_id", models.BigIntegerField(null=True)),
                ("recipient_name", models.CharField(max_length=200)),
                ("to_address", models.EmailField(blank=True, max_length=254)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField(blank=True)),
                ("calendar_file", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("uncertain", "May have arrived"),
                            ("failed", "Not sent"),
                            ("held", "Held back"),
                            ("withdrawn", "Withdrawn"),
                            ("opened", "Opened"),
                            ("collected", "Collected"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("why_failed", models.TextField(blank=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("queued_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("sent_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "may_have_left_at",
                    models.DateTimeField(
                        help_text="When it was printed, or given to a mail server that did not confirm it.", null=True
                    ),
                ),
                (
                    "said",
                    models.JSONField(
                        blank=True, default=dict, help_text="What an email says about a meeting, as plain values."
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("collected_at", models.DateTimeField(null=True)),
                ("message_id", models.CharField(blank=True, max_length=120)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="documents.outgoing",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SecondCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about_kind", models.CharField(max_length=60)),
                ("about_id", models.BigIntegerField()),
                ("recipient_kind", models.CharField(blank=True, max_length=60)),
                ("recipient_id", models.BigIntegerField(null=True)),
                ("recipient_name", models.CharField(blank=True, max_length=200)),
                ("void_since", models.DateTimeField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("list", "A list of people to invite"),
                            ("copy", "A copy for one reader"),
                            ("file", "What no program can read in a file"),
                            ("override", "What stops a copy"),
                            ("together", "Two people who must not meet"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Awaiting second check"),
                            ("opened", "Opened, not yet checked"),
                            ("agreed", "Agreed"),
                            ("refused", "Refused"),
                        ],
                        max_length=10,
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "kept",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        default=list,
                        help_text="The fingerprint of each value that the reader must not learn.",
                        size=None,
                    ),
                ),
                (
                    "finding_key",
                    models.CharField(blank=True, help_text="Of an override: what stops the copy.", max_length=16),
                ),
                (
                    "found",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        help_text="In words: what stops the copy, or what could not be read in the file.",
                        size=None,
                    ),
                ),
                ("asked_why", models.TextField(blank=True)),
                ("asked_by_id", models.BigIntegerField(null=True)),
                ("asked_by_name", models.CharField(blank=True, max_length=200)),
                ("started_at", models.DateTimeField(help_text="When it was asked for, or opened.")),
                (
                    "reason",
                    models.TextField(blank=True, help_text="What the second person saw, or why they decided so."),
                ),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["fingerprint"], name="second_check_fingerprint"),
                    models.Index(fields=["about_kind", "about_id"], name="second_check_about"),
                    models.Index(fields=["recipient_kind", "recipient_id"], name="second_check_recipient"),
                    models.Index(
                        condition=models.Q(("state", "asked")), fields=["about_id"], name="second_check_asked"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", cpc.core.documents.choices.CheckKind)),
                        name="second_check_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", cpc.core.documents.choices.CheckState)),
                        name="second_check_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["override", "together"]),
                            models.Q(("kind", "copy"), models.Q(("state__in", ["asked", "refused"]), _negated=True)),
                            models.Q(("kind__in", ["list", "file"]), ("state", "agreed")),
                            _connector="OR",
                        ),
                        name="second_check_state_of_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("state__in", ("agreed", "refused"))),
                            models.Q(
                                models.Q(("state__in", ("agreed", "refused")), _negated=True),
                                ("decided_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="second_check_decided_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by_id__isnull", True), ("by_name", ""), ("reason", ""), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True), models.Q(("by_name", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="second_check_is_somebodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["override", "together", "file"]), _negated=True),
                            models.Q(("state__in", ("agreed", "refused")), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="second_check_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "override"),
                                models.Q(("asked_why", ""), _negated=True),
                                models.Q(("asked_by_name", ""), _negated=True),
                                models.Q(("finding_key", ""), _negated=True),
                            ),
                            models.Q(
                                ("finding_key", ""),
                                ("kind", "together"),
                                models.Q(("asked_why", ""), _negated=True),
                                models.Q(("asked_by_name", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("kind__in", ["override", "together"]), _negated=True),
                                ("asked_by_id__isnull", True),
                                ("asked_why", ""),
                                ("finding_key", ""),
                            ),
                            _connector="OR",
                        ),
                        name="override_was_asked_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_id__isnull", True),
                            ("asked_by_id__isnull", True),
                            models.Q(("by_id", models.F("asked_by_id")), _negated=True),
                            _connector="OR",
                        ),
                        name="second_check_takes_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by_id__isnull", False), ("kind", "list"), ("recipient_name", "")),
                            models.Q(("kind", "together"), ("recipient_name", "")),
                            models.Q(
                                models.Q(("kind__in", ["list", "together"]), _negated=True),
                                models.Q(("recipient_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="second_check_has_a_reader",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "list"), ("void_since", None)),
                        fields=("about_kind", "about_id", "fingerprint", "by_id"),
                        name="one_check_of_a_list_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondCheckEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("about_kind", models.CharField(max_length=60)),
                ("about_id", models.BigIntegerField()),
                ("recipient_kind", models.CharField(blank=True, max_length=60)),
                ("recipient_id", models.BigIntegerField(null=True)),
                ("recipient_name", models.CharField(blank=True, max_length=200)),
                ("void_since", models.DateTimeField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("list", "A list of people to invite"),
                            ("copy", "A copy for one reader"),
                            ("file", "What no program can read in a file"),
                            ("override", "What stops a copy"),
                            ("together", "Two people who must not meet"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Awaiting second check"),
                            ("opened", "Opened, not yet checked"),
                            ("agreed", "Agreed"),
                            ("refused", "Refused"),
                        ],
                        max_length=10,
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "kept",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        default=list,
                        help_text="The fingerprint of each value that the reader must not learn.",
                        size=None,
                    ),
                ),
                (
                    "finding_key",
                    models.CharField(blank=True, help_text="Of an override: what stops the copy.", max_length=16),
                ),
                (
                    "found",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        help_text="In words: what stops the copy, or what could not be read in the file.",
                        size=None,
                    ),
                ),
                ("asked_why", models.TextField(blank=True)),
                ("asked_by_id", models.BigIntegerField(null=True)),
                ("asked_by_name", models.CharField(blank=True, max_length=200)),
                ("started_at", models.DateTimeField(help_text="When it was asked for, or opened.")),
                (
                    "reason",
                    models.TextField(blank=True, help_text="What the second person saw, or why they decided so."),
                ),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="documents.secondcheck",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["about_kind", "about_id", "-id"], name="document_about"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["recipient_kind", "recipient_id"], name="document_recipient"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("released_at__isnull", True)), fields=["state", "id"], name="document_unreleased"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", cpc.core.documents.choices.DocumentState)), name="document_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("body__isnull", True),
                        ("is_file", False),
                        ("issued_at__isnull", True),
                        ("pages__isnull", True),
                        ("sha256", ""),
                    ),
                    models.Q(
                        ("body__isnull", False),
                        ("pages__gte", 1),
                        ("sha256__regex", "^[0-9a-f]{64}$"),
                        models.Q(("issued_at__isnull", False), ("is_file", True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="issued_has_bytes_and_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issued_at__isnull", True), ("state__in", ["drafted", "approved"])),
                    models.Q(
                        ("issued_at__isnull", False), ("state__in", ["issued", "released", "superseded", "recalled"])
                    ),
                    _connector="OR",
                ),
                name="document_issued_when_it_says_so",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by_name", ""), ("state", "drafted")),
                    models.Q(
                        models.Q(("state", "drafted"), _negated=True),
                        ("approved_at__isnull", False),
                        models.Q(("approved_by_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="approved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "released"), _negated=True), ("released_at__isnull", False), _connector="OR"
                ),
                name="released_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["superseded", "recalled"]), _negated=True),
                    ("ended_at__isnull", False),
                    _connector="OR",
                ),
                name="document_ended_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("recipient_name", ""), _negated=True), name="document_has_a_reader"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("supersedes", models.F("id")), _negated=True),
                name="document_never_supersedes_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("channel", "email"), ("state", "queued")),
                fields=["next_try_at", "id"],
                name="outgoing_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(fields=["state", "-id"], name="outgoing_state"),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(fields=["about_kind", "about_id", "-id"], name="outgoing_about"),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(fields=["recipient_kind", "recipient_id"], name="outgoing_recipient"),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", cpc.core.documents.choices.OutgoingState)), name="outgoing_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", cpc.core.documents.choices.Channel)), name="outgoing_channel_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("recipient_name", ""), _negated=True), name="outgoing_has_a_recipient"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "email"), _negated=True),
                    models.Q(
                        models.Q(("to_address", ""), _negated=True),
                        models.Q(("subject", ""), _negated=True),
                        models.Q(("body", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="email_has_address_subject_and_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "email"), _negated=True), ("document__isnull", True), _connector="OR"
                ),
                name="email_carries_no_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claimed_at__isnull", False), ("state", "sending")),
                    models.Q(models.Q(("state", "sending"), _negated=True), ("claimed_at__isnull", True)),
                    _connector="OR",
                ),
                name="sending_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["sent", "opened", "collected"]), _negated=True),
                    ("sent_at__isnull", False),
                    _connector="OR",
                ),
                name="sent_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["failed", "held", "uncertain"]), _negated=True),
                    models.Q(("why_failed", ""), _negated=True),
                    _connector="OR",
                ),
                name="failed_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="dataincident",
            index=models.Index(fields=["-taken_back_at"], name="incident_latest"),
        ),
        migrations.AddConstraint(
            model_name="dataincident",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="incident_says_what_went_wrong"
            ),
        ),
        migrations.AddConstraint(
            model_name="dataincident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("where_it_lay__in", ["waiting", "unread"]), models.Q(("asked", ""), _negated=True), _connector="OR"
                ),
                name="reader_was_asked_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataincident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("settled_at__isnull", True)),
                    models.Q(
                        ("settled_at__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("settled_by_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="settled_says_how",
            ),
        ),
    ]
