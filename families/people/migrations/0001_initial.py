import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    initial = True

    dependencies = [
        ("audit", "0002_extensions"),
        ("accounts", "0001_initial"),
        ("cases", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("home", "Home"),
                            ("refuge", "Refuge"),
                            ("placement", "Placement"),
                            ("custody", "Prison or other custody"),
                            ("other", "Another address"),
                        ],
                        default="home",
                        max_length=10,
                    ),
                ),
                (
                    "care_of",
                    models.CharField(
                        blank=True, help_text="Such as a prison and the prisoner’s number.", max_length=120
                    ),
                ),
                ("lines", models.TextField(help_text="Everything but the postcode, one line each.")),
                ("postcode", models.CharField(max_length=10)),
                ("from_on", models.DateField(blank=True, null=True)),
                ("to_on", models.DateField(blank=True, null=True)),
                ("is_safe_for_post", models.BooleanField(default=True)),
                (
                    "house_key",
                    models.CharField(editable=False, help_text="What all rows for one house share.", max_length=32),
                ),
            ],
            options={
                "verbose_name_plural": "addresses",
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name_plural": "identities",
            },
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("married", "Married or civil partners"),
                            ("partners", "Partners"),
                            ("separated", "Separated"),
                            ("divorced", "Divorced"),
                        ],
                        max_length=12,
                    ),
                ),
                ("from_on", models.DateField(blank=True, null=True)),
                ("to_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ContactDetails",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "safe_contact",
                    models.CharField(
                        choices=[
                            ("unknown", "Not known yet"),
                            ("post", "Post"),
                            ("hand", "By hand, from a named worker"),
                            ("phone", "Phone"),
                            ("text", "Text message"),
                            ("email", "Email"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("note", models.TextField(blank=True, help_text="What anyone who makes contact must know.")),
                (
                    "confirmed_on",
                    models.DateField(blank=True, help_text="When somebody last made sure of it.", null=True),
                ),
                (
                    "hand_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hands_letters_to",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "contact details",
            },
        ),
        migrations.CreateModel(
            name="Household",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="Such as “Mum’s home” or “Grandmother’s”.", max_length=120)),
                ("is_main", models.BooleanField(default=False, help_text="The household that this case is about.")),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="households", to="cases.family"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HouseholdEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(help_text="Such as “Mum’s home” or “Grandmother’s”.", max_length=120)),
                ("is_main", models.BooleanField(default=False, help_text="The household that this case is about.")),
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
                        to="people.household",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HouseholdMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(blank=True, null=True)),
                ("to_on", models.DateField(blank=True, null=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="people.household"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IdentityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="people.identity",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="involvements", to="accounts.agency"
                    ),
                ),
                (
                    "professional",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("child", "Child"),
                            ("parent", "Parent"),
                            ("grandparent", "Grandparent"),
                            ("partner", "Parent’s partner"),
                            ("relative", "Other relative"),
                            ("other", "Another significant person"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="cases.family"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_link", models.BooleanField(default=False)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undo_reason", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undone_by",
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
            name="MustNotLearn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("injunction", "Court order or injunction"),
                            ("bail", "Bail condition"),
                            ("judgement", "Social work judgement"),
                            ("wish", "The person asked for it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("recorded_on", models.DateField(default=django.utils.timezone.localdate)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("existence", "That they exist"),
                            ("paternity", "Whose father they are"),
                            ("whereabouts", "Where they live"),
                            ("placement", "Where they are placed"),
                            ("school", "Their school or nursery"),
                            ("fact", "A fact"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "agreed_by",
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
                "verbose_name_plural": "must not learn",
            },
        ),
        migrations.CreateModel(
            name="MustNotMeet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("injunction", "Court order or injunction"),
                            ("bail", "Bail condition"),
                            ("judgement", "Social work judgement"),
                            ("wish", "The person asked for it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("recorded_on", models.DateField(default=django.utils.timezone.localdate)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "protects",
                    models.CharField(
                        choices=[("both", "Both of them"), ("one", "The first person"), ("other", "The second person")],
                        default="both",
                        max_length=5,
                    ),
                ),
                (
                    "agreed_by",
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
                "verbose_name_plural": "people who must not meet",
            },
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60, unique=True)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="name_word_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(models.Func(models.F("word"), function="dmetaphone"), name="name_word_sound"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("first_name", models.CharField(blank=True, max_length=80)),
                ("last_name", models.CharField(max_length=80)),
                ("known_as", models.CharField(blank=True, max_length=80)),
                (
                    "is_unknown",
                    models.BooleanField(default=False, help_text="The identity of this person is not known."),
                ),
                ("born_on", models.DateField(blank=True, null=True)),
                (
                    "expected_on",
                    models.DateField(blank=True, help_text="The expected date of birth of an unborn child.", null=True),
                ),
                ("died_on", models.DateField(blank=True, null=True)),
                (
                    "sex",
                    models.CharField(
                        choices=[("M", "Male"), ("F", "Female"), ("U", "Not known or not yet born")],
                        default="U",
                        max_length=1,
                    ),
                ),
                ("pronouns", models.CharField(blank=True, max_length=40)),
                (
                    "ethnicity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("WBRI", "White British"),
                            ("WIRI", "White Irish"),
                            ("WIRT", "Traveller of Irish heritage"),
                            ("WROM", "Gypsy or Roma"),
                            ("WOTH", "Any other White background"),
                            ("MWBC", "White and Black Caribbean"),
                            ("MWBA", "White and Black African"),
                            ("MWAS", "White and Asian"),
                            ("MOTH", "Any other mixed background"),
                            ("AIND", "Indian"),
                            ("APKN", "Pakistani"),
                            ("ABAN", "Bangladeshi"),
                            ("AOTH", "Any other Asian background"),
                            ("BCRB", "Black Caribbean"),
                            ("BAFR", "Black African"),
                            ("BOTH", "Any other Black background"),
                            ("CHNE", "Chinese"),
                            ("OOTH", "Any other ethnic group"),
                            ("REFU", "Refused"),
                            ("NOBT", "Not obtained"),
                        ],
                        max_length=4,
                    ),
                ),
                (
                    "religion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No religion"),
                            ("christian", "Christian"),
                            ("buddhist", "Buddhist"),
                            ("hindu", "Hindu"),
                            ("jewish", "Jewish"),
                            ("muslim", "Muslim"),
                            ("sikh", "Sikh"),
                            ("other", "Another religion"),
                            ("not_said", "Prefers not to say"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "authority_order",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("care", "Care order"),
                            ("interim_care", "Interim care order"),
                            ("placement", "Placement order"),
                            ("emergency", "Emergency protection order"),
                        ],
                        help_text="The order that gives the authority parental responsibility for this child.",
                        max_length=12,
                    ),
                ),
                (
                    "disabilities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("NONE", "No disability"),
                                ("MOB", "Mobility"),
                                ("HAND", "Hand function"),
                                ("PC", "Personal care"),
                                ("INC", "Incontinence"),
                                ("COMM", "Communication"),
                                ("LD", "Learning"),
                                ("HEAR", "Hearing"),
                                ("VIS", "Vision"),
                                ("BEH", "Behaviour"),
                                ("CON", "Consciousness"),
                                ("AUT", "Autism or Asperger syndrome"),
                                ("DDA", "Another disability under the Equality Act"),
                            ],
                            max_length=4,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "case_system_id",
                    models.CharField(blank=True, help_text="The child’s number in the case system.", max_length=20),
                ),
                ("upn", models.CharField(blank=True, max_length=13, verbose_name="unique pupil number")),
                (
                    "no_upn",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("UN1", "Not of school age, and has not yet been given one"),
                            ("UN2", "Has never been to a maintained school in England"),
                            ("UN3", "Being educated outside England"),
                            ("UN4", "Newly in care or in need, and it is not yet known"),
                            ("UN5", "Sources collating it"),
                            ("UN6", "Not looked after and unable to obtain it"),
                            ("UN7", "Referral with no further action"),
                        ],
                        help_text="Why there is no UPN.",
                        max_length=3,
                    ),
                ),
                ("nhs_number", models.CharField(blank=True, max_length=10)),
                ("first_language", models.CharField(blank=True, default="English", max_length=60)),
                ("interpreter_needed", models.BooleanField(default=False)),
                ("communication_needs", models.TextField(blank=True)),
                ("access_needs", models.TextField(blank=True)),
                (
                    "search_index",
                    django.contrib.postgres.search.SearchVectorField(blank=True, default="", editable=False),
                ),
                ("short_addition", models.CharField(blank=True, default="", editable=False, max_length=120)),
                ("full_addition", models.CharField(blank=True, default="", editable=False, max_length=120)),
                (
                    "identity",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="people.identity",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
            },
        ),
        migrations.CreateModel(
            name="PartnershipEvent",
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
                            ("married", "Married or civil partners"),
                            ("partners", "Partners"),
                            ("separated", "Separated"),
                            ("divorced", "Divorced"),
                        ],
                        max_length=12,
                    ),
                ),
                ("from_on", models.DateField(blank=True, null=True)),
                ("to_on", models.DateField(blank=True, null=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="people.partnership",
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="partnership",
            name="one",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="partnership",
            name="other",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.CreateModel(
            name="MustNotMeetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("injunction", "Court order or injunction"),
                            ("bail", "Bail condition"),
                            ("judgement", "Social work judgement"),
                            ("wish", "The person asked for it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("recorded_on", models.DateField(default=django.utils.timezone.localdate)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "protects",
                    models.CharField(
                        choices=[("both", "Both of them"), ("one", "The first person"), ("other", "The second person")],
                        default="both",
                        max_length=5,
                    ),
                ),
                (
                    "agreed_by",
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
                        to="people.mustnotmeet",
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="mustnotmeet",
            name="one",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="mustnotmeet",
            name="other",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.CreateModel(
            name="MustNotLearnEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("injunction", "Court order or injunction"),
                            ("bail", "Bail condition"),
                            ("judgement", "Social work judgement"),
                            ("wish", "The person asked for it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("recorded_on", models.DateField(default=django.utils.timezone.localdate)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("existence", "That they exist"),
                            ("paternity", "Whose father they are"),
                            ("whereabouts", "Where they live"),
                            ("placement", "Where they are placed"),
                            ("school", "Their school or nursery"),
                            ("fact", "A fact"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "agreed_by",
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
                        to="people.mustnotlearn",
                    ),
                ),
                (
                    "about",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "of_child",
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
                    "reader",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="mustnotlearn",
            name="about",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="withheld_about", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="mustnotlearn",
            name="of_child",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="mustnotlearn",
            name="reader",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="must_not_learn", to="people.person"
            ),
        ),
        migrations.CreateModel(
            name="MergeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("is_link", models.BooleanField(default=False)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undo_reason", models.TextField(blank=True)),
                (
                    "by",
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
                        to="people.merge",
                    ),
                ),
                (
                    "undone_by",
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
                    "kept",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="merge",
            name="kept",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="merge",
            name="merged",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.CreateModel(
            name="MembershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("child", "Child"),
                            ("parent", "Parent"),
                            ("grandparent", "Grandparent"),
                            ("partner", "Parent’s partner"),
                            ("relative", "Other relative"),
                            ("other", "Another significant person"),
                        ],
                        max_length=20,
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
                        to="people.membership",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="people.person"
            ),
        ),
        migrations.CreateModel(
            name="InvolvementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
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
                        to="people.involvement",
                    ),
                ),
                (
                    "professional",
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
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="involvement",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="involvements", to="people.person"
            ),
        ),
        migrations.CreateModel(
            name="HouseholdMemberEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("from_on", models.DateField(blank=True, null=True)),
                ("to_on", models.DateField(blank=True, null=True)),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.household",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="people.householdmember",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="householdmember",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="household_members", to="people.person"
            ),
        ),
        migrations.CreateModel(
            name="ContactDetailsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "safe_contact",
                    models.CharField(
                        choices=[
                            ("unknown", "Not known yet"),
                            ("post", "Post"),
                            ("hand", "By hand, from a named worker"),
                            ("phone", "Phone"),
                            ("text", "Text message"),
                            ("email", "Email"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("note", models.TextField(blank=True, help_text="What anyone who makes contact must know.")),
                (
                    "confirmed_on",
                    models.DateField(blank=True, help_text="When somebody last made sure of it.", null=True),
                ),
                (
                    "hand_by",
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
                        to="people.contactdetails",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="contactdetails",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="contact_details", to="people.person"
            ),
        ),
        migrations.CreateModel(
            name="AddressEvent",
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
                            ("home", "Home"),
                            ("refuge", "Refuge"),
                            ("placement", "Placement"),
                            ("custody", "Prison or other custody"),
                            ("other", "Another address"),
                        ],
                        default="home",
                        max_length=10,
                    ),
                ),
                (
                    "care_of",
                    models.CharField(
                        blank=True, help_text="Such as a prison and the prisoner’s number.", max_length=120
                    ),
                ),
                ("lines", models.TextField(help_text="Everything but the postcode, one line each.")),
                ("postcode", models.CharField(max_length=10)),
                ("from_on", models.DateField(blank=True, null=True)),
                ("to_on", models.DateField(blank=True, null=True)),
                ("is_safe_for_post", models.BooleanField(default=True)),
                (
                    "house_key",
                    models.CharField(editable=False, help_text="What all rows for one house share.", max_length=32),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="people.address",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="address",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="addresses", to="people.person"
            ),
        ),
        migrations.CreateModel(
            name="PersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("first_name", models.CharField(blank=True, max_length=80)),
                ("last_name", models.CharField(max_length=80)),
                ("known_as", models.CharField(blank=True, max_length=80)),
                (
                    "is_unknown",
                    models.BooleanField(default=False, help_text="The identity of this person is not known."),
                ),
                ("born_on", models.DateField(blank=True, null=True)),
                (
                    "expected_on",
                    models.DateField(blank=True, help_text="The expected date of birth of an unborn child.", null=True),
                ),
                ("died_on", models.DateField(blank=True, null=True)),
                (
                    "sex",
                    models.CharField(
                        choices=[("M", "Male"), ("F", "Female"), ("U", "Not known or not yet born")],
                        default="U",
                        max_length=1,
                    ),
                ),
                ("pronouns", models.CharField(blank=True, max_length=40)),
                (
                    "ethnicity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("WBRI", "White British"),
                            ("WIRI", "White Irish"),
                            ("WIRT", "Traveller of Irish heritage"),
                            ("WROM", "Gypsy or Roma"),
                            ("WOTH", "Any other White background"),
                            ("MWBC", "White and Black Caribbean"),
                            ("MWBA", "White and Black African"),
                            ("MWAS", "White and Asian"),
                            ("MOTH", "Any other mixed background"),
                            ("AIND", "Indian"),
                            ("APKN", "Pakistani"),
                            ("ABAN", "Bangladeshi"),
                            ("AOTH", "Any other Asian background"),
                            ("BCRB", "Black Caribbean"),
                            ("BAFR", "Black African"),
                            ("BOTH", "Any other Black background"),
                            ("CHNE", "Chinese"),
                            ("OOTH", "Any other ethnic group"),
                            ("REFU", "Refused"),
                            ("NOBT", "Not obtained"),
                        ],
                        max_length=4,
                    ),
                ),
                (
                    "religion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No religion"),
                            ("christian", "Christian"),
                            ("buddhist", "Buddhist"),
                            ("hindu", "Hindu"),
                            ("jewish", "Jewish"),
                            ("muslim", "Muslim"),
                            ("sikh", "Sikh"),
                            ("other", "Another religion"),
                            ("not_said", "Prefers not to say"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "authority_order",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("care", "Care order"),
                            ("interim_care", "Interim care order"),
                            ("placement", "Placement order"),
                            ("emergency", "Emergency protection order"),
                        ],
                        help_text="The order that gives the authority parental responsibility for this child.",
                        max_length=12,
                    ),
                ),
                (
                    "disabilities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("NONE", "No disability"),
                                ("MOB", "Mobility"),
                                ("HAND", "Hand function"),
                                ("PC", "Personal care"),
                                ("INC", "Incontinence"),
                                ("COMM", "Communication"),
                                ("LD", "Learning"),
                                ("HEAR", "Hearing"),
                                ("VIS", "Vision"),
                                ("BEH", "Behaviour"),
                                ("CON", "Consciousness"),
                                ("AUT", "Autism or Asperger syndrome"),
                                ("DDA", "Another disability under the Equality Act"),
                            ],
                            max_length=4,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "case_system_id",
                    models.CharField(blank=True, help_text="The child’s number in the case system.", max_length=20),
                ),
                ("upn", models.CharField(blank=True, max_length=13, verbose_name="unique pupil number")),
                (
                    "no_upn",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("UN1", "Not of school age, and has not yet been given one"),
                            ("UN2", "Has never been to a maintained school in England"),
                            ("UN3", "Being educated outside England"),
                            ("UN4", "Newly in care or in need, and it is not yet known"),
                            ("UN5", "Sources collating it"),
                            ("UN6", "Not looked after and unable to obtain it"),
                            ("UN7", "Referral with no further action"),
                        ],
                        help_text="Why there is no UPN.",
                        max_length=3,
                    ),
                ),
                ("nhs_number", models.CharField(blank=True, max_length=10)),
                ("first_language", models.CharField(blank=True, default="English", max_length=60)),
                ("interpreter_needed", models.BooleanField(default=False)),
                ("communication_needs", models.TextField(blank=True)),
                ("access_needs", models.TextField(blank=True)),
                (
                    "identity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.identity",
                    ),
                ),
                (
                    "merged_into",
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
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PersonName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("former", "Former name"), ("birth", "Name at birth"), ("alias", "Also uses")],
                        max_length=10,
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=80)),
                ("last_name", models.CharField(blank=True, max_length=80)),
                ("from_on", models.DateField(blank=True, null=True)),
                ("to_on", models.DateField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="other_names", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonNameEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("former", "Former name"), ("birth", "Name at birth"), ("alias", "Also uses")],
                        max_length=10,
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=80)),
                ("last_name", models.CharField(blank=True, max_length=80)),
                ("from_on", models.DateField(blank=True, null=True)),
                ("to_on", models.DateField(blank=True, null=True)),
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
                        to="people.personname",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PossibleDuplicate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("noticed_on", models.DateField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "one",
                    models.ForeignKey(
                        help_text="The older record.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "settled_by",
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
            name="PossibleDuplicateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("noticed_on", models.DateField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "one",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The older record.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "other",
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
                        to="people.possibleduplicate",
                    ),
                ),
                (
                    "settled_by",
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
            name="ProtectedFrom",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "protected from",
            },
        ),
        migrations.CreateModel(
            name="Protection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("injunction", "Court order or injunction"),
                            ("bail", "Bail condition"),
                            ("judgement", "Social work judgement"),
                            ("wish", "The person asked for it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("recorded_on", models.DateField(default=django.utils.timezone.localdate)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "detail",
                    models.CharField(
                        choices=[("address", "Address"), ("phone", "Phone"), ("email", "Email")], max_length=10
                    ),
                ),
                ("from_everyone", models.BooleanField(default=True, help_text="From everyone outside the case.")),
                (
                    "told_on",
                    models.DateField(blank=True, help_text="When the person was told how it is kept.", null=True),
                ),
                ("told_how", models.CharField(blank=True, max_length=200)),
                (
                    "address",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protections",
                        to="people.address",
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="protections", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProtectedFromEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
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
                        to="people.protectedfrom",
                    ),
                ),
                (
                    "protection",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.protection",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="protectedfrom",
            name="protection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="withheld_from", to="people.protection"
            ),
        ),
        migrations.CreateModel(
            name="ProtectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("injunction", "Court order or injunction"),
                            ("bail", "Bail condition"),
                            ("judgement", "Social work judgement"),
                            ("wish", "The person asked for it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("recorded_on", models.DateField(default=django.utils.timezone.localdate)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "detail",
                    models.CharField(
                        choices=[("address", "Address"), ("phone", "Phone"), ("email", "Email")], max_length=10
                    ),
                ),
                ("from_everyone", models.BooleanField(default=True, help_text="From everyone outside the case.")),
                (
                    "told_on",
                    models.DateField(blank=True, help_text="When the person was told how it is kept.", null=True),
                ),
                ("told_how", models.CharField(blank=True, max_length=200)),
                (
                    "address",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.address",
                    ),
                ),
                (
                    "agreed_by",
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
                        to="people.protection",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Relationship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mother", "Mother"),
                            ("father", "Father"),
                            ("stepmother", "Stepmother"),
                            ("stepfather", "Stepfather"),
                            ("grandmother", "Grandmother"),
                            ("grandfather", "Grandfather"),
                            ("sister", "Sister"),
                            ("brother", "Brother"),
                            ("aunt", "Aunt"),
                            ("uncle", "Uncle"),
                            ("carer", "Carer"),
                            ("other", "Another relationship"),
                        ],
                        max_length=20,
                    ),
                ),
                ("parental_responsibility", models.BooleanField(default=False)),
                (
                    "responsibility_source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("birth", "Mother, from the birth"),
                            ("marriage", "Marriage or civil partnership"),
                            ("registration", "Registration of the birth"),
                            ("agreement", "Agreement"),
                            ("order", "Court order or adoption"),
                        ],
                        max_length=12,
                    ),
                ),
                ("main_carer", models.BooleanField(default=False)),
                ("from_on", models.DateField(blank=True, null=True)),
                ("to_on", models.DateField(blank=True, null=True)),
                (
                    "adult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relationships_to_children",
                        to="people.person",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relationships", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RelationshipEvent",
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
                            ("mother", "Mother"),
                            ("father", "Father"),
                            ("stepmother", "Stepmother"),
                            ("stepfather", "Stepfather"),
                            ("grandmother", "Grandmother"),
                            ("grandfather", "Grandfather"),
                            ("sister", "Sister"),
                            ("brother", "Brother"),
                            ("aunt", "Aunt"),
                            ("uncle", "Uncle"),
                            ("carer", "Carer"),
                            ("other", "Another relationship"),
                        ],
                        max_length=20,
                    ),
                ),
                ("parental_responsibility", models.BooleanField(default=False)),
                (
                    "responsibility_source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("birth", "Mother, from the birth"),
                            ("marriage", "Marriage or civil partnership"),
                            ("registration", "Registration of the birth"),
                            ("agreement", "Agreement"),
                            ("order", "Court order or adoption"),
                        ],
                        max_length=12,
                    ),
                ),
                ("main_carer", models.BooleanField(default=False)),
                ("from_on", models.DateField(blank=True, null=True)),
                ("to_on", models.DateField(blank=True, null=True)),
                (
                    "adult",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
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
                        to="people.relationship",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WarningMarker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("injunction", "Court order or injunction"),
                            ("bail", "Bail condition"),
                            ("judgement", "Social work judgement"),
                            ("wish", "The person asked for it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("recorded_on", models.DateField(default=django.utils.timezone.localdate)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("do_not_disclose", "Do not disclose"),
                            ("risk_to_workers", "Risk to workers"),
                            ("visit_in_pairs", "Visit in pairs"),
                            ("animals", "Animals in the home"),
                            ("other", "Another warning"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "warns_professionals",
                    models.BooleanField(
                        default=False,
                        help_text="Professionals who are invited to a conference of the family read it too.",
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="warnings", to="cases.family"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warnings",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WarningMarkerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("injunction", "Court order or injunction"),
                            ("bail", "Bail condition"),
                            ("judgement", "Social work judgement"),
                            ("wish", "The person asked for it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("recorded_on", models.DateField(default=django.utils.timezone.localdate)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("do_not_disclose", "Do not disclose"),
                            ("risk_to_workers", "Risk to workers"),
                            ("visit_in_pairs", "Visit in pairs"),
                            ("animals", "Animals in the home"),
                            ("other", "Another warning"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "warns_professionals",
                    models.BooleanField(
                        default=False,
                        help_text="Professionals who are invited to a conference of the family read it too.",
                    ),
                ),
                (
                    "agreed_by",
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
                        to="people.warningmarker",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_main", True)), fields=("family",), name="one_main_household_a_family"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search_index"], name="person_search"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["born_on"], name="person_born"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("expected_on__isnull", False)), fields=["expected_on"], name="person_expected"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("nhs_number", ""), _negated=True), fields=["nhs_number"], name="person_nhs"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(condition=models.Q(("upn", ""), _negated=True), fields=["upn"], name="person_upn"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("case_system_id", ""), _negated=True),
                fields=["case_system_id"],
                name="person_case_system",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="nobody_is_merged_into_themselves",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(("one", models.F("other")), _negated=True), name="a_couple_is_two_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="mustnotmeet",
            constraint=models.CheckConstraint(
                condition=models.Q(("one", models.F("other")), _negated=True), name="two_different_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="mustnotlearn",
            constraint=models.CheckConstraint(
                condition=models.Q(("reader", models.F("about")), _negated=True), name="kept_from_somebody_else"
            ),
        ),
        migrations.AddConstraint(
            model_name="mustnotlearn",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", "fact"), ("words", ""), _negated=True), name="a_fact_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="mustnotlearn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("of_child__isnull", False), ("what", "paternity")),
                    models.Q(models.Q(("what", "paternity"), _negated=True), ("of_child", None)),
                    _connector="OR",
                ),
                name="paternity_is_of_a_child",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept", models.F("merged")), _negated=True), name="two_records_are_merged"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_link", False), ("undone_at__isnull", True)),
                fields=("merged",),
                name="merged_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undo_reason", ""), ("undone_at__isnull", True), ("undone_by__isnull", True)),
                    models.Q(
                        ("undone_at__isnull", False),
                        ("undone_by__isnull", False),
                        models.Q(("undo_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="undone_merge_has_by_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("family", "person"), name="one_part_a_family"),
        ),
        migrations.AddConstraint(
            model_name="householdmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to_on__isnull", True)), fields=("household", "person"), name="lives_there_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="householdmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_on__isnull", True),
                    ("from_on__isnull", True),
                    ("to_on__gte", models.F("from_on")),
                    _connector="OR",
                ),
                name="household_stay_ends_after_it_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="address",
            index=models.Index(fields=["house_key"], name="address_house"),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_on__isnull", True),
                    ("from_on__isnull", True),
                    ("to_on__gte", models.F("from_on")),
                    _connector="OR",
                ),
                name="address_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="personname",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_name", ""), ("last_name", ""), _negated=True), name="a_name_has_words"
            ),
        ),
        migrations.AddIndex(
            model_name="possibleduplicate",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)), fields=["-noticed_on", "-id"], name="duplicate_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="possibleduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(("one__lt", models.F("other"))), name="the_older_record_is_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="possibleduplicate",
            constraint=models.UniqueConstraint(fields=("one", "other"), name="one_row_two_records"),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address__isnull", False), ("detail", "address")),
                    models.Q(models.Q(("detail", "address"), _negated=True), ("address__isnull", True)),
                    _connector="OR",
                ),
                name="protected_address_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectedfrom",
            constraint=models.UniqueConstraint(fields=("protection", "person"), name="one_row_a_person_kept_from"),
        ),
        migrations.AddConstraint(
            model_name="relationship",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to_on__isnull", True)), fields=("child", "adult"), name="one_relationship_a_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="relationship",
            constraint=models.CheckConstraint(
                condition=models.Q(("child", models.F("adult")), _negated=True), name="nobody_is_their_own_relative"
            ),
        ),
        migrations.AddConstraint(
            model_name="relationship",
            constraint=models.CheckConstraint(
                condition=models.Q(("responsibility_source", ""), ("parental_responsibility", True), _connector="OR"),
                name="source_only_with_responsibility",
            ),
        ),
        migrations.AddConstraint(
            model_name="relationship",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_on__isnull", True),
                    ("from_on__isnull", True),
                    ("to_on__gte", models.F("from_on")),
                    _connector="OR",
                ),
                name="relationship_ends_after_it_begins",
            ),
        ),
    ]
