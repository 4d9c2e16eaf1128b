"""The feed: everything that is there, then what becomes different of it, for whoever asks."""

import time
from typing import Any

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from accounts.models import Organisation
from core.models import Source
from core.text import Text
from districts.models import District, Figure, LandPlot, Milestone, Project, ProjectParty
from districts.services import publishing
from investors.models import Investor
from tasks.models import Instruction, Meeting
from tests.api import possible
from tests.api.conftest import populate
from tests.api.following import FEED, Copy
from tests.factories import (
    ExecutorFactory,
    FigureFactory,
    InstructionFactory,
    MilestoneFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    SourceFactory,
    UserFactory,
)
from tests.refusals import sql
from tests.two import second_connection

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_beginning_is_all_that_there_is_and_then_there_is_nothing_new(
    request: Any, api: Any, mic: Any, leadership: Any, akimat: Any
) -> None:
    populate(2)
    possible.populate()
    for persona in (None, "office", "executor", "investor", "akimat_preparer"):
        copy = Copy(api(persona and request.getfixturevalue(persona)), limit=20)

        told = copy.follow()

        assert copy.lacks() == {}, persona
        assert {operation for _register, _id, operation in told} == {"created"}
        assert len(told) == len(set(told)) == len(copy.objects) > 20
        assert copy.follow() == [] == copy.follow()


def test_what_is_made_changed_and_deleted(api: Any) -> None:
    changed, gone = SourceFactory(code="S1"), SourceFactory(code="S2")
    copy = Copy(api())
    copy.follow()
    SourceFactory(code="S3")
    Source.objects.filter(pk=changed.pk).update(publisher="akorda.kz")
    Source.objects.filter(pk=changed.pk).update(publisher="gov.kz")
    gone.delete()

    told = copy.follow()

    assert sorted(told) == [
        ("sources", "S1", "changed"),
        ("sources", "S2", "removed"),
        ("sources", "S3", "created"),
    ]
    entry = next(entry for entry in copy.told if entry["id"] == "S1")
    assert (entry["object"]["publisher"], entry["version"]) == ("gov.kz", 3)
    assert entry["url"].endswith("/api/v1/sources/S1/") and entry["at"].endswith("+05:00")
    assert copy.lacks() == {}


#: What is written, one after the other, and the registers in which it shows.
PARTS = {
    "the name of an organisation": (
        lambda: Organisation.objects.filter(investor__isnull=False).update(name_kk="Басқа"),
        {"organisations", "projects", "investors", "meetings", "instructions", "published-figures"},
    ),
    "a milestone": (
        lambda: Milestone.objects.update(name_kk="Басқа", name_ru="Другое"),
        {"projects"},
    ),
    "the name of a district": (
        lambda: District.objects.update(name_kk="Басқа"),
        {"districts", "projects", "plots", "opportunities", "meetings", "instructions"},
    ),
    "the publisher of a source": (
        lambda: Source.objects.filter(pk=Figure.objects.first().source_id).update(publisher="gov.kz"),
        {"sources", "figures", "projects"},
    ),
    "a party that leaves": (lambda: ProjectParty.objects.last().delete(), {"projects", "investors"}),
    "a project that nobody may know any more": (
        lambda: Project.objects.filter(pk=Project.objects.first().pk).update(visibility="internal"),
        {"projects", "districts", "figures", "claims", "documents", "investors", "instructions", "plots"},
    ),
    "a plot that nobody may know any more": (
        lambda: LandPlot.objects.update(visibility="internal"),
        {"plots", "opportunities"},
    ),
    "a meeting that nobody may know any more": (
        lambda: Meeting.objects.update(visibility="internal"),
        {"meetings", "instructions"},
    ),
}


def test_an_object_changes_when_what_shows_in_it_does(api: Any) -> None:
    populate(2)
    copy = Copy(api())
    copy.follow()

    for what, (write, registers) in PARTS.items():
        write()
        assert {register for register, _id, _operation in copy.follow()} == registers, what
        assert copy.lacks() == {}, what


def test_what_is_hidden_is_not_told_nor_that_it_changed(api: Any, office: Any) -> None:
    populate()
    project = Project.objects.get()
    visitor, insider = Copy(api(), limit=8), Copy(api(office))
    visitor.follow(), insider.follow()
    FigureFactory(project=project, chosen=False)
    hidden = ProjectFactory(name_kk="secret")
    ProjectPartyFactory(project=project, organisation=OrganisationFactory(code="secret"))
    MilestoneFactory(project=hidden)
    Project.objects.filter(pk=hidden.pk).update(name_kk="secret too")
    OrganisationFactory(code="gone").delete()
    InstructionFactory()

    told = visitor.follow()
    assert {register for register, _id, _operation in told} == {"sources"}  # open to everybody
    assert "secret" not in str(visitor.told) and visitor.lacks() == {}
    assert ("projects", hidden.public_id, "created") in insider.follow()
    assert insider.lacks() == {}


def test_a_passing_visitor_learns_of_nothing_that_came_and_went(api: Any) -> None:
    copy = Copy(api())
    copy.follow()
    project = ProjectFactory(visibility="public", source=SourceFactory())
    Project.objects.filter(pk=project.pk).update(visibility="internal")

    assert [register for register, _id, _operation in copy.follow()] == ["sources"]


