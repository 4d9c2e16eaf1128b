"""What changed lately: sentences from the ledger, and nothing in them that the reader may not know."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.html import strip_tags

from alatau_portal.pages.changes import latest
from core import seals
from core.ledger import acting
from districts import services
from districts.models import District, Figure, Milestone, Project, PublishedFigure
from investors.models import Investor
from investors.services import open_opportunity
from tests import factories
from tests.pages.words import project_page

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
SHOWN = {"visibility": "public"}


def told(user=VISITOR, limit=5, language="en"):
    with translation.override(language):
        return [strip_tags(news.sentence).replace("\xa0", " ") for news in latest(user, limit)]


def test_a_load_is_one_entry_with_its_numbers(city, read):
    entry, *rest = latest(VISITOR, 9)

    assert rest == []
    assert re.fullmatch(r"\d{4} ж\. \d{1,2} [а-яәғқңөұүһі]+, \d\d:\d\d", entry.when)
    assert "17 жоба, 7 инвестор, 41 ұйым, 5 тапсырма, 1 отырыс, 33 көрсеткіш" in entry.sentence
    assert "90 source" in told()[0]
    assert "17 проектов" in told(language="ru")[0]
    assert entry.sentence in read("/kk/changes/")


def test_the_numbers_are_of_what_the_reader_may_see(city, office):
    Project.objects.filter(code="k_park").update(visibility="internal")

    assert any("16 projects" in sentence for sentence in told())
    assert any("17 projects" in sentence for sentence in told(office))


def test_a_stage_a_forecast_and_a_met_milestone_are_sentences(city, office):
    project = Project.objects.get(code="iconic_building_1")
    source = project.source
    services.change_stage(
        project, "preparation", by=office, basis="a secret memo", on="2026-02", source=source
    )
    milestone = factories.MilestoneFactory(project=project, name_en="Opening")
    services.move_forecast(milestone, "2029", by=office, reason="finance", note="a secret letter")
    with acting(office, "amend"):
        Milestone.objects.filter(pk=milestone.pk).update(
            status="met", met_day="2026-03-01", met_precision="day", met_text="2026-03-01"
        )

    name = project.name.en
    assert told(limit=4) == [
        f"{name}: milestone “Opening” is met, 1 March 2026",
        f"{name}, “Opening”: expected 2029 instead of 1 January 2027; reason: finance",
        f"{name}: new milestone “Opening”, expected 1 January 2027",
        f"{name}: status changed from “identification” to “preparation”",
    ]
    stage = latest(VISITOR, 4)[3]
    assert stage.url == project_page("iconic_building_1") + "#stages"
    assert (stage.source.code, stage.basis, stage.who) == (source.code, "", "")
    seen = latest(office, 4)[3]
    assert (seen.basis, seen.who) == ("a secret memo", str(office))


def test_another_choice_of_a_figure_tells_both_values_if_both_are_published(city, office):
    older = Figure.objects.get(project__code="pepsico_plant", measure="investment", as_of_day="2026-01-15")

    services.choose_figure(older, by=office, note="newer")

    assert told(limit=1) == ["PepsiCo snack plant, investment: 360 m USD instead of 368 m USD"]
    news = latest(VISITOR, 1)[0]
    assert news.url.endswith(f"/figures/{older.project.public_id}/investment/")
    assert "not chosen any more" in " ".join(told(office, 3))


def test_a_value_that_was_internal_is_never_told(city, office):
    hidden = Figure.objects.get(project__code="pepsico_plant", measure="investment", currency="KZT")
    services.choose_figure(hidden, by=office)
    published = Figure.objects.get(project__code="pepsico_plant", measure="investment", value=368_000_000)

    services.choose_figure(published, by=office)

    assert told(limit=1) == ["PepsiCo snack plant, investment: 368 m USD"]
    assert all("70" not in sentence for sentence in told(limit=5))
    assert "70 bn" in " ".join(told(office, 5))


def test_what_happened_before_something_was_published_stays_untold(city, office):
    project = factories.ProjectFactory(name_en="Hidden works", district=District.objects.get(code="gate"))
    milestone = factories.MilestoneFactory(project=project, name_en="Opening")
    services.move_forecast(milestone, "2031", by=office, reason="land")
    assert not any("Hidden works" in sentence for sentence in told())

    with acting(office, "set_visibility"):
        Project.objects.filter(pk=project.pk).update(visibility="public")

    assert told(limit=2)[0] == "Project published: Hidden works"
    assert not any("2031" in sentence for sentence in told())
    services.move_forecast(milestone, "2032", by=office, reason="land")
    assert "expected 2032 instead of 2031" in told(limit=1)[0]


def test_what_was_taken_back_is_not_told_any_more(city, read, office):
    investor = Investor.objects.select_related("organisation").get(organisation__code="pepsico")
    with acting(office, "amend"):
        Investor.objects.filter(pk=investor.pk).update(stage="operating")
    assert "stage of the investor changed" in told(limit=1)[0]

    Investor.objects.filter(pk=investor.pk).update(visibility="internal")

    assert not any("stage of the investor" in sentence for sentence in told())
    assert any("stage of the investor" in sentence for sentence in told(office))


def test_people_and_their_sessions_are_no_news(city, office, investor):
    factories.UserFactory(full_name="Айгүл Серікқызы")

    assert not any("Айгүл" in sentence for sentence in told(office, 20, "kk"))


def test_every_kind_of_row_has_a_sentence_in_every_language(city, office, read):
    company = factories.OrganisationFactory(**SHOWN)
    project = factories.ProjectFactory(**SHOWN)
    factories.ProjectPartyFactory(project=project, organisation=company)
    factories.FigureFactory(project=project, chosen=True, **SHOWN)
    factories.ClaimFactory(project=project, chosen=True, **SHOWN)
    factories.InvestorFactory(organisation=company, **SHOWN)
    factories.TalkFactory(organisation=company, **SHOWN)
    factories.MeetingFactory(**SHOWN)
    factories.InstructionFactory(**SHOWN)
    factories.LegalActFactory()
    Project.objects.filter(pk=project.pk).update(name_ru="Иное", purpose_kk="Басқа")
    Project.objects.filter(pk=project.pk).update(suspended_since="2026-01-01", suspended_reason="secret")
    District.objects.filter(code="gate").update(profile_kk="Басқа")

    for user in (VISITOR, office):
        for language in ("kk", "ru", "en"):
            sentences = told(user, 30, language)
            assert len(sentences) >= 14
            assert not any("%(" in sentence or "{" in sentence for sentence in sentences)
    assert any("amended (name, purpose)" in sentence for sentence in told(limit=30))
    assert "secret" not in read("/en/changes/")


def test_a_removed_row_is_told_to_staff_only(city, office):
    meeting = factories.MeetingFactory(title_en="A mistake", **SHOWN)
    with acting(office, "remove"):
        meeting.delete()

    assert told(office, 1) == ["Removed: meeting, “A mistake”"]
    assert latest(office, 1)[0].url == ""
    assert not any("mistake" in sentence for sentence in told())


def test_names_of_the_data_are_escaped(city, read):
    factories.MeetingFactory(title_kk="<script>alert(1)</script>", **SHOWN)

    assert "<script>alert" not in read("/kk/changes/")


def test_it_costs_two_queries_however_much_happened(city, office):
    def cost(user):
        with CaptureQueriesContext(connection) as queries:
            latest(user, 6)
        return len(queries)

    assert (cost(VISITOR), cost(office)) == (2, 2)  # one more for the names of users, where users acted
    for _row in range(12):
        factories.FigureFactory(chosen=True, project__visibility="public", **SHOWN)
        factories.InstructionFactory(**SHOWN)
    assert cost(VISITOR) == 2


def test_pages_follow_each_other_without_gap_and_without_repetition(city, read):
    for number in range(40):
        factories.MeetingFactory(title_en=f"Meeting {number:02}", **SHOWN)

    first = read("/en/changes/?kind=meetings")
    older = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = read(older)

    pages = [re.findall(r"Meeting (\d\d)", page) for page in (first, second)]
    assert [int(number) for page in pages for number in page] == list(range(39, -1, -1))
    assert len(pages[0]) == 30
    assert "5 instructions" in second
    assert 'rel="next"' not in second


def test_the_feed_is_narrowed_by_kind_and_by_district(city, read, office):
    project = Project.objects.get(code="iconic_building_1")
    services.change_stage(project, "preparation", by=office, basis="memo")
    factories.MeetingFactory(title_en="Elsewhere", **SHOWN)

    gate = read("/en/changes/?district=gate")
    assert "status changed" in gate
    assert "Elsewhere" not in gate
    assert "Elsewhere" in read("/en/changes/?kind=meetings")
    assert "Nothing has changed here yet" in read("/en/changes/?district=green")


@pytest.mark.parametrize(
    "query", ["kind=all", "district=fifth", "before=x", "before=0", f"before={10**30}", "before=%00"]
)
def test_what_is_asked_wrongly_is_told(city, client, query):
    response = client.get(f"/ru/changes/?{query}")

    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()


def test_land_opportunities_and_documents_are_told_when_they_are_published(city, office):
    source = Project.objects.get(code="k_park").source
    facts = {"source": source, "is_demo": False, "visibility": "internal"}
    plot = factories.LandPlotFactory(
        name_en="Plot of the truth", district=District.objects.get(code="gate"), **facts
    )
    opportunity = factories.OpportunityFactory(name_en="A mill", district=plot.district, **facts)
    document = factories.DocumentFactory(name_en="A plan", district=plot.district, **facts)

    assert not any("Plot of the truth" in sentence for sentence in told())
    for row in (plot, opportunity, document):
        with acting(office, "publish"):
            type(row).objects.filter(pk=row.pk).update(visibility="public")
    open_opportunity(opportunity, by=office)
    assert told(limit=3) == [
        "New opportunity: A mill",
        "New document: A plan",
        "New land plot: Plot of the truth",
    ]
    assert [news.url[3:] for news in latest(VISITOR, 2)] == [
        f"/invest/opportunities/{opportunity.public_id}/",
        f"/documents/{document.public_id}/",
    ]

    with acting(office, "take_down"):
        type(plot).objects.filter(pk=plot.pk).update(visibility="internal")
    assert not any("Plot of the truth" in sentence for sentence in told())
    assert "Plot of the truth: not public any more" in told(office)


def test_the_house_reads_the_newest_seal(city, client, office):
    seals.seal()
    head = seals.newest().head

    assert head not in client.get("/kk/changes/").content.decode()
    client.force_login(office)
    assert head in client.get("/kk/changes/").content.decode()


def test_what_is_invented_is_no_news(city, office):
    factories.LandPlotFactory(name_en="A dream", is_demo=True, visibility="public")

    assert not any("A dream" in sentence for sentence in told())


def test_a_published_figure_is_told_when_it_is_published(city, office):
    figure = PublishedFigure.objects.filter(visibility="public", measure="investment").first()
    with acting(office, "take_down"):
        PublishedFigure.objects.filter(pk=figure.pk).update(visibility="internal")
    assert told(office, limit=1) == ["Investment: not public any more"]
    assert not any("Investment: not" in sentence for sentence in told())

    with acting(office, "publish"):
        PublishedFigure.objects.filter(pk=figure.pk).update(visibility="public")
    (sentence,) = told(limit=1)
    assert sentence.startswith("Said in public, ") and ": investment, " in sentence
    assert [news.url[3:] for news in latest(VISITOR, 1)] == ["/figures/published/"]
