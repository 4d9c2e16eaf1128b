"""How it stood: lists, single objects, relations, joins and raw SQL, as of any instant."""

import time

import pytest
from django.core.exceptions import FieldFetchBlocked
from django.db import DatabaseError, connection, models, transaction

from core import ledger
from core.apps import close_past, open_past
from core.ledger import Past, as_of
from core.models import Change, Source
from core.roles import as_owner
from core.text import fold
from districts.models import District, Milestone, Project
from tests.factories import (
    DistrictFactory,
    MilestoneFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    SourceFactory,
    UserFactory,
)
from tests.refusals import sql
from tests.two import second_connection

pytestmark = pytest.mark.django_db(transaction=True)  # an instant is a transaction's: each step needs its own


def now():
    return sql("SELECT clock_timestamp()")[0][0]


@pytest.fixture
def project():
    return ProjectFactory(
        code="gate", name_kk="Қақпа", district=DistrictFactory(code="gate"), note_kk="first"
    )


def test_a_list_and_an_object_through_creation_change_and_deletion(project):
    before = sql("SELECT min(at) - interval '1 s' FROM core_change")[0][0]
    gone = SourceFactory(code="gone")
    then = now()
    Project.objects.filter(pk=project.pk).update(note_kk="second", name_kk="Алтын")
    SourceFactory(code="later")
    gone.delete()

    assert list(Project.objects.as_of(before)) == []
    assert Project.objects.as_of(then).get(pk=project.pk).note_kk == "first"
    assert Project.objects.get(pk=project.pk).note_kk == "second"
    codes = Source.objects.as_of(then).order_by("code")
    assert "gone" in [source.code for source in codes]
    assert "later" not in [source.code for source in codes]
    assert codes.count() == Source.objects.count()
    assert codes.filter(code="gone").exists()
    assert codes.filter(code="gone").aggregate(n=models.Count("pk")) == {"n": 1}
    assert list(codes.filter(code="gone").values_list("code", flat=True).iterator()) == ["gone"]
    with pytest.raises(Project.DoesNotExist):
        Project.objects.as_of(before).get(pk=project.pk)


def test_relations_stand_as_they_stood(project):
    other = DistrictFactory(code="green")
    source, milestone = SourceFactory(code="S1"), MilestoneFactory(project=project, name_kk="рұқсат")
    project.other_sources.add(source)
    then = now()
    project.other_sources.add(SourceFactory(code="S2"))
    project.other_sources.remove(source)
    Project.objects.update(district=other)
    District.objects.filter(code="gate").update(name_kk="Ескі қала")
    Milestone.objects.filter(pk=milestone.pk).update(name_kk="жылжыды")

    stood = (
        Project.objects.as_of(then)
        .select_related("district")
        .prefetch_related("milestones", "other_sources")
        .get()
    )
    assert stood.district.name_kk == "gate ауданы"
    assert [m.name_kk for m in stood.milestones.all()] == ["рұқсат"]
    assert [s.code for s in stood.other_sources.all()] == ["S1"]
    assert (
        Project.objects.as_of(then).filter(district__code="gate", milestones__name_kk="рұқсат").count() == 1
    )
    assert [s.code for s in Project.objects.get().other_sources.all()] == ["S2"]


def test_a_lazy_fetch_from_the_past_is_refused_not_answered_by_the_present(project):
    then = now()

    with pytest.raises(FieldFetchBlocked):
        _ = Project.objects.as_of(then).get().district


def test_a_block_reads_the_past_in_joins_and_raw_sql(project):
    then = now()
    Project.objects.update(note_kk="second")
    District.objects.update(name_kk="Ескі қала")
    query = "SELECT p.note_kk, d.name_kk FROM districts_project p JOIN districts_district d ON d.id = p.district_id"

    with as_of(then):
        assert sql(query) == [("first", "gate ауданы")]
        assert [p.note_kk for p in Project.objects.raw("SELECT * FROM districts_project")] == ["first"]
        assert (
            Project.objects.get().district.name_kk == "gate ауданы"
        )  # lazily too: the whole block is the past
        assert Change.objects.filter(at__gt=then).count() == 0
        with as_of(now()):
            assert sql(query) == [("second", "Ескі қала")]
        assert sql(query) == [("first", "gate ауданы")]
    assert sql(query) == [("second", "Ескі қала")]


def test_generated_columns_are_those_of_their_time(project):
    then = now()
    Project.objects.update(name_kk="Гүлдер")

    stood = Project.objects.as_of(then).get()
    assert (stood.search.split()[0], stood.public_id) == ("какпа", project.public_id)
    assert stood.sort_kk != Project.objects.get().sort_kk
    assert Project.objects.as_of(then).search("КАКПА").count() == 1
    assert Project.objects.search("КАКПА").count() == 0


def test_nothing_is_written_in_the_past(project):
    SourceFactory(code="lonely")
    then = now()
    past = Source.objects.as_of(then)
    with transaction.atomic():
        with as_of(then):
            old = Project.objects.get()
            for write in (
                lambda: Project.objects.update(note_kk="x"),
                lambda: Source.objects.create(code="x", publisher="x"),
                lambda: sql("UPDATE public.districts_project SET note_kk = 'x'"),
                lambda: sql("SELECT 1 FROM public.districts_project FOR UPDATE"),
            ):
                with pytest.raises(DatabaseError, match="read-only|cannot"), transaction.atomic():
                    write()
        for write in (old.save, old.delete):
            with pytest.raises(Past):
                write()
        for write in (
            lambda: past.update(publisher="x"),
            lambda: past.filter(code="lonely").delete(),
            lambda: past.create(code="x", publisher="x"),
            lambda: past.bulk_create([Source(code="x", publisher="x")]),
            lambda: past.get_or_create(code="y", defaults={"publisher": "x"}),
        ):
            with pytest.raises(DatabaseError, match="read-only|cannot"), transaction.atomic():
                write()
        Project.objects.update(note_kk="after")  # the same transaction goes on, writable
    assert Project.objects.get().note_kk == "after"
    assert not Source.objects.filter(code__in="xy").exists()
    assert "asof" not in sql("SHOW search_path")[0][0]


