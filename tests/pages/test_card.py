"""The card of an instruction: who sees what of it, in how many queries, in which words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks import services
from tests.pages.control import address, executing, in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def instruction(office, leadership, executor, akimat_preparer):
    return executing(office, leadership, executor, akimat_preparer)


@pytest.fixture
def full(instruction, office, leadership, executor, akimat_preparer):
    """With something of everything."""
    proof = services.Proof(kind="link", url="https://example.kz/act")
    services.contribute(instruction, by=akimat_preparer, text="Жер бөлінді", proofs=[proof])
    services.report(instruction, by=executor, kind="interim", text="Іргетас құйылды", proofs=[proof])
    services.accept(instruction, by=office)
    asked = services.request_extension(instruction, by=executor, new_due=in_days(60), reason="Жабдық кешікті")
    services.grant(asked, by=leadership, due=in_days(50))
    services.split(
        instruction,
        by=executor,
        text={"kk": "Дерек жинау"},
        expected_result={"kk": "Кесте"},
        lead=akimat_preparer.organisation,
        due=in_days(20),
    )
    services.save_report(instruction, by=executor, kind="final", text="Жоба мәтіні")
    return instruction


@pytest.mark.parametrize("persona", ["office", "leadership", "executor", "akimat_preparer", "auditor"])
def test_the_card_costs_at_most_twelve_queries(full, client, request, persona):
    client.force_login(request.getfixturevalue(persona))
    client.get(address(full))

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address(full))

    assert answer.status_code == 200
    asked = "\n".join(query["sql"][:160] for query in queries)
    assert len(queries) <= 12, asked


def test_all_that_there_is_stands_on_it(full, read, office):
    html = read(address(full), office)

    for words in (
        "Жер бөлінді",
        "Іргетас құйылды",
        "Жабдық кешікті",
        "example.kz/act",
        "Дерек жинау",
        "<svg",
    ):
        assert words in html
    assert "Жоба мәтіні" not in html  # a draft is its organisation's own


def test_a_draft_is_seen_by_its_organisation(full, read, executor):
    assert "Жоба мәтіні" in read(address(full), executor)