def test_an_embargo_ends_by_the_clock(api: Any) -> None:
    project = ProjectFactory(visibility="public")
    shown = ProjectFactory(visibility="public")
    company = OrganisationFactory(code="coming", visibility="public")
    ProjectPartyFactory(project=shown, organisation=company)
    sql("UPDATE districts_project SET published_at = clock_timestamp() + '1 s' WHERE id = %s", project.pk)
    sql("UPDATE accounts_organisation SET published_at = clock_timestamp() + '1 s'")
    copy = Copy(api())
    assert ("projects", project.public_id, "created") not in copy.follow()
    assert "coming" not in str(copy.objects)

    time.sleep(1.05)

    assert sorted(copy.follow()) == [
        ("organisations", "coming", "created"),
        ("projects", project.public_id, "created"),
        ("projects", shown.public_id, "changed"),
    ]
    assert copy.follow() == []


def test_taken_down_is_removed_without_a_word_of_it(api: Any) -> None:
    one, two = (UserFactory(username=name, role=Role.OFFICE) for name in ("one", "two"))
    project = ProjectFactory(name_kk="Аты", name_ru="Имя", visibility="internal")
    copy = Copy(api())
    copy.follow()
    publishing.make_ready(project, by=one)
    project.refresh_from_db()
    assert copy.follow() == []
    publishing.publish(project, by=two)
    assert copy.follow() == [("projects", project.public_id, "created")]
    project.refresh_from_db()
    publishing.take_down(project, by=two, reason=Text("Қате болды.", "Была ошибка.", ""), note="note")

    assert copy.follow() == [("projects", project.public_id, "removed")]
    assert "Аты" not in str(copy.told) and "Қате" not in str(copy.told)


def test_who_comes_to_belong_to_a_row_sees_it_made(api: Any, executor: Any, investor: Any) -> None:
    instruction, project = InstructionFactory(), ProjectFactory()
    its, theirs = Copy(api(executor)), Copy(api(investor))
    its.follow(), theirs.follow()
    done = ExecutorFactory(instruction=instruction, organisation=executor.organisation)
    part = ProjectPartyFactory(project=project, organisation=investor.organisation)

    assert its.follow() == [("instructions", instruction.public_id, "created")]
    assert theirs.follow() == [("projects", project.public_id, "created")]

    sql("UPDATE tasks_executor SET released_on = '2026-11-01' WHERE id = %s", done.pk)
    part.delete()

    assert its.follow() == [("instructions", instruction.public_id, "removed")]
    assert theirs.follow() == [("projects", project.public_id, "removed")]
    assert its.lacks() == {} == theirs.lacks()


def test_a_late_commit_is_told_when_it_comes_and_once(api: Any) -> None:
    early, late = SourceFactory(code="early"), SourceFactory(code="late")
    copy = Copy(api())
    copy.follow()
    write = "UPDATE core_source SET publisher = 'p' WHERE id = %s"
    with second_connection() as other, other.cursor() as cursor:
        cursor.execute(write, [late.pk])
        Source.objects.filter(pk=early.pk).update(publisher="q")
        assert copy.follow() == [("sources", "early", "changed")]
    assert copy.follow() == [("sources", "late", "changed")]
    assert copy.follow() == []


def test_pages_of_a_pass_and_what_changes_while_they_are_read(api: Any) -> None:
    """What shows in an object is one word on the page that tells it, and the old one again before the last page."""
    projects = ProjectFactory.create_batch(6, visibility="public", source=SourceFactory())
    milestone = Milestone.objects.filter(pk=MilestoneFactory(project=projects[3], name_kk="Бір").pk)
    copy = Copy(api(), limit=2, resource="projects")
    for _turn in range(3):  # from the beginning, and of changes
        copy.page()
        milestone.update(name_kk="Екі")
        Project.objects.filter(pk=projects[4].pk).update(visibility="internal")
        copy.page()
        milestone.update(name_kk="Бір")
        Project.objects.filter(pk=projects[4].pk).update(visibility="public")
        copy.follow()
        assert copy.lacks() == {}
        assert copy.follow() == []
        Project.objects.update(purpose_kk=f"Басқа {_turn}", purpose_ru="Другое")


def test_many_changes_cost_no_more_queries_than_few(api: Any, office: Any) -> None:
    def cost(number: int) -> tuple[int, int]:
        populate(number)
        reset_queries()  # what is kept of them is not endless
        with CaptureQueriesContext(connection) as beginning:
            assert Copy(api(office), limit=200).page() is False
        copy = Copy(api(office), limit=200)
        copy.page()
        Source.objects.update(publisher=f"p{number}")
        Investor.objects.update(profile_kk=f"p{number}")
        Instruction.objects.update(text_kk=f"p{number}")
        reset_queries()
        with CaptureQueriesContext(connection) as following:
            assert copy.page() is False
        assert len(copy.objects) > number * 15
        return len(beginning), len(following)

    few = cost(1)
    assert cost(3) == few
    assert few[0] < 90 and few[1] < 150
    with CaptureQueriesContext(connection) as asked:
        assert api().get(FEED, {"limit": 1}).status_code == 200
    assert len(asked) < 20


def test_a_poll_that_finds_nothing_costs_next_to_nothing(api: Any) -> None:
    populate()
    copy = Copy(api())
    copy.follow()

    with CaptureQueriesContext(connection) as asked:
        copy.page()

    assert len(asked) <= 8
