"""The progress of projects, as their pages, the pages of districts and papers tell it."""

from io import BytesIO

import pytest
import time_machine
from django.utils import timezone
from docx import Document

from core import formats
from core.paper import pdf
from tests import factories
from tests.pages.progress import ACTUAL, PLAN, accepted, planned
from tests.pages.test_cost import cost
from tests.paper.reading import needs_pango, of_pdf
from tests.personas import reader

pytestmark = pytest.mark.django_db


def page_of(project, language="en"):
    return f"/{language}/projects/{project.public_id}/"


def section(page):
    return page.partition('<section class="section" aria-labelledby="progress"')[2].partition("</section>")[0]


def told(read, project, user=None):
    """The words of the section, without tags of its own."""
    return section(read(page_of(project), user))


class TestProject:
    def test_plan_accepted_and_forecast_are_drawn_and_told(self, read):
        text = told(read, planned())

        today = formats.day_text(timezone.localdate(), "en")
        assert text.count('role="img"') == 2  # wide and narrow
        for words in (f"27\u00a0% (May 2026, accepted on {today})", "37\u00a0%", "\u221210 p.p.", "0.73",
                      "December 2026", "March 2027"):  # fmt: skip
            assert words in text, words

    def test_its_table_has_a_row_for_each_period_and_a_mark_is_no_nought(self, read):
        text = told(read, planned())

        assert text.count('<tr><th scope="row">') == len(PLAN) + 1  # and the day of the forecast
        march = text.partition('<th scope="row">March 2026</th>')[2].partition("</tr>")[0]
        assert "no data" in march and "15\u00a0%" in march
        assert text.count("<circle") == 2 * (sum(value is not None for value in ACTUAL) + 1)  # and the legend

    def test_without_a_plan_it_says_so_and_shows_what_was_accepted(self, read):
        text = told(read, planned(plan=[]))

        assert "No plan is published." in text
        assert 'role="img"' in text and "27\u00a0%" in text

    def test_before_the_first_report_there_is_the_plan_alone(self, read):
        text = told(read, planned(actual=[]))

        assert "No report was accepted yet." in text
        assert "none: nothing was accepted yet" in text
        assert "Latest accepted values" not in text

    def test_where_nothing_is_known_nothing_is_drawn(self, read):
        text = told(read, factories.ProjectFactory(visibility="public"))

        assert "No plan is published, and no report was accepted yet." in text
        assert "<svg" not in text and "progress.pdf" not in text

    @pytest.mark.parametrize("state", ["draft", "complete", "submitted", "returned"])
    def test_what_is_not_accepted_is_told_to_nobody(self, read, office, state):
        project = planned(actual=[])
        factories.progress_in(state, project=project)

        for user in (None, office):
            assert "No report was accepted yet." in told(read, project, user)

    def test_what_an_organisation_that_is_not_published_reports_is_told_to_the_house_alone(
        self, read, office
    ):
        project = factories.ProjectFactory(visibility="public")
        hidden = factories.OrganisationFactory(visibility="internal")
        factories.ReportingDutyFactory(project=project, organisation=hidden)
        planned([50, 100], [40], project=project)

        assert "40\u00a0%" not in told(read, project)
        assert "40\u00a0%" in told(read, project, office)

    def test_a_correction_takes_the_place_of_what_it_supersedes(self, read):
        project = planned()
        wrong = project.progress_reports.get(period__starts="2026-05-01")
        accepted(project, 5, 31, supersedes=wrong, correction_reason="Қате сан")

        text = told(read, project)

        assert "31\u00a0%" in text and "27\u00a0%" not in text
        assert "a correction" in text

    def test_a_cancelled_project_is_foretold_nothing(self, read):
        project = planned()
        factories.move_project(project, "cancelled")

        text = told(read, project)

        assert "none: the project is cancelled" in text
        assert "27\u00a0%" in text

    @pytest.mark.parametrize(
        ("persona", "money"),
        [
            ("anonymous", False), ("stranger", False), ("investor", False), ("executor", False),
            ("office", True), ("leadership", True), ("auditor", True), ("akimat_preparer", True),
        ],
    )  # fmt: skip
    def test_of_money_only_who_may_is_told(self, read, request, persona, money):
        project = factories.ProjectFactory(visibility="public")
        akimat = reader("akimat_preparer", request).organisation
        akimat.visibility = "public"
        akimat.save()
        factories.ReportingDutyFactory(project=project, organisation=akimat)
        planned([50, 100], [40], project=project)
        planned([50, 100], [], project=project, metric="financial_progress")
        user = reader(persona, request) if persona != "anonymous" else None

        text = told(read, project, user if hasattr(user, "pk") else None)

        assert ("Financial progress" in text, "1,500,000" in text) == (money, money)
        assert "Physical progress" in text and "120" in text

    def test_of_a_project_that_is_not_published_nobody_outside_is_told(self, client, office):
        project = planned(project=factories.ProjectFactory(visibility="internal"))

        assert client.get(page_of(project)).status_code == 404
        assert client.get(f"{page_of(project)}progress.pdf").status_code == 404
        client.force_login(office)
        assert "27\u00a0%" in section(client.get(page_of(project)).content.decode())

    def test_it_costs_no_query(self, client):
        bare = factories.ProjectFactory(visibility="public")
        assert cost(client, page_of(planned())) == cost(client, page_of(bare)) <= 8


