"""When files are made anew, when they are not, and what must never be handed out again."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from alatau_portal import jobs
from alatau_portal.models import OpenDataEdition, OpenDataFile
from alatau_portal.open_data import checks, editions, files, standing
from core.choices import Channel
from core.models import JobRun, Outbox
from core.text import Text
from districts.models import Figure, Project
from districts.services import publishing
from tests.factories import (
    DocumentFactory,
    FigureFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    StoredFileFactory,
)
from tests.refusals import sql

pytestmark = pytest.mark.django_db
#: Within one transaction the ledger takes its own changes for news: what is unchanged is seen between two only.
COMMITTED = pytest.mark.django_db(transaction=True)

REASON = Text("Қате болды.", "Была ошибка.", "It was wrong.")
HTTP = "/open-data/projects.csv"


@pytest.fixture
def strict(monkeypatch):
    """strict(fault): from now on every check finds this."""

    def refuse(fault):
        def judge(made):
            raise checks.Refused([fault])

        monkeypatch.setattr(checks, "passed", judge)

    return refuse


def holds(word, edition=None):
    edition = edition or standing.current()
    return any(word.encode() in bytes(file.body) for file in edition.files.all())


def test_the_first_edition_has_all_files_and_a_permanent_copy(edition):
    assert [file.name for file in edition.files.all()] == list(files.NAMES)
    assert edition.day == timezone.localdate()
    assert edition.report["projects"] == 2


@COMMITTED
def test_nothing_is_made_where_nothing_has_changed(edition, django_assert_num_queries):
    with django_assert_num_queries(2):  # the edition, the ledger
        editions.keep_up()
    assert editions.publish(anew=True) == edition
    editions.publish_daily(timezone.localdate() + timedelta(days=1))
    assert OpenDataEdition.objects.count() == 1


@COMMITTED
def test_a_change_of_what_is_not_told_keeps_the_edition_and_moves_its_mark(edition):
    ProjectFactory(visibility="internal")
    editions.keep_up()
    OpenDataEdition.objects.update(marked_at=edition.marked_at - timedelta(hours=1))
    editions.keep_up()

    kept = standing.current()
    assert (kept, kept.published_at, kept.version) == (edition, edition.published_at, edition.version)
    assert kept.mark != edition.mark and standing.fresh(kept)


@pytest.mark.parametrize("door", ["service", "sql"])
def test_a_change_by_any_door_is_in_the_next_edition(edition, project, door):
    if door == "sql":
        sql("UPDATE districts_project SET name_ru = 'Проект zq7laterq' WHERE id = %s", project.pk)
    else:
        FigureFactory(project=project, chosen=True, visibility="public", note_kk="zq7laterq")

    editions.keep_up()

    assert holds("zq7laterq")
    assert json.loads(bytes(standing.current().files.get(name="oc4ids.kk.json").body))["publishedDate"] > ""


def test_a_superseded_edition_stays_only_where_it_has_a_permanent_copy(edition, project):
    for name in ("екінші", "үшінші"):
        Project.objects.filter(pk=project.pk).update(name_kk=name)
        editions.keep_up()

    assert list(OpenDataEdition.objects.order_by("pk")) == [edition, standing.current()]
    assert OpenDataFile.objects.count() == 2 * len(files.NAMES)
    editions.publish_daily(timezone.localdate())
    assert standing.current().day is None  # one a day
    editions.publish_daily(timezone.localdate() + timedelta(days=1))
    assert standing.current().day == timezone.localdate() + timedelta(days=1)


def test_the_daily_job_runs_once_a_day(edition):
    jobs.publish_open_data()
    jobs.publish_open_data()
    jobs.keep_open_data()

    assert JobRun.objects.filter(job=jobs.DAILY).count() == 1


def test_what_the_checks_refuse_is_not_published_and_the_last_good_edition_stays(
    client, edition, project, office, strict
):
    yesterday = client.get(HTTP).content
    strict("projects.csv: the header is wrong")
    FigureFactory(project=project, chosen=True, visibility="public")

    editions.keep_up()
    editions.keep_up()

    assert client.get(HTTP).content == yesterday
    kept = OpenDataEdition.objects.get()
    assert (kept.pk, kept.faults) == (edition.pk, ["projects.csv: the header is wrong"])
    told = Outbox.objects.filter(channel=Channel.BELL)
    assert [one.payload["facts"]["number"] for one in told] == [1]
    page = client.get("/en/open-data/").content.decode()
    assert "did not pass the checks" in page
    with pytest.raises(CommandError, match="the header is wrong"):
        call_command("publish_open_data")


@COMMITTED
def test_what_was_refused_is_not_tried_again_until_something_changes(edition, project, strict, monkeypatch):
    strict("wrong")
    FigureFactory(project=project, chosen=True, visibility="public")
    editions.keep_up()
    monkeypatch.undo()

    editions.keep_up()
    assert standing.current().faults == ["wrong"]
    FigureFactory(project=project, chosen=True, visibility="public", measure="height", unit="m")
    editions.keep_up()

    assert standing.current().faults == [] and standing.current() != edition


def test_what_was_taken_down_is_not_served_one_request_later(client, edition, project, office):
    assert b"zq7wordq" in client.get(HTTP).content

    publishing.take_down(project, by=office, reason=REASON)

    for name in files.NAMES:
        answer = client.get(f"/open-data/{name}")
        assert answer.status_code == 200 and b"zq7wordq" not in answer.content, name
    assert standing.current() != edition


@pytest.mark.parametrize(
    "hide",
    [
        lambda project: sql("UPDATE districts_project SET visibility = 'internal' WHERE id = %s", project.pk),
        lambda project: sql(
            "UPDATE districts_project SET published_at = now() + interval '1 day' WHERE id = %s", project.pk
        ),
    ],
    ids=["by visibility", "by embargo"],
)
def test_nor_what_was_hidden_by_sql(client, edition, project, hide):
    hide(project)

    assert b"zq7wordq" not in client.get(HTTP).content


def test_nor_a_figure_that_is_not_chosen_any_more_or_words_that_were_emptied(client, edition, project):
    FigureFactory(project=project, value=77, chosen=True, visibility="public", source=project.source)
    type(project).objects.filter(pk=project.pk).update(note_en="zq7wordq once")
    current = editions.publish()
    assert not standing.holds_what_was_taken_down(current)

    Figure.objects.update(chosen=False)
    assert standing.holds_what_was_taken_down(current)
    current = editions.publish()
    type(project).objects.filter(pk=project.pk).update(note_en="")
    assert standing.holds_what_was_taken_down(current)


def test_nor_an_organisation_that_was_hidden_or_a_part_that_was_removed(client, edition, project):
    party = ProjectPartyFactory(
        project=project, organisation=OrganisationFactory(visibility="public", name_kk="zq7bodyq")
    )
    editions.keep_up()
    assert "zq7bodyq" in client.get("/open-data/oc4ids.kk.json").content.decode()

    party.delete()

    assert "zq7bodyq" not in client.get("/open-data/oc4ids.kk.json").content.decode()


def test_nor_a_document_whose_file_is_not_clean_any_more(client, edition, project):
    file = StoredFileFactory(scan_state="clean")
    DocumentFactory(project=project, visibility="public", file=file, name_kk="zq7paperq")
    editions.keep_up()
    assert "zq7paperq" in client.get("/open-data/oc4ids.kk.json").content.decode()

    type(file).objects.filter(pk=file.pk).update(scan_state="infected")

    assert "zq7paperq" not in client.get("/open-data/oc4ids.kk.json").content.decode()


def test_what_was_taken_down_is_not_served_even_where_no_new_edition_passes(
    client, edition, project, office, strict
):
    strict("wrong")
    publishing.take_down(project, by=office, reason=REASON)

    answer = client.get(HTTP)

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert b"zq7wordq" not in answer.content
    assert answer.content.decode().count("\n") == 3


@COMMITTED
def test_what_waits_for_its_hour_comes_when_it_has_come(client, edition):
    soon = timezone.now() + timedelta(hours=1)
    late = ProjectFactory(visibility="public", published_at=soon, name_kk="zq7lateq")
    editions.keep_up()
    waiting = standing.current()
    assert not holds("zq7lateq")
    assert soon < waiting.next_at <= soon + timedelta(minutes=1)

    sql("UPDATE districts_project SET published_at = now() - interval '1 minute' WHERE id = %s", late.pk)
    OpenDataEdition.objects.filter(pk=waiting.pk).update(next_at=timezone.now(), mark=_now())
    editions.keep_up()

    assert holds("zq7lateq")


def _now():
    """As if nothing had been written: an hour that comes is no change."""
    return sql("SELECT core_current_era() || '/' || pg_current_snapshot()")[0][0]
