from pathlib import Path

import django.contrib.postgres.indexes
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
        ("core", "0005_stored_file_uploader"),
        ("districts", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(RULES.read_text(), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Meeting",
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
                            models.Value("ALT-M-"), models.F("id"), function="core_public_id"
                        ),
                        output_field=models.CharField(max_length=20),
                        unique=True,
                        verbose_name="public id",
                    ),
                ),
                (
                    "code",
                    models.SlugField(blank=True, max_length=60, null=True, unique=True, verbose_name="code"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("project_office", "meeting of the project office"),
                            ("council", "meeting of the council"),
                            ("field_visit", "working trip"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "chair_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="post of the chair",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "title_kk",
                    models.CharField(blank=True, default="", max_length=400, verbose_name="title (Kazakh)"),
                ),
                (
                    "title_ru",
                    models.CharField(blank=True, default="", max_length=400, verbose_name="title (Russian)"),
                ),
                (
                    "title_en",
                    models.CharField(blank=True, default="", max_length=400, verbose_name="title (English)"),
                ),
                ("held_day", models.DateField(blank=True, null=True, verbose_name="held on")),
                (
                    "held_precision",
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
                        verbose_name="held on: precision",
                    ),
                ),
                (
                    "held_text",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="held on: as printed"
                    ),
                ),
                (
                    "date_basis_kk",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="what the date rests on (Kazakh)"
                    ),
                ),
                (
                    "date_basis_ru",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=300,
                        verbose_name="what the date rests on (Russian)",
                    ),
                ),
                (
                    "date_basis_en",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=300,
                        verbose_name="what the date rests on (English)",
                    ),
                ),
                (
                    "chair_kk",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="chair (Kazakh)"),
                ),
                (
                    "chair_ru",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="chair (Russian)"),
                ),
                (
                    "chair_en",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="chair (English)"),
                ),
                (
                    "place_kk",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="place (Kazakh)"),
                ),
                (
                    "place_ru",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="place (Russian)"),
                ),
                (
                    "place_en",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="place (English)"),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ["-held_day", "-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["project_office", "council", "field_visit"])),
                        name="tasks_meeting_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("held_day"),
                                models.F("held_precision"),
                                function="core_is_partial_date",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="tasks_meeting_held_partial",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "public"), _negated=True),
                            models.Q(
                                models.Q(("title_kk", ""), _negated=True),
                                models.Q(("title_ru", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="tasks_meeting_public_in_kk_and_ru",
                        violation_error_message="What is published needs its text in Kazakh and in Russian.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="e838bd3ef795f6e8bbcc5785815a8bf363c9f449",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_e75c6",
                            table="tasks_meeting",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="ab11cecc8773e39a76c060bcfcad38cce1fb1aef",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_c0fc7",
                            table="tasks_meeting",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('public_id')",
                            func="",
                            hash="7d1d063925eb96ffa767abff0bcad421171678d9",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_78dbb",
                            table="tasks_meeting",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MeetingDistrict",
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tasks.meeting"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="districts.district"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "district"), name="tasks_meetingdistrict_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="e650db2bf57fa3f49d4b82017336761408a6f926",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_2b0e7",
                            table="tasks_meetingdistrict",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="5386af2f43b3aaa3d5f9897c0f6ae04659aaf369",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_9789c",
                            table="tasks_meetingdistrict",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="46a23eda647b96e0e54fd2e11e0fdf788a496a3c",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_31be0",
                            table="tasks_meetingdistrict",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="tasks.meeting",
                        verbose_name="meeting",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "later_source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.source",
                        verbose_name="source of that",
                    ),
                ),
                (
                    "title_kk",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="topic (Kazakh)"),
                ),
                (
                    "title_ru",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="topic (Russian)"),
                ),
                (
                    "title_en",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="topic (English)"),
                ),
                (
                    "later_kk",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="what came of it (Kazakh)"
                    ),
                ),
                (
                    "later_ru",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="what came of it (Russian)"
                    ),
                ),
                (
                    "later_en",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="what came of it (English)"
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda item",
                "verbose_name_plural": "agenda items",
                "ordering": ["meeting", "number"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="tasks_agendaitem_one_per_number"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="246af3d3c551ec2ac2a99f40fd44ff63a87c21ba",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_95180",
                            table="tasks_agendaitem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="2905230dc51ee59ff3444cb02b90a2ba95d94533",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_8320b",
                            table="tasks_agendaitem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="0cc1f780894679285efc87b649a69f4b3f7173b2",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_8d3bd",
                            table="tasks_agendaitem",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="tasks.meeting",
                        verbose_name="meeting",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "name_kk",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="participant (Kazakh)"
                    ),
                ),
                (
                    "name_ru",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="participant (Russian)"
                    ),
                ),
                (
                    "name_en",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="participant (English)"
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
                "ordering": ["meeting", "order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "order"), name="tasks_attendance_one_per_order"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="dfb5ba390854fb6e15c761ceaba302a8f7edda77",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_bba98",
                            table="tasks_attendance",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="2606563d62948435c41f86ceaac46e6d09bff0a5",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_5accc",
                            table="tasks_attendance",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="c3649f9a41dcda7087e1ed3f2486b442be83a587",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_bbd21",
                            table="tasks_attendance",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Protocol",
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protocols",
                        to="tasks.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("protocol", "protocol"), ("press_release", "press release")],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(blank=True, default="", max_length=40, verbose_name="number")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signed on")),
                ("language", models.CharField(blank=True, default="", max_length=2, verbose_name="language")),
                ("text", models.TextField(blank=True, default="", verbose_name="text")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protocols",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "source_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="file",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="tasks.protocol",
                        verbose_name="supersedes",
                    ),
                ),
            ],
            options={
                "verbose_name": "protocol",
                "verbose_name_plural": "protocols",
                "ordering": ["-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["protocol", "press_release"])),
                        name="tasks_protocol_kind_known",
                    ),
                    models.UniqueConstraint(
                        models.F("number"),
                        django.db.models.functions.datetime.ExtractYear("signed_on"),
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True),
                            ("signed_on__isnull", False),
                            ("supersedes", None),
                        ),
                        name="tasks_protocol_number_once_a_year",
                        violation_error_message="A protocol with this number was signed in that year already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_on", None), models.Q(("number", ""), _negated=True), _connector="OR"
                        ),
                        name="tasks_protocol_signed_with_number",
                        violation_error_message="A signed protocol has a number.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="f75b52115e52b587993d79dc827e97567fb981a0",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_a069f",
                            table="tasks_protocol",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="bc03fa8a240c1c82ae0522e5f8f1da805cd529b9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_303b8",
                            table="tasks_protocol",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="04776b6408a84cb6d3c103536fcba9769b7e9d96",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_74ef1",
                            table="tasks_protocol",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="signed",
                        sql=core.triggers.RunSql(
                            execute="tasks_keep_signed('id')",
                            func="",
                            hash="301f13ef65210609cefc0ece15d3c669152fec30",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_signed_2c11e",
                            table="tasks_protocol",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ProtocolItem",
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
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="tasks.protocol",
                        verbose_name="protocol",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "kind",
                    models.CharField(
                        choices=[("instruction", "instruction"), ("decision", "decision"), ("note", "note")],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="from character")),
                ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="to character")),
            ],
            options={
                "verbose_name": "protocol item",
                "verbose_name_plural": "protocol items",
                "ordering": ["protocol", "order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("protocol", "order"), name="tasks_protocolitem_one_per_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["instruction", "decision", "note"])),
                        name="tasks_protocolitem_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", None), ("start", None)),
                            models.Q(
                                ("end__gt", models.F("start")),
                                ("end__isnull", False),
                                ("start__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="tasks_protocolitem_span",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="67cf1bb0e42379768ea628e24b1744d685c6569a",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_0a04e",
                            table="tasks_protocolitem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="52f94afe52e6b07206d5312fa54091727b94aa13",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_0d29c",
                            table="tasks_protocolitem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="a29e5a52f37dac88cc0b4672933134f819b36c9d",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_891f7",
                            table="tasks_protocolitem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="signed",
                        sql=core.triggers.RunSql(
                            execute="tasks_keep_signed('protocol_id')",
                            func="",
                            hash="91c28b38748ddc8dbd12070e049c040c7a5b24db",
                            operation="UPDATE OR DELETE OR INSERT",
                            pgid="pgtrigger_signed_64b90",
                            table="tasks_protocolitem",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Instruction",
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
                            models.Value("ALT-I-"), models.F("id"), function="core_public_id"
                        ),
                        output_field=models.CharField(max_length=20),
                        unique=True,
                        verbose_name="public id",
                    ),
                ),
                (
                    "code",
                    models.SlugField(blank=True, max_length=60, null=True, unique=True, verbose_name="code"),
                ),
                ("number", models.CharField(blank=True, default="", max_length=40, verbose_name="number")),
                (
                    "source_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instructions",
                        to="tasks.protocolitem",
                        verbose_name="protocol item",
                    ),
                ),
                (
                    "control_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("special", "special control"),
                            ("ordinary", "ordinary control"),
                            ("for_information", "for information"),
                        ],
                        default="",
                        max_length=15,
                        verbose_name="control",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued_instructions",
                        to="accounts.organisation",
                        verbose_name="given by",
                    ),
                ),
                (
                    "controller",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="controller",
                    ),
                ),
                (
                    "original_due",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="first due"),
                ),
                ("due", models.DateField(blank=True, editable=False, null=True, verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("registered", "registered"),
                            ("on_control", "on control"),
                            ("in_execution", "in execution"),
                            ("reported", "reported"),
                            ("returned", "returned for revision"),
                            ("executed", "removed from control"),
                            ("cancelled", "cancelled"),
                        ],
                        default="registered",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "cancelled_reason",
                    models.TextField(blank=True, default="", editable=False, verbose_name="why cancelled"),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instructions",
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
                        related_name="instructions",
                        to="districts.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="tasks.instruction",
                        verbose_name="part of",
                    ),
                ),
                ("occurs_on", models.DateField(blank=True, null=True, verbose_name="occurrence of")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instructions",
                        to="core.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        blank=True,
                        choices=[("high", "high"), ("medium", "medium"), ("low", "low")],
                        default="",
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
                                models.F("text_kk"),
                                models.Value(" "),
                                models.F("text_ru"),
                                models.Value(" "),
                                models.F("text_en"),
                                models.Value(" "),
                                models.F("number"),
                                models.Value(" "),
                                output_field=models.TextField(),
                            ),
                            function="core_fold",
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                ("text_kk", models.TextField(blank=True, default="", verbose_name="text (Kazakh)")),
                ("text_ru", models.TextField(blank=True, default="", verbose_name="text (Russian)")),
                ("text_en", models.TextField(blank=True, default="", verbose_name="text (English)")),
                (
                    "expected_result_kk",
                    models.TextField(blank=True, default="", verbose_name="expected result (Kazakh)"),
                ),
                (
                    "expected_result_ru",
                    models.TextField(blank=True, default="", verbose_name="expected result (Russian)"),
                ),
                (
                    "expected_result_en",
                    models.TextField(blank=True, default="", verbose_name="expected result (English)"),
                ),
                ("issued_day", models.DateField(blank=True, null=True, verbose_name="given on")),
                (
                    "issued_precision",
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
                        verbose_name="given on: precision",
                    ),
                ),
                (
                    "issued_text",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="given on: as printed"
                    ),
                ),
                (
                    "issued_basis_kk",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="what the date rests on (Kazakh)"
                    ),
                ),
                (
                    "issued_basis_ru",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=300,
                        verbose_name="what the date rests on (Russian)",
                    ),
                ),
                (
                    "issued_basis_en",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=300,
                        verbose_name="what the date rests on (English)",
                    ),
                ),
                (
                    "term_note_kk",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="term as said (Kazakh)"
                    ),
                ),
                (
                    "term_note_ru",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="term as said (Russian)"
                    ),
                ),
                (
                    "term_note_en",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="term as said (English)"
                    ),
                ),
                (
                    "later_kk",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="what came of it (Kazakh)"
                    ),
                ),
                (
                    "later_ru",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="what came of it (Russian)"
                    ),
                ),
                (
                    "later_en",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="what came of it (English)"
                    ),
                ),
            ],
            options={
                "verbose_name": "instruction",
                "verbose_name_plural": "instructions",
                "ordering": ["-issued_day", "-pk"],
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(models.F("search"), name="gin_trgm_ops"),
                        name="tasks_instruction_search",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["on_control", "in_execution", "reported", "returned", "executed"]),
                            models.Q(("state", "executed"), _negated=True),
                        ),
                        fields=["due"],
                        name="tasks_instruction_open_by_due",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "registered",
                                    "on_control",
                                    "in_execution",
                                    "reported",
                                    "returned",
                                    "executed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="tasks_instruction_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    ["on_control", "in_execution", "reported", "returned", "executed"],
                                ),
                                _negated=True,
                            ),
                            ("due__isnull", False),
                            _connector="OR",
                        ),
                        name="tasks_instruction_controlled_has_due",
                        violation_error_message="An instruction on control has a due date: set it first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    ["on_control", "in_execution", "reported", "returned", "executed"],
                                ),
                                _negated=True,
                            ),
                            models.Q(("expected_result_kk", ""), _negated=True),
                            models.Q(("expected_result_ru", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="tasks_instruction_controlled_has_result",
                        violation_error_message="An instruction on control has an expected result: write it first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due", None), ("original_due", None)),
                            models.Q(
                                ("due", models.F("original_due")),
                                ("due__isnull", False),
                                ("original_due__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="tasks_instruction_due_moves_by_extension",
                        violation_error_message="A due date moves only by a granted extension.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "executed"), _negated=True),
                        name="tasks_instruction_executed_by_final_report",
                        violation_error_message="Only an accepted final report removes an instruction from control.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("cancelled_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="tasks_instruction_cancelled_with_reason",
                        violation_error_message="Say why the instruction is cancelled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("occurs_on", None), ("parent__isnull", False), _connector="OR"),
                        name="tasks_instruction_occurrence_of_parent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("occurs_on__isnull", False)),
                        fields=("parent", "occurs_on"),
                        name="tasks_instruction_one_per_occurrence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("issued_day"),
                                models.F("issued_precision"),
                                function="core_is_partial_date",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="tasks_instruction_issued_partial",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "public"), _negated=True),
                            models.Q(
                                models.Q(("text_kk", ""), _negated=True),
                                models.Q(("text_ru", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="tasks_instruction_public_in_kk_and_ru",
                        violation_error_message="What is published needs its text in Kazakh and in Russian.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="3bbc4ebdc2bc08ffc7bee2d4fade679019cd7a98",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_f858b",
                            table="tasks_instruction",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="aac2c131434c3af4800005307cec0420b56b1f2f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_fc66f",
                            table="tasks_instruction",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('public_id,search')",
                            func="",
                            hash="4a79d030ef228a901b5227dc689a359b835f6f74",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_f8cfd",
                            table="tasks_instruction",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="moves",
                        sql=core.triggers.RunSql(
                            execute='core_check_move(\'state\', \'{"registered": ["cancelled", "on_control"], "on_control": ["cancelled", "in_execution"], "in_execution": ["cancelled", "reported"], "reported": ["executed", "returned"], "returned": ["cancelled", "reported"], "executed": [], "cancelled": []}\', \'["registered"]\')',
                            func="",
                            hash="bac5675cf6e9c174842acac99b781b93fc122fab",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_moves_680b5",
                            table="tasks_instruction",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="first_due",
                        sql=core.triggers.RunSql(
                            execute="tasks_keep_first_due()",
                            func="",
                            hash="2e8b5050630154c5fd23274259f337a0fa93f9ab",
                            operation="UPDATE",
                            pgid="pgtrigger_first_due_f8a38",
                            table="tasks_instruction",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="one_lead",
                        sql=core.triggers.RunSql(
                            constraint="CONSTRAINT",
                            execute="tasks_check_lead('id')",
                            func="",
                            hash="0e33d7db9206034270632decbbf3173bea635cf5",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_one_lead_64a87",
                            table="tasks_instruction",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstructionSource",
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
                    "instruction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="tasks.instruction",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("instruction", "source"), name="tasks_instructionsource_once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="22c4e5f124b2f187ba4ec74a11f39e5ff69c4e89",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_5b9ea",
                            table="tasks_instructionsource",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="9a3ff1cb2dde0a6a239da92e8a81287a9d0b1f1d",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_24cc7",
                            table="tasks_instructionsource",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="ae2f23b6545341cd035db6de44219db30d6a3e0a",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_c2d13",
                            table="tasks_instructionsource",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Executor",
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
                    "instruction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="executors",
                        to="tasks.instruction",
                        verbose_name="instruction",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="executions",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "responsible executor"), ("co", "co-executor")],
                        max_length=4,
                        verbose_name="role",
                    ),
                ),
                ("internal_due", models.DateField(blank=True, null=True, verbose_name="own due date")),
                (
                    "accepted_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="accepted on"),
                ),
                (
                    "refused_reason",
                    models.TextField(blank=True, default="", editable=False, verbose_name="why refused"),
                ),
                (
                    "group_kk",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="group as written (Kazakh)"
                    ),
                ),
                (
                    "group_ru",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="group as written (Russian)"
                    ),
                ),
                (
                    "group_en",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="group as written (English)"
                    ),
                ),
                (
                    "role_basis_kk",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="what the role rests on (Kazakh)"
                    ),
                ),
                (
                    "role_basis_ru",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=300,
                        verbose_name="what the role rests on (Russian)",
                    ),
                ),
                (
                    "role_basis_en",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=300,
                        verbose_name="what the role rests on (English)",
                    ),
                ),
            ],
            options={
                "verbose_name": "executor",
                "verbose_name_plural": "executors",
                "ordering": ["-role", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["lead", "co"])), name="tasks_executor_role_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group_kk", ""), ("group_ru", ""), ("organisation__isnull", False)),
                            models.Q(
                                ("organisation", None),
                                models.Q(
                                    models.Q(("group_kk", ""), _negated=True),
                                    models.Q(("group_ru", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="tasks_executor_organisation_or_group",
                        violation_error_message="An executor is an organisation or a group as written, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False),
                            models.Q(("role", "lead"), _negated=True),
                            _connector="OR",
                        ),
                        name="tasks_executor_group_never_leads",
                        violation_error_message="A group cannot lead: name the organisation.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("instruction", "organisation"),
                        name="tasks_executor_organisation_once",
                        violation_error_message="This organisation executes the instruction already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "lead")),
                        fields=("instruction",),
                        name="tasks_executor_one_lead",
                        violation_error_message="The instruction has a responsible executor already.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record",
                        sql=core.triggers.RunSql(
                            execute="core_record('id', '', '', '')",
                            func="",
                            hash="2e5aeeb45856e51d55c79e52e028d0624e93cc2f",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_3c85b",
                            table="tasks_executor",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep",
                        sql=core.triggers.RunSql(
                            execute="core_refuse()",
                            func="",
                            hash="f9565578d0bb685fb310cc21807f6bea5d8a9b8a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_keep_c303a",
                            table="tasks_executor",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=core.triggers.RunSql(
                            execute="core_touch('')",
                            func="",
                            hash="700040fdb1c176c128e7ac81f8384f3101b47e9c",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_touch_9ed86",
                            table="tasks_executor",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="one_lead",
                        sql=core.triggers.RunSql(
                            constraint="CONSTRAINT",
                            execute="tasks_check_lead('instruction_id')",
                            func="",
                            hash="c8a87a0602837dfa31e274cc94a97bf7ae9b4091",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_one_lead_36faa",
                            table="tasks_executor",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="districts",
            field=models.ManyToManyField(
                related_name="meetings",
                through="tasks.MeetingDistrict",
                to="districts.district",
                verbose_name="districts visited",
            ),
        ),
        migrations.AddField(
            model_name="instruction",
            name="other_sources",
            field=models.ManyToManyField(
                related_name="+", through="tasks.InstructionSource", to="core.source"
            ),
        ),
        core.operations.InstallTriggers(),
    ]