class TestDistrict:
    def test_its_projects_are_told_by_the_weight_of_their_plans(self, read, client):
        gate = factories.DistrictFactory(code="gate")
        one, other, gone, bare = (
            factories.ProjectFactory(visibility="public", district=gate) for _number in range(4)
        )
        factories.move_project(gone, "cancelled")
        planned([20, 100], [10], project=one, weight=3)
        planned([40, 100], [30], project=other, weight=1)
        planned([90, 100], [90], project=gone, weight=50)
        before = cost(client, "/en/districts/gate/")

        text = read("/en/districts/gate/")

        assert "by their weights: 2 of 4" in text
        assert "15\u00a0% (January 2026)" in text  # (3·10 + 1·30) / 4, where 25 were planned
        assert "25\u00a0%" in text
        planned(project=bare)
        assert cost(client, "/en/districts/gate/") == before

    def test_without_a_plan_there_is_no_curve(self, read):
        gate = factories.DistrictFactory(code="gate")
        factories.ProjectFactory(visibility="public", district=gate)

        assert "by their weights" not in read("/en/districts/gate/")


class TestPaper:
    @needs_pango
    @time_machine.travel("2026-07-20 12:00+05:00", tick=False)
    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("kk", ["Мектеп", "2026 ж. 20 шілде"]),
            ("ru", ["Школа", "20 июля 2026 г."]),
            (
                "en",
                ["Progress: School", "As of 20 July 2026", "March 2027", "\u221210 p.p.", "no data", "Roof"],
            ),
        ],
    )
    def test_it_holds_the_drawings_and_the_tables(self, client, language, words):
        project = planned()
        factories.MilestoneFactory(project=project, name_en="Roof")

        answer = client.get(f"{page_of(project, language)}progress.pdf")

        assert answer.headers["Content-Type"] == "application/pdf"
        assert f"{project.public_id}-progress-{language}.pdf" in answer.headers["Content-Disposition"]
        text = of_pdf(answer.content)
        for word in [*words, project.public_id, "100 %", "07.2026"]:  # the last two stand in the drawing
            assert word in text.replace("\u00a0", " "), word

    def test_as_docx_it_says_in_words_what_the_drawing_shows(self, client):
        answer = client.get(f"{page_of(planned())}progress.docx")

        document = Document(BytesIO(answer.content))
        assert any("Accepted last: 27\u00a0%" in line.text for line in document.paragraphs)
        assert "May 2026" in [row.cells[0].text for table in document.tables for row in table.rows]

    def test_without_pango_it_says_what_to_install_and_where_to_go(self, client, monkeypatch):
        monkeypatch.setattr(pdf, "_library", _off)
        project = planned()

        answer = client.get(f"{page_of(project)}progress.pdf")

        assert answer.status_code == 503
        text = answer.content.decode()
        assert "libpango" in text and "progress.docx" in text and f'href="{page_of(project)}"' in text

    def test_money_is_on_the_paper_of_the_house_alone(self, client, office):
        project = planned([50, 100], [40])

        def words():
            document = Document(BytesIO(client.get(f"{page_of(project)}progress.docx").content))
            return "\n".join(
                cell.text for table in document.tables for row in table.rows for cell in row.cells
            )

        assert "tenge" not in words()
        client.force_login(office)
        assert "1,500,000 tenge" in words()

    def test_what_is_invented_is_marked(self, client, office):
        client.force_login(office)
        project = factories.ProjectFactory(is_demo=True)

        document = Document(BytesIO(client.get(f"{page_of(project)}progress.docx").content))

        assert "Invented, for trying out" in [line.text for line in document.paragraphs]

    def test_an_address_without_a_project_is_no_paper(self, client):
        assert client.get("/en/projects/ALT-P-9999/progress.pdf").status_code == 404
        assert client.get(f"{page_of(planned())}progress.exe").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_page_of_the_past_tells_the_past(client, office):
    project = planned([50, 100], [40])
    moment = timezone.now().isoformat()
    accepted(project, 1, 44, supersedes=project.progress_reports.get(), correction_reason="Қате сан")
    client.force_login(office)

    then, now = (
        section(client.get(page_of(project), query).content.decode()) for query in ({"as_of": moment}, {})
    )

    assert "40\u00a0%" in then and "44\u00a0%" not in then
    assert "progress.pdf?as_of=" in then
    assert "44\u00a0%" in now and "40\u00a0%" not in now


def _off():
    raise pdf.PdfIsOff
