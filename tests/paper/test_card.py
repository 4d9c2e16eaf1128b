"""The control card: all that its page says, to whom the page says it."""

import pytest

from tasks import services
from tests.factories import (
    InstructionFactory,
    ProtocolFactory,
    ProtocolItemFactory,
)
from tests.pages.board import asked, told
from tests.paper.reading import PDF
from tests.personas import reader

pytestmark = pytest.mark.django_db


def card_of(instruction, form="docx"):
    return f"control/{instruction.public_id}/card.{form}"


class TestCard:
    @pytest.fixture
    def row(self, office, leadership, executor, akimat_signer):
        row = asked(office, leadership, executor, text="Ғимаратты тұрғызу", co=[akimat_signer.organisation])
        services.contribute(row, by=akimat_signer, text="Жер бөлінді")
        services.grant(row.extensions.get(), by=leadership)
        services.report(row, by=executor, kind="interim", text="Іргетас құйылды")
        return row

    @pytest.mark.parametrize("form", [PDF, "docx"])
    def test_it_says_all_that_its_page_says(self, taken, office, leadership, executor, row, form):
        text = taken(office, card_of(row, form))

        for words in (
            row.public_id, "Ғимаратты тұрғызу", str(leadership.organisation), str(executor.organisation),
            "2026 ж. 2 наурыз", "2026 ж. 1 сәуір", "02.03.2026 → 01.04.2026", "Жабдық кешікті", "Жер бөлінді",
            "Іргетас құйылды", "2026 ж. 3 ақпан",
        ):  # fmt: skip
            assert words in text, words

    def test_the_first_term_stands_beside_the_present_one(self, taken, office, row):
        text = taken(office, card_of(row), "ru")

        first, present = text.index("2 марта 2026 г."), text.index("1 апреля 2026 г.")
        assert 0 < present - first < 60

    def test_its_history_goes_forward(self, taken, office, row):
        text = taken(office, card_of(row), "en")

        deeds = [
            "Registered",
            "Put on control",
            "Execution started",
            "More time asked for",
            "More time granted",
        ]
        places = [text.rindex(deed) for deed in deeds]
        assert places == sorted(places)

    def test_words_of_the_source_stand_in_their_language(self, client, taken, office):
        protocol = ProtocolFactory(text="Ұйымдастырсын деген сөз", language="kk", number="5")
        item = ProtocolItemFactory(
            protocol=protocol, text="Ұйымдастырсын деген сөз", order=3, start=0, end=23
        )
        row = InstructionFactory(source_item=item)

        assert "«Ұйымдастырсын деген сөз»" in taken(office, card_of(row), "ru")

    @pytest.mark.parametrize(
        ("persona", "sees"),
        [
            ("office", True), ("leadership", True), ("auditor", True), ("executor", True),
            ("akimat_preparer", True), ("investor", 404), ("stranger", 404), ("anonymous", 302),
        ],
    )  # fmt: skip
    def test_who_may_have_it(self, taken, request, row, persona, sees):
        answer = taken(reader(persona, request), card_of(row))

        assert (row.public_id in answer) if sees is True else answer == sees

    def test_of_a_published_one_others_read_what_is_published(self, taken, request, row):
        row.refresh_from_db()
        row.visibility = "public"
        row.save()

        text = taken(reader("stranger", request), card_of(row))

        assert "Ғимаратты тұрғызу" in text and "2026 ж. 1 сәуір" in text
        for inner in ("Жабдық кешікті", "Іргетас құйылды", "Жер бөлінді", "02.03.2026 →"):
            assert inner not in text

    def test_what_is_invented_is_marked(self, taken, office):
        assert "Invented" in taken(office, card_of(told("Ойдан", is_demo=True)), "en")
