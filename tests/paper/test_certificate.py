"""The certificate on execution: the figures of the board, by organisation, with the overdue named."""

from datetime import date

import pytest

from tasks import services
from tasks.choices import Attention
from tests.factories import (
    OrganisationFactory,
)
from tests.pages.board import BOARD, DUE, asked, counters, told
from tests.paper.reading import PDF

pytestmark = pytest.mark.django_db


class TestCertificate:
    PAGE = "/kk/control/certificate/"

    @pytest.fixture
    def rows(self, office, leadership, executor, akimat):
        for state in (
            "registered",
            "on_control",
            "in_execution",
            "reported",
            "returned",
            "executed",
            "cancelled",
        ):
            for due in (date(2026, 2, 2), date(2026, 2, 10), DUE):
                told(f"{state} {due}", state, due=due, lead=akimat)
        extended = asked(office, leadership, executor, text="Созылған")
        services.grant(extended.extensions.get(), by=leadership)
        told("without", "registered", due=None)

    def test_its_figures_are_the_counters_of_the_board(self, client, office, rows):
        client.force_login(office)

        for query in (
            "",
            "?lead=akimat_almaty_region",
            "?due_from=2026-02-05&due_to=2026-03-31",
            "?issuer=nobody",
        ):
            certificate = client.get(self.PAGE + query).context
            board = {
                href.rpartition("attention=")[2].partition("&")[0]: number
                for href, number in counters(client.get(BOARD + query))
            }
            found = {figure: number for figure, number, _href in certificate["figures"]}
            for code in ("overdue", "soon", "on_time", "confirmation", "returned"):
                assert found[Attention(code).label] == board[code], (query, code)
            assert certificate["total"] == client.get(BOARD + query).context["total"]

    def test_each_figure_leads_to_as_many_rows(self, client, office, rows):
        client.force_login(office)

        figures = client.get(f"{self.PAGE}?lead=akimat_almaty_region").context["figures"]

        led = [(number, href) for _label, number, href in figures if href]
        assert len(led) == 9 and sum(number for number, _href in led) > 20
        for number, href in led:
            assert client.get(href).context["total"] == number

    def test_organisations_sum_to_the_whole(self, client, office, rows):
        client.force_login(office)

        table = client.get(self.PAGE).context["rows"]

        columns = [[cell for _head, cell in row][1:] for row in table]
        assert [sum(column) for column in zip(*columns[:-1], strict=True)] == columns[-1]
        assert columns[-1][0] == 23

    def test_what_was_reported_after_the_term_is_told_apart(self, client, office, mic):
        for due in (date(2026, 2, 28), date(2026, 3, 1)):  # a report of tests is of 1 March
            told(str(due), "executed", due=due, lead=mic)
        client.force_login(office)

        row = [cell for _head, cell in client.get(self.PAGE).context["rows"][0]]

        assert row[1:] == [2, 0, 0, 2, 1, 0]

    @pytest.mark.parametrize("form", [PDF, "docx"])
    def test_the_paper_says_the_same_and_names_the_overdue(self, taken, office, rows, akimat, form):
        text = taken(office, f"control/certificate.{form}", "en", lead=akimat.code, due_to="2026-12-31")

        assert "3 February 2026" in text and f"Responsible executor: {akimat}" in text
        assert "Due to: 31 December 2026" in text
        assert "Instructions in all 21" in text and "Overdue 3" in text
        for state in ("on_control", "in_execution", "returned"):
            assert f"{state} 2026-02-02" in text
        assert "reported 2026-02-02" not in text and "Созылған" not in text

    def test_an_organisation_counts_its_own(self, client, executor, rows):
        client.force_login(executor)

        assert client.get(self.PAGE).context["total"] == 1

    def test_a_period_is_kept_in_the_addresses_of_its_files(self, client, office):
        client.force_login(office)

        page = client.get(f"{self.PAGE}?due_from=2026-01-01&due_to=2026-03-31").content.decode()

        assert 'href="/kk/control/certificate.pdf?due_from=2026-01-01&amp;due_to=2026-03-31"' in page

    @pytest.mark.parametrize("query", ["due_from=yesterday", "lead=a&lead=b"])
    def test_a_wrong_filter_is_told(self, client, office, query):
        client.force_login(office)

        answer = client.get(f"{self.PAGE}?{query}")

        assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()

    def test_more_organisations_cost_no_more_queries(self, client, office, django_assert_max_num_queries):
        for _number in range(10):
            told("a", lead=OrganisationFactory())
        client.force_login(office)

        with django_assert_max_num_queries(10):
            client.get(self.PAGE)
