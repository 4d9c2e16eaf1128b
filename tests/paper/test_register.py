"""The list on control as a file: the rows of the board, its filters, its order."""

from datetime import date

import pytest

from tasks import services
from tasks.views.papers import register as of_register
from tests.factories import (
    ExecutorFactory,
)
from tests.pages.board import BOARD, asked, told
from tests.paper.reading import PDF, of_xlsx
from tests.personas import reader

pytestmark = pytest.mark.django_db


class TestRegister:
    ADDRESS = "control/register.docx"

    @pytest.mark.parametrize("form", [PDF, "docx", "xlsx"])
    def test_it_is_the_list_of_the_board_with_its_filters_in_words(self, taken, office, mic, akimat, form):
        told("Көпір", lead=mic, due=date(2026, 2, 2))
        told("Жол", lead=akimat)

        text = taken(office, f"control/register.{form}", "en", lead="mic")

        assert "Көпір" in text and "Жол" not in text
        assert f"Responsible executor: {mic}" in text and "Instructions: 1; overdue: 1" in text

    def test_a_moved_term_stands_beside_the_first(self, taken, office, leadership, executor):
        row = asked(office, leadership, executor)
        services.grant(row.extensions.get(), by=leadership)

        assert "1 Apr 2026 first: 2 Mar 2026" in taken(office, self.ADDRESS, "en")

    @pytest.mark.parametrize(
        ("persona", "rows"), [("office", 3), ("executor", 1), ("investor", 1), ("stranger", 0)]
    )
    def test_each_has_what_his_board_shows(self, client, request, mic, caspian_group, persona, rows):
        told("mine", lead=mic)
        ExecutorFactory(instruction=told("theirs"), organisation=caspian_group)
        told("public", visibility="public")
        client.force_login(reader(persona, request))

        found = of_xlsx(client.get("/kk/control/register.xlsx").content)

        assert sum(isinstance(row[0], int) for row in found) == rows

    def test_it_has_the_order_of_the_page(self, client, office):
        for text, due in (("b", 5), ("a", 3), ("c", 9)):
            told(text, due=date(2026, 3, due))
        client.force_login(office)

        found = of_xlsx(client.get("/kk/control/register.xlsx?ordering=due").content)

        assert [row[2] for row in found if isinstance(row[0], int)] == ["a", "b", "c"]

    def test_words_that_look_like_formulas_stay_words(self, client, office):
        told("=HYPERLINK(1)", number="+7")
        client.force_login(office)

        row = of_xlsx(client.get("/kk/control/register.xlsx").content)[-1]

        assert row[2] == "=HYPERLINK(1)" and row[1].startswith("+7")

    def test_a_list_that_is_too_long_says_what_to_do(self, client, office, monkeypatch):
        monkeypatch.setitem(of_register.MOST, "docx", 1)
        for text in ("a", "b"):
            told(text)
        client.force_login(office)

        answer = client.get("/en/control/register.docx?ordering=due")

        assert answer.status_code == 409
        page = answer.content.decode()
        assert "2 instructions" in page and 'href="/en/control/register.xlsx?ordering=due"' in page

    @pytest.mark.parametrize(
        "query", ["due_from=31.13.2026", "lead=a&lead=b", "state=nothing", "extended_min=x"]
    )
    @pytest.mark.parametrize("name", ["register.docx", "register.xlsx", "certificate.docx"])
    def test_an_address_without_sense_is_refused(self, client, office, query, name):
        client.force_login(office)

        expected = 200 if name.startswith("certificate") and query.startswith(("state", "extended")) else 400
        assert client.get(f"/kk/control/{name}?{query}").status_code == expected

    def test_the_board_leads_to_its_files(self, client, office):
        client.force_login(office)

        page = client.get(f"{BOARD}?attention=overdue&lead=mic").content.decode()

        for form in ("pdf", "docx", "xlsx"):
            assert f'href="/kk/control/register.{form}?attention=overdue&amp;lead=mic"' in page
        assert 'href="/kk/control/certificate/?lead=mic"' in page

    def test_more_rows_cost_no_more_queries(self, client, office, django_assert_max_num_queries):
        for _number in range(12):
            told("a")
        client.force_login(office)

        with django_assert_max_num_queries(9):
            client.get("/kk/control/register.xlsx")