def test_past_and_present_do_not_mix_in_one_query(project):
    then = now()

    with pytest.raises(Past):
        list(District.objects.filter(pk__in=Project.objects.as_of(then).values("district")))
    with as_of(then):
        assert District.objects.filter(pk__in=Project.objects.as_of(then).values("district")).count() == 1


def test_a_missing_past_is_an_error_not_the_present(project):
    with as_owner():
        close_past("default")
    try:
        with pytest.raises(DatabaseError, match="past is not readable"), as_of(now()):
            pass
    finally:
        with as_owner():
            open_past("default")


def test_every_recorded_table_has_its_past():
    from core.apps import recorded_models

    views = {name for (name,) in sql("SELECT viewname FROM pg_views WHERE schemaname = 'asof'")}
    assert views == {model._meta.db_table for model in recorded_models()} | {"core_change"}


def test_a_column_added_since_reads_as_its_default(project):
    then = now()
    field = models.BooleanField(default=True)
    field.set_attributes_from_name("listed")
    field.model = Source
    try:
        with as_owner():
            close_past("default")
            with connection.schema_editor() as editor:
                editor.add_field(Source, field)
            open_past("default")
            sql("DROP VIEW asof.core_source")  # made by a model that does not know the column
            sql("""SELECT core_show_past('core_source', 'id', '{"listed": true}')""")
            sql("GRANT SELECT ON asof.core_source TO portal_app")
        sql("UPDATE core_source SET listed = false")
        with as_of(then):
            assert sql("SELECT DISTINCT listed FROM core_source") == [(True,)]
        with as_of(now()):
            assert sql("SELECT DISTINCT listed FROM core_source") == [(False,)]
    finally:
        with as_owner():
            close_past("default")
            sql("ALTER TABLE core_source DROP COLUMN IF EXISTS listed")
            open_past("default")


def test_a_generated_column_added_since_is_computed_from_the_row_as_it_stood(project):
    then = now()
    folded = (
        "ALTER TABLE core_source ADD COLUMN folded text GENERATED ALWAYS AS (core_fold(publisher)) STORED"
    )
    try:
        with as_owner():
            close_past("default")
            sql(folded)
            open_past("default")
        Source.objects.update(publisher="Екінші")
        with as_of(then):
            assert all(
                folded == fold(publisher)
                for folded, publisher in sql("SELECT folded, publisher FROM core_source")
            )
            assert Source.objects.exclude(publisher="Екінші").exists()
    finally:
        with as_owner():
            close_past("default")
            sql("ALTER TABLE core_source DROP COLUMN IF EXISTS folded")
            open_past("default")


def test_a_late_commit_counts_whole_from_its_beginning(project):
    with second_connection() as other:
        other.execute("UPDATE districts_project SET note_kk = 'late'")
        time.sleep(0.01)
        then = now()
        assert Project.objects.as_of(then).get().note_kk == "first"
        assert ledger.settled() < then  # said to be preliminary
        other.execute("UPDATE districts_district SET name_kk = 'кеш'")

    assert Project.objects.as_of(then).get().note_kk == "late"
    assert District.objects.as_of(then).get().name_kk == "кеш"
    assert ledger.settled() > then


@pytest.mark.parametrize(("zone", "style"), [("Asia/Almaty", "German"), ("America/Caracas", "SQL, DMY")])
def test_the_past_is_the_same_from_any_session(project, zone, style):
    MilestoneFactory(project=project, name_kk="рұқсат")
    then = now()
    Milestone.objects.update(name_kk="жылжыды")
    query = "SELECT name_kk, to_char(baseline_day, 'YYYY-MM-DD'), extract(epoch FROM updated_at) FROM "
    query += "districts_milestone"

    with as_of(then):
        here = sql(query)
    with second_connection() as other:
        other.execute(f"SET timezone = '{zone}'; SET datestyle = '{style}'")
        other.execute("SELECT core_enter_past(%s)", [then])
        assert other.execute(query).fetchall() == here
    assert here[0][:2] == ("рұқсат", "2027-01-01")


def test_rights_are_those_of_today(project, office):
    stranger = UserFactory(role="executor", organisation=OrganisationFactory())
    party = ProjectPartyFactory(project=project, organisation=stranger.organisation)
    then = now()
    party.delete()

    with as_of(then):
        assert Project.objects.visible_to(office).count() == 1
        assert sql("SELECT count(*) FROM auth_permission")[0][0] > 0  # not recorded: as it is now
    assert not Project.objects.visible_to(stranger).exists()


def test_people_of_the_past_have_no_name_and_no_password():
    user = UserFactory(full_name="Айгүл")
    with as_of(now()):
        stood = type(user).objects.get(pk=user.pk)

    assert (stood.username, stood.full_name, stood.password) == ("…", "…", None)
    assert stood.role == user.role
