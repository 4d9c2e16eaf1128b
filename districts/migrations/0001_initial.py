from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import core.operations
import core.triggers

RULES = Path(__file__).parent.parent / "sql" / "rules.sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("core", "0003_registers"),
    ]

    operations = [
        migrations.RunSQL(RULES.read_text(), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="District",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "basis_kk",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (Kazakh)",
                    ),
                ),
                (
                    "basis_ru",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (Russian)",
                    ),
                ),
                (
                    "basis_en",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (English)",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("gate", "Gate"),
                            ("golden", "Golden"),
                            ("growing", "Growing"),
                            ("green", "Green"),
                        ],
                        max_length=7,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "south_order",
                    models.PositiveSmallIntegerField(unique=True, verbose_name="order from the south"),
                ),
                ("boundary", models.JSONField(blank=True, null=True, verbose_name="boundary (GeoJSON)")),
                (
                    "boundary_schematic",
                    models.BooleanField(default=True, verbose_name="the boundary is schematic"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="districts",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "name_kk",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="name (Kazakh)"),
                ),
                (
                    "name_ru",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="name (Russian)"),
                ),
                (
                    "name_en",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="name (English)"),
                ),
                (
                    "label_kk",
                    models.CharField(
                        blank=True, default="", max_length=100, verbose_name="name within a sentence (Kazakh)"
                    ),
                ),
                (
                    "label_ru",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=100,
                        verbose_name="name within a sentence (Russian)",
                    ),
                ),
                (
                    "label_en",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=100,
                        verbose_name="name within a sentence (English)",
                    ),
                ),
                (
                    "profile_kk",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="profile (Kazakh)"),
                ),
                (
                    "profile_ru",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="profile (Russian)"
                    ),
                ),
                (
                    "profile_en",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="profile (English)"
                    ),
                ),
                (
                    "location_kk",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="location (Kazakh)"
                    ),
                ),
                (
                    "location_ru",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="location (Russian)"
                    ),
                ),
                (
                    "location_en",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="location (English)"
                    ),
                ),
                (
                    "location_note_kk",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="note on the location (Kazakh)"
                    ),
                ),
                (
                    "location_note_ru",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="note on the location (Russian)"
                    ),
                ),
                (
                    "location_note_en",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="note on the location (English)"
                    ),
                ),
                ("as_of_day", models.DateField(blank=True, null=True, verbose_name="as of")),
                (
                    "as_of_precision",
                    models.CharField(
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("year", "year"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="as of: precision",
                    ),
                ),
                (
                    "as_of_text",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="as of: as printed"
                    ),
                ),
            ],
            options={
                "verbose_name": "district",
                "verbose_name_plural": "districts",
                "ordering": ["south_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__in", ["gate", "golden", "growing", "green"])),
                        name="districts_district_code_known",
                        violation_error_message="The city has four districts: gate, golden, growing, green.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_kk", ""), _negated=True), models.Q(("name_ru", ""), _negated=True)
                        ),
                        name="districts_district_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("as_of_day"),
                                models.F("as_of_precision"),
                                function="core_is_partial_date",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_district_as_of_partial",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("boundary"),
                                function="core_in_kazakhstan",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_district_boundary_in_kazakhstan",
                        violation_error_message="Every point lies in Kazakhstan: longitude 46 to 88 first, then latitude 40 to 56.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="ae744175e18adaf2533f1c21f791135974815956",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_970a9",
                            table="districts_district",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="6e2070e1ea31ec3d1eebb5b729cb6044c280ad3b",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_12fdd",
                            table="districts_district",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="3eafe678e290a01b1971a0c47ca89d9f194d25e7",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_c9452",
                            table="districts_district",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "basis_kk",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (Kazakh)",
                    ),
                ),
                (
                    "basis_ru",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (Russian)",
                    ),
                ),
                (
                    "basis_en",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (English)",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("internal", "internal"),
                            ("investor", "for investors"),
                            ("public", "public"),
                        ],
                        db_index=True,
                        default="internal",
                        max_length=8,
                        verbose_name="visibility",
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("settlement", "settlement"),
                            ("city", "city"),
                            ("microdistrict", "microdistrict"),
                            ("station", "railway station"),
                            ("airfield", "airfield"),
                            ("river", "river"),
                            ("reservoir", "reservoir"),
                            ("road", "road"),
                            ("railway", "railway"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("other_names", models.JSONField(blank=True, default=list, verbose_name="other spellings")),
                ("geometry", models.JSONField(blank=True, null=True, verbose_name="geometry (GeoJSON)")),
                ("schematic", models.BooleanField(default=False, verbose_name="the geometry is schematic")),
                (
                    "length_km",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="length, km",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("high", "high"), ("medium", "medium"), ("low", "low")],
                        max_length=6,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "sort_kk",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("name_kk"), function="core_sort_kk"),
                        output_field=models.CharField(max_length=600),
                    ),
                ),
                (
                    "name_kk",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="name (Kazakh)"),
                ),
                (
                    "name_ru",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="name (Russian)"),
                ),
                (
                    "name_en",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="name (English)"),
                ),
                (
                    "accuracy_kk",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="accuracy (Kazakh)"
                    ),
                ),
                (
                    "accuracy_ru",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="accuracy (Russian)"
                    ),
                ),
                (
                    "accuracy_en",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="accuracy (English)"
                    ),
                ),
                ("note_kk", models.TextField(blank=True, default="", verbose_name="note (Kazakh)")),
                ("note_ru", models.TextField(blank=True, default="", verbose_name="note (Russian)")),
                ("note_en", models.TextField(blank=True, default="", verbose_name="note (English)")),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["sort_kk", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("geometry"),
                                function="core_in_kazakhstan",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_place_in_kazakhstan",
                        violation_error_message="Every point lies in Kazakhstan: longitude 46 to 88 first, then latitude 40 to 56.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "public"), _negated=True),
                            models.Q(
                                models.Q(("name_kk", ""), _negated=True),
                                models.Q(("name_ru", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="districts_place_public_in_kk_and_ru",
                        violation_error_message="What is published needs its text in Kazakh and in Russian.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "airfield"), _negated=True),
                            models.Q(("visibility", "public"), _negated=True),
                            _connector="OR",
                        ),
                        name="districts_place_airfield_not_public",
                        violation_error_message="The airfield is military: it is not published.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="ee55d1888cdb65ad94519e5203737a0fda8f9c41",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_035bb",
                            table="districts_place",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="e6e1e5a8a08d2cdb1fd6b0d9c27bfa7702af46b7",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_732d2",
                            table="districts_place",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('sort_kk')",
                            func="",
                            hash="8aeebc0446606e06a98e3800fb176037edb9045f",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_f7b96",
                            table="districts_place",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PlaceBound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="districts.place"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="districts.district"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order in the text")),
            ],
            options={
                "ordering": ["district", "order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("place", "district"), name="districts_placebound_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="eacfa93f6ffcf62e7fcffbb7665a90a8d100bd3b",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_ef76b",
                            table="districts_placebound",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="7806a27a950d2474e8336dfc2b8351bf53b98d4a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_98cf3",
                            table="districts_placebound",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="1c20440aa431c3cbf9ed9c5c709fa703996e56d0",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_61249",
                            table="districts_placebound",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PlaceSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="districts.place",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("place", "source"), name="districts_placesource_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="dc11aab617246d89720a095aedc3404e76072ddf",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_029e2",
                            table="districts_placesource",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="89df675929021f077c91e6b1774deac01479620c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_b0b53",
                            table="districts_placesource",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="195628b2ce4e47dde9ff38aa07b1c9ac8dcef811",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_10969",
                            table="districts_placesource",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "basis_kk",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (Kazakh)",
                    ),
                ),
                (
                    "basis_ru",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (Russian)",
                    ),
                ),
                (
                    "basis_en",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (English)",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("internal", "internal"),
                            ("investor", "for investors"),
                            ("public", "public"),
                        ],
                        db_index=True,
                        default="internal",
                        max_length=8,
                        verbose_name="visibility",
                    ),
                ),
                (
                    "public_id",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Value("ALT-P-"), models.F("id"), function="core_public_id"
                        ),
                        output_field=models.CharField(max_length=20),
                        unique=True,
                        verbose_name="public id",
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="districts.district",
                        verbose_name="district",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("anchor", "anchor project"),
                            ("social", "social facility"),
                            ("tourism", "tourism and recreation"),
                            ("infrastructure", "infrastructure"),
                            ("prospective", "prospective project"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("construction", "construction"),
                            ("rehabilitation", "rehabilitation"),
                            ("replacement", "replacement"),
                            ("expansion", "expansion"),
                            ("decommissioning", "decommissioning"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("education", "education"),
                                ("health", "health"),
                                ("energy", "energy"),
                                ("communications", "communications"),
                                ("waterAndWaste", "water and waste"),
                                ("governance", "public administration"),
                                ("economy", "economy"),
                                ("cultureSportsAndRecreation", "culture, sports and recreation"),
                                ("transport", "transport"),
                                ("transport.air", "air transport"),
                                ("transport.water", "water transport"),
                                ("transport.rail", "rail transport"),
                                ("transport.road", "road transport"),
                                ("transport.urban", "urban transport"),
                                ("socialHousing", "social housing"),
                                ("naturalResources", "natural resources"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="sectors",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("identification", "identification"),
                            ("preparation", "preparation"),
                            ("implementation", "implementation"),
                            ("completion", "completion"),
                            ("maintenance", "maintenance"),
                            ("decommissioning", "decommissioning"),
                            ("decommissioned", "decommissioned"),
                            ("cancelled", "cancelled"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "cancelled_reason",
                    models.TextField(blank=True, default="", editable=False, verbose_name="why cancelled"),
                ),
                ("suspended_since", models.DateField(blank=True, null=True, verbose_name="suspended since")),
                ("suspended_reason", models.TextField(blank=True, default="", verbose_name="why suspended")),
                ("geometry", models.JSONField(blank=True, null=True, verbose_name="geometry (GeoJSON)")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("high", "high"), ("medium", "medium"), ("low", "low")],
                        max_length=6,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Concat(
                                models.F("name_kk"),
                                models.Value(" "),
                                models.F("name_ru"),
                                models.Value(" "),
                                models.F("name_en"),
                                models.Value(" "),
                                output_field=models.TextField(),
                            ),
                            function="core_fold",
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "sort_kk",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("name_kk"), function="core_sort_kk"),
                        output_field=models.CharField(max_length=600),
                    ),
                ),
                (
                    "name_kk",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="name (Kazakh)"),
                ),
                (
                    "name_ru",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="name (Russian)"),
                ),
                (
                    "name_en",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="name (English)"),
                ),
                ("purpose_kk", models.TextField(blank=True, default="", verbose_name="purpose (Kazakh)")),
                ("purpose_ru", models.TextField(blank=True, default="", verbose_name="purpose (Russian)")),
                ("purpose_en", models.TextField(blank=True, default="", verbose_name="purpose (English)")),
                ("note_kk", models.TextField(blank=True, default="", verbose_name="note (Kazakh)")),
                ("note_ru", models.TextField(blank=True, default="", verbose_name="note (Russian)")),
                ("note_en", models.TextField(blank=True, default="", verbose_name="note (English)")),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "ordering": ["pk"],
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(models.F("search"), name="gin_trgm_ops"),
                        name="districts_project_search",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "identification",
                                    "preparation",
                                    "implementation",
                                    "completion",
                                    "maintenance",
                                    "decommissioning",
                                    "decommissioned",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="districts_project_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["anchor", "social", "tourism", "infrastructure", "prospective"])
                        ),
                        name="districts_project_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "sectors__contained_by",
                                [
                                    "education",
                                    "health",
                                    "energy",
                                    "communications",
                                    "waterAndWaste",
                                    "governance",
                                    "economy",
                                    "cultureSportsAndRecreation",
                                    "transport",
                                    "transport.air",
                                    "transport.water",
                                    "transport.rail",
                                    "transport.road",
                                    "transport.urban",
                                    "socialHousing",
                                    "naturalResources",
                                ],
                            )
                        ),
                        name="districts_project_sectors_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "cancelled"), _negated=True),
                            models.Q(("cancelled_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="districts_project_cancelled_with_reason",
                        violation_error_message="Say why the project is cancelled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("suspended_since", None),
                            models.Q(("suspended_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="districts_project_suspended_with_reason",
                        violation_error_message="Say why the project is suspended.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("geometry"),
                                function="core_in_kazakhstan",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_project_in_kazakhstan",
                        violation_error_message="Every point lies in Kazakhstan: longitude 46 to 88 first, then latitude 40 to 56.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "public"), _negated=True),
                            models.Q(
                                models.Q(("name_kk", ""), _negated=True),
                                models.Q(("name_ru", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="districts_project_public_in_kk_and_ru",
                        violation_error_message="What is published needs its text in Kazakh and in Russian.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="97e083cabcde075aa55c4be62fa34c1a257bd32d",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_e3d7c",
                            table="districts_project",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="bca987f202f010437b5fec165dfeedb376fb3b85",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_e7a3d",
                            table="districts_project",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('public_id,search,sort_kk')",
                            func="",
                            hash="09b4fe0f1102c9391bd0d4d560994481adc821fd",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_f52ea",
                            table="districts_project",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="moves",
                        sql=core.triggers.RunSql(
                            execute='core_check_move(\'status\', \'{"identification": ["cancelled", "preparation"], "preparation": ["cancelled", "identification", "implementation"], "implementation": ["cancelled", "completion"], "completion": ["cancelled", "maintenance"], "maintenance": ["decommissioning"], "decommissioning": ["decommissioned"], "decommissioned": [], "cancelled": []}\', \'["completion", "identification", "implementation", "preparation"]\')',
                            func="",
                            hash="7c4fa0f2c16a69b578578fc7627560a3e1b78db6",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_moves_e76e9",
                            table="districts_project",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stage_recorded",
                        sql=core.triggers.RunSql(
                            constraint="CONSTRAINT",
                            execute="districts_check_stage('id')",
                            func="",
                            hash="c05c3450993c3ea00894e9d466c166967cb9b1dd",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_stage_recorded_fef84",
                            table="districts_project",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="districts.project",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("project", "source"), name="districts_projectsource_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="86cf7c1253c24d58111a5952db6a6210237c52a0",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_ca774",
                            table="districts_projectsource",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="ffe91b1ac7b8c5cdb9ab1e791ffec1eeec0f46f1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_a9aae",
                            table="districts_projectsource",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="a543dd940f7f687975d7979741b91cb26105d58b",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_84c14",
                            table="districts_projectsource",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ProjectParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="districts.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_parts",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("investor", "investor"),
                            ("developer", "developer"),
                            ("designer", "designer"),
                            ("general_contractor", "general contractor"),
                            ("architect", "architect"),
                            ("operator", "operator"),
                            ("funder", "funder"),
                            ("public_authority", "public authority"),
                            ("adviser", "adviser"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="share, %",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                ("note_kk", models.TextField(blank=True, default="", verbose_name="note (Kazakh)")),
                ("note_ru", models.TextField(blank=True, default="", verbose_name="note (Russian)")),
                ("note_en", models.TextField(blank=True, default="", verbose_name="note (English)")),
            ],
            options={
                "verbose_name": "party of a project",
                "verbose_name_plural": "parties of projects",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "investor",
                                    "developer",
                                    "designer",
                                    "general_contractor",
                                    "architect",
                                    "operator",
                                    "funder",
                                    "public_authority",
                                    "adviser",
                                ],
                            )
                        ),
                        name="districts_projectparty_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share", None), ("share__range", (0, 100)), _connector="OR"),
                        name="districts_projectparty_share_percent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since", None),
                            ("until", None),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="districts_projectparty_until_after_since",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "public_authority"), ("until", None)),
                        fields=("project",),
                        name="districts_projectparty_one_live_authority",
                        violation_error_message="The project has a public authority already: end that part first.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("project", "organisation", "role"),
                        name="districts_projectparty_one_live_role",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="c616739d98e43a14ee45abeab1bc52d2372fa7ed",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_0cbcc",
                            table="districts_projectparty",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="fcfb2c09950eb251d04c2411b3aa85b310650865",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_76a46",
                            table="districts_projectparty",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="935b5c045ebd99cdaccd2f937fe456ebffeaee18",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_42b0a",
                            table="districts_projectparty",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="shares",
                        sql=core.triggers.RunSql(
                            execute="districts_check_shares()",
                            func="",
                            hash="434061dfe4cdc6d4aacc3e649cd03dd4b45908e5",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_shares_327c6",
                            table="districts_projectparty",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="StageChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stage_changes",
                        to="districts.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "from_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("identification", "identification"),
                            ("preparation", "preparation"),
                            ("implementation", "implementation"),
                            ("completion", "completion"),
                            ("maintenance", "maintenance"),
                            ("decommissioning", "decommissioning"),
                            ("decommissioned", "decommissioned"),
                            ("cancelled", "cancelled"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("identification", "identification"),
                            ("preparation", "preparation"),
                            ("implementation", "implementation"),
                            ("completion", "completion"),
                            ("maintenance", "maintenance"),
                            ("decommissioning", "decommissioning"),
                            ("decommissioned", "decommissioned"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=20,
                        verbose_name="to",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("basis", models.TextField(verbose_name="basis")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                ("on_day", models.DateField(blank=True, null=True, verbose_name="on")),
                (
                    "on_precision",
                    models.CharField(
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("year", "year"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="on: precision",
                    ),
                ),
                (
                    "on_text",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="on: as printed"),
                ),
            ],
            options={
                "verbose_name": "stage change",
                "verbose_name_plural": "stage changes",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True),
                        name="districts_stagechange_basis",
                        violation_error_message="Say on what basis the stage changes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_status", models.F("to_status")), _negated=True),
                        name="districts_stagechange_moves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("on_day"),
                                models.F("on_precision"),
                                function="core_is_partial_date",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_stagechange_on_partial",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="830fb4ddeefa605a27fe04641216c6ec07fe2eea",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_d6bb2",
                            table="districts_stagechange",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="edbec18f457cf7d9ab29c18359ca5b9fe0ccd3f6",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_212b7",
                            table="districts_stagechange",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="971db5836004899ad5039353b8e83a064d45827d",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_3fd63",
                            table="districts_stagechange",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="6ff35df777edf45e18613ab1af569e42fa40da2f",
                            level="STATEMENT",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_76e68",
                            table="districts_stagechange",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="follows",
                        sql=core.triggers.RunSql(
                            execute='districts_chain_stage(\'{"identification": ["cancelled", "preparation"], "preparation": ["cancelled", "identification", "implementation"], "implementation": ["cancelled", "completion"], "completion": ["cancelled", "maintenance"], "maintenance": ["decommissioning"], "decommissioning": ["decommissioned"], "decommissioned": [], "cancelled": []}\', \'["completion", "identification", "implementation", "preparation"]\')',
                            func="",
                            hash="f6ccb8032e3cf5c112bdc6f38ee944026322f8b1",
                            operation="INSERT",
                            pgid="pgtrigger_follows_6a420",
                            table="districts_stagechange",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stage_recorded",
                        sql=core.triggers.RunSql(
                            constraint="CONSTRAINT",
                            execute="districts_check_stage('project_id')",
                            func="",
                            hash="aae9f44e10c8cbceb15de794042d4e01ea1a588e",
                            operation="INSERT",
                            pgid="pgtrigger_stage_recorded_4a5f9",
                            table="districts_stagechange",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "basis_kk",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (Kazakh)",
                    ),
                ),
                (
                    "basis_ru",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (Russian)",
                    ),
                ),
                (
                    "basis_en",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (English)",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="districts.project",
                        verbose_name="project",
                    ),
                ),
                ("code", models.SlugField(max_length=60, verbose_name="code")),
                (
                    "milestone_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("projectApproval", "project approval"),
                            ("commercialClose", "commercial close"),
                            ("financialClose", "financial close"),
                            ("commencement", "start of construction"),
                            ("completion", "completion of construction"),
                            ("commissioning", "commissioning"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="OC4IDS code",
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("preProcurement", "planning"),
                            ("approval", "approval"),
                            ("delivery", "delivery"),
                            ("financing", "financing"),
                            ("contractClose", "contract close"),
                        ],
                        default="delivery",
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("scheduled", "scheduled"),
                            ("met", "met"),
                            ("notMet", "not met"),
                            ("partiallyMet", "partially met"),
                        ],
                        default="scheduled",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "name_kk",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="name (Kazakh)"),
                ),
                (
                    "name_ru",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="name (Russian)"),
                ),
                (
                    "name_en",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="name (English)"),
                ),
                ("baseline_day", models.DateField(blank=True, null=True, verbose_name="first due")),
                (
                    "baseline_precision",
                    models.CharField(
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("year", "year"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="first due: precision",
                    ),
                ),
                (
                    "baseline_text",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="first due: as printed"
                    ),
                ),
                ("forecast_day", models.DateField(blank=True, null=True, verbose_name="now expected")),
                (
                    "forecast_precision",
                    models.CharField(
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("year", "year"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="now expected: precision",
                    ),
                ),
                (
                    "forecast_text",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="now expected: as printed"
                    ),
                ),
                ("met_day", models.DateField(blank=True, null=True, verbose_name="met on")),
                (
                    "met_precision",
                    models.CharField(
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("year", "year"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="met on: precision",
                    ),
                ),
                (
                    "met_text",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="met on: as printed"
                    ),
                ),
                ("as_of_day", models.DateField(blank=True, null=True, verbose_name="as of")),
                (
                    "as_of_precision",
                    models.CharField(
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("year", "year"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="as of: precision",
                    ),
                ),
                (
                    "as_of_text",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="as of: as printed"
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "ordering": ["project", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "code"), name="districts_milestone_one_per_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["scheduled", "met", "notMet", "partiallyMet"])),
                        name="districts_milestone_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("met_day__isnull", False), ("status", "met")),
                            models.Q(models.Q(("status", "met"), _negated=True), ("met_day", None)),
                            _connector="OR",
                        ),
                        name="districts_milestone_met_with_date",
                        violation_error_message="A milestone that was met has its date; one that was not has none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("baseline_day"),
                                models.F("baseline_precision"),
                                function="core_is_partial_date",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_milestone_baseline_partial",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("forecast_day"),
                                models.F("forecast_precision"),
                                function="core_is_partial_date",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_milestone_forecast_partial",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("met_day"),
                                models.F("met_precision"),
                                function="core_is_partial_date",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_milestone_met_partial",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("as_of_day"),
                                models.F("as_of_precision"),
                                function="core_is_partial_date",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_milestone_as_of_partial",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="0aeb7afdd26e1361d93765036ade6c7d5a43ec21",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_ea4b0",
                            table="districts_milestone",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="44930fb7686f97b3cfa5389f9f461f1a409a6887",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_76c09",
                            table="districts_milestone",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="01d760a186ffa67c11149438f28bed006c909075",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_b363d",
                            table="districts_milestone",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="forecast_moved",
                        sql=core.triggers.RunSql(
                            constraint="CONSTRAINT",
                            execute="districts_check_forecast()",
                            func="",
                            hash="71413c9ab3a6bb291a2644c0a81ea36775e3eff2",
                            operation="UPDATE",
                            pgid="pgtrigger_forecast_moved_7f932",
                            table="districts_milestone",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MilestoneMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="districts.milestone",
                        verbose_name="milestone",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("source", "a source gives another date"),
                            ("land", "land"),
                            ("design", "design and expertise"),
                            ("utilities", "utilities"),
                            ("finance", "finance"),
                            ("contractor", "contractor"),
                            ("legal", "legal"),
                            ("correction", "correction of a mistake"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.TextField(blank=True, default="", verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("old_day", models.DateField(blank=True, null=True, verbose_name="from")),
                (
                    "old_precision",
                    models.CharField(
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("year", "year"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="from: precision",
                    ),
                ),
                (
                    "old_text",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="from: as printed"),
                ),
                ("new_day", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "new_precision",
                    models.CharField(
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("year", "year"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="to: precision",
                    ),
                ),
                (
                    "new_text",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="to: as printed"),
                ),
            ],
            options={
                "verbose_name": "move of a forecast",
                "verbose_name_plural": "moves of forecasts",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "source",
                                    "land",
                                    "design",
                                    "utilities",
                                    "finance",
                                    "contractor",
                                    "legal",
                                    "correction",
                                ],
                            )
                        ),
                        name="districts_milestonemove_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("old_day"),
                                models.F("old_precision"),
                                function="core_is_partial_date",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_milestonemove_old_partial",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("new_day"),
                                models.F("new_precision"),
                                function="core_is_partial_date",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_milestonemove_new_partial",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="34f7cbca33a7f882b78b1c7a097f7894c20a5cb1",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_c611b",
                            table="districts_milestonemove",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="40ef34308a5242513cf80f3013d3fbae729067e8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_dfe17",
                            table="districts_milestonemove",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="726b7d660a74e26ae61438860502aa0b57dc1057",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_1bab9",
                            table="districts_milestonemove",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="a91cc1db6d83aacd25b97318c48f54ce44427543",
                            level="STATEMENT",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f0567",
                            table="districts_milestonemove",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("internal", "internal"),
                            ("investor", "for investors"),
                            ("public", "public"),
                        ],
                        db_index=True,
                        default="internal",
                        max_length=8,
                        verbose_name="visibility",
                    ),
                ),
                (
                    "code",
                    models.SlugField(blank=True, max_length=120, null=True, unique=True, verbose_name="code"),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="districts.district",
                        verbose_name="district",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="districts.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("high", "high"), ("medium", "medium"), ("low", "low")],
                        max_length=6,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "chosen",
                    models.BooleanField(
                        default=False,
                        help_text="the one that is shown where sources contradict each other",
                        verbose_name="chosen",
                    ),
                ),
                ("as_of_day", models.DateField(blank=True, null=True, verbose_name="as of")),
                (
                    "as_of_precision",
                    models.CharField(
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("year", "year"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="as of: precision",
                    ),
                ),
                (
                    "as_of_text",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="as of: as printed"
                    ),
                ),
                ("note_kk", models.TextField(blank=True, default="", verbose_name="note (Kazakh)")),
                ("note_ru", models.TextField(blank=True, default="", verbose_name="note (Russian)")),
                ("note_en", models.TextField(blank=True, default="", verbose_name="note (English)")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("area", "area"),
                            ("site_area", "site area"),
                            ("floor_area", "floor area"),
                            ("building_area", "building area"),
                            ("retail_area", "retail and entertainment area"),
                            ("housing_area", "planned housing"),
                            ("commercial_area", "planned commercial space"),
                            ("height", "height"),
                            ("second_tower_height", "height of the second tower"),
                            ("floors", "floors"),
                            ("population", "population"),
                            ("planned_population", "planned population"),
                            ("planned_population_2050", "planned population, 2050"),
                            ("planned_jobs", "planned jobs"),
                            ("jobs", "permanent jobs"),
                            ("construction_jobs", "construction jobs"),
                            ("investment", "investment"),
                            ("capacity_start", "capacity at the start"),
                            ("capacity", "capacity"),
                            ("raw_material", "raw material"),
                            ("visitors", "visitors a year"),
                            ("sez_area", "area of the special economic zone"),
                            ("investment_projects", "investment projects"),
                            ("investment_projects_sum", "investment projects, sum"),
                            ("investment_projects_active", "investment projects in active implementation"),
                            ("roadmap_stage_1", "infrastructure projects, stage 1"),
                            ("roadmap_stage_1_sum", "infrastructure projects, stage 1, sum"),
                            ("roadmap_stage_2", "infrastructure projects, stage 2"),
                            ("roadmap_stage_2_sum", "infrastructure projects, stage 2, sum"),
                            ("infrastructure_pool_2050", "infrastructure pool to 2050"),
                            ("infrastructure_pool_2030", "infrastructure pool to 2030"),
                        ],
                        max_length=40,
                        verbose_name="measure",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=24, null=True, verbose_name="value"
                    ),
                ),
                (
                    "value_max",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=24,
                        null=True,
                        verbose_name="up to (of a range)",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exactly"),
                            ("about", "about"),
                            ("almost", "almost"),
                            ("at_least", "at least"),
                            ("up_to", "up to"),
                        ],
                        default="exact",
                        max_length=10,
                        verbose_name="qualifier",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("ha", "ha"),
                            ("m2", "m²"),
                            ("m", "m"),
                            ("floor", "floors"),
                            ("person", "people"),
                            ("job", "jobs"),
                            ("project", "projects"),
                            ("t/year", "t a year"),
                            ("person/year", "people a year"),
                            ("money", "money"),
                        ],
                        max_length=20,
                        verbose_name="unit",
                    ),
                ),
                ("currency", models.CharField(blank=True, default="", max_length=3, verbose_name="currency")),
                (
                    "printed",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="as printed"),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="districts.figure",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure",
                "verbose_name_plural": "figures",
                "ordering": ["measure", "-chosen", "pk"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["project", "measure"], name="districts_figure_of_project"),
                    models.Index(fields=["district", "measure"], name="districts_figure_of_district"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("district", None), ("project", None), _connector="OR"),
                        name="districts_figure_one_subject",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("chosen", True)),
                        fields=("district", "project", "measure"),
                        name="districts_figure_one_chosen",
                        nulls_distinct=False,
                        violation_error_message="Another figure of this measure is chosen already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visibility", "internal"),
                            models.Q(("source__isnull", False), ("as_of_day__isnull", False)),
                            _connector="OR",
                        ),
                        name="districts_figure_published_with_source_and_date",
                        violation_error_message="What is published names its source and its date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__isnull", False)), name="districts_figure_has_value"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value_max", None), ("value_max__gt", models.F("value")), _connector="OR"
                        ),
                        name="districts_figure_range_upwards",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("currency__regex", "^[A-Z]{3}$"), ("unit", "money")),
                            models.Q(models.Q(("unit", "money"), _negated=True), ("currency", "")),
                            _connector="OR",
                        ),
                        name="districts_figure_money_with_currency",
                        violation_error_message="Money has a currency, everything else has none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("qualifier__in", ["exact", "about", "almost", "at_least", "up_to"])
                        ),
                        name="districts_figure_qualifier_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("as_of_day"),
                                models.F("as_of_precision"),
                                function="core_is_partial_date",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_figure_as_of_partial",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="bd17500a2567434fc7854821ef0f1ee3fd2ca323",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_ad393",
                            table="districts_figure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="f1c96bcc31248447f2b6f48fd8083fccb1944a2f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_588dc",
                            table="districts_figure",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="7bcc4c07a2db56131275b034009dd17998a351d3",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_6e131",
                            table="districts_figure",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FigureSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="districts.figure",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("figure", "source"), name="districts_figuresource_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="94e070533b25b31d11890224b50bae7b5b2d642a",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_5b245",
                            table="districts_figuresource",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="d7c9b091c72e5a870c6db02dac157f8a6d6eb38c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_16f5e",
                            table="districts_figuresource",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="33265f64da15b79414e594e56c35d91acf12127c",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_d8dc9",
                            table="districts_figuresource",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "basis_kk",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (Kazakh)",
                    ),
                ),
                (
                    "basis_ru",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (Russian)",
                    ),
                ),
                (
                    "basis_en",
                    models.CharField(
                        blank=True,
                        choices=[("official", "official wording"), ("ours", "our translation")],
                        default="",
                        max_length=8,
                        verbose_name="basis (English)",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("internal", "internal"),
                            ("investor", "for investors"),
                            ("public", "public"),
                        ],
                        db_index=True,
                        default="internal",
                        max_length=8,
                        verbose_name="visibility",
                    ),
                ),
                (
                    "code",
                    models.SlugField(blank=True, max_length=120, null=True, unique=True, verbose_name="code"),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="districts.district",
                        verbose_name="district",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="districts.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("high", "high"), ("medium", "medium"), ("low", "low")],
                        max_length=6,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "chosen",
                    models.BooleanField(
                        default=False,
                        help_text="the one that is shown where sources contradict each other",
                        verbose_name="chosen",
                    ),
                ),
                ("as_of_day", models.DateField(blank=True, null=True, verbose_name="as of")),
                (
                    "as_of_precision",
                    models.CharField(
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("year", "year"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="as of: precision",
                    ),
                ),
                (
                    "as_of_text",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="as of: as printed"
                    ),
                ),
                ("note_kk", models.TextField(blank=True, default="", verbose_name="note (Kazakh)")),
                ("note_ru", models.TextField(blank=True, default="", verbose_name="note (Russian)")),
                ("note_en", models.TextField(blank=True, default="", verbose_name="note (English)")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("status", "status"),
                            ("location", "location"),
                            ("profile", "profile"),
                            ("district", "district"),
                            ("identity", "identity"),
                            ("funding", "funding"),
                            ("parties", "parties"),
                            ("schedule", "schedule"),
                            ("name", "name"),
                            ("composition", "composition"),
                            ("legal_regime", "legal regime"),
                        ],
                        max_length=20,
                        verbose_name="about",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="a code, where it is one",
                        max_length=60,
                        verbose_name="value",
                    ),
                ),
                ("text_kk", models.TextField(blank=True, default="", verbose_name="what is said (Kazakh)")),
                ("text_ru", models.TextField(blank=True, default="", verbose_name="what is said (Russian)")),
                ("text_en", models.TextField(blank=True, default="", verbose_name="what is said (English)")),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "ordering": ["field", "-chosen", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("district", None), ("project", None)),
                            models.Q(("district", None), ("organisation", None)),
                            models.Q(("organisation", None), ("project", None)),
                            _connector="OR",
                        ),
                        name="districts_claim_one_subject",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("chosen", True)),
                        fields=("district", "project", "organisation", "field"),
                        name="districts_claim_one_chosen",
                        nulls_distinct=False,
                        violation_error_message="Another claim about this is chosen already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text_kk", ""), _negated=True),
                            models.Q(("text_ru", ""), _negated=True),
                            models.Q(("text_en", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="districts_claim_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visibility", "internal"),
                            models.Q(("source__isnull", False), ("as_of_day__isnull", False)),
                            _connector="OR",
                        ),
                        name="districts_claim_published_with_source_and_date",
                        violation_error_message="What is published names its source and its date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("as_of_day"),
                                models.F("as_of_precision"),
                                function="core_is_partial_date",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="districts_claim_as_of_partial",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="0b384a4e54186d4e99690c008994436486003a91",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_8a099",
                            table="districts_claim",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="83b4c55b832fef6bbe02823dc6668d5cf60af75d",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_7ec8e",
                            table="districts_claim",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="6140c13fab6e35a15505d2b3898c41e475128bf0",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_3fcf0",
                            table="districts_claim",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ClaimSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, editable=False, verbose_name="version"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="districts.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "source"), name="districts_claimsource_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="1064bb1a408e0f3c1b48350e80e2066b8a6af3a6",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_0c151",
                            table="districts_claimsource",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="115f10a1d7f0d5681466dcc252a09a1ec255ba86",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_f1964",
                            table="districts_claimsource",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="f80ecb439142ebed64369d3feb0097431c42e317",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_94872",
                            table="districts_claimsource",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.AddField(
            model_name="place",
            name="bounds",
            field=models.ManyToManyField(
                related_name="places",
                through="districts.PlaceBound",
                to="districts.district",
                verbose_name="bounds",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="other_sources",
            field=models.ManyToManyField(related_name="+", through="districts.PlaceSource", to="core.source"),
        ),
        migrations.AddField(
            model_name="project",
            name="other_sources",
            field=models.ManyToManyField(
                related_name="+", through="districts.ProjectSource", to="core.source"
            ),
        ),
        migrations.AddField(
            model_name="figure",
            name="other_sources",
            field=models.ManyToManyField(
                related_name="+", through="districts.FigureSource", to="core.source"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="other_sources",
            field=models.ManyToManyField(related_name="+", through="districts.ClaimSource", to="core.source"),
        ),
        core.operations.InstallTriggers(),
    ]
