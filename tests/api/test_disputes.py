"""Disputes of figures by the API: the same services, the same refusals."""

from typing import Any

import pytest

from tasks import services
from tasks.models import FigureDispute
from tests.api.conftest import path_of
from tests.factories import FigureFactory, ReportingDutyFactory
from tests.tasks.test_disputes import SAID

pytestmark = pytest.mark.django_db
HERE = path_of("figure-disputes")


@pytest.fixture
def figure(akimat: Any) -> Any:
    made = FigureFactory(chosen=True, visibility="public", project__visibility="public")
    ReportingDutyFactory(project=made.project, organisation=akimat)
    return made


def body(shown: Any, **changed: Any) -> dict[str, Any]:
    said = {
        "figure": shown.pk,
        "value": "25.5",
        "as_of": "2026-03",
        "motive": "Акт бойынша",
        "language": "kk",
        "source_url": "https://example.kz/act.pdf",
    }
    return said | changed


def test_from_filing_to_the_decision(
    ask: Any, get: Any, figure: Any, office: Any, akimat_preparer: Any
) -> None:
    made = ask(akimat_preparer, HERE, body(figure))
    assert made.status_code == 201, made.content
    shown = made.json()
    assert (shown["state"], shown["value"], shown["shown"], shown["as_of"], shown["unit"]) == (
        *("open", "25.5", "20", "2026-03", "ha"),
    )
    assert shown["subject"]["code"] == figure.project.public_id
    assert [row["public_id"] for row in get(HERE, office, state="open")["results"]] == [shown["public_id"]]

    decided = ask(
        office, path_of("figure-disputes", shown["public_id"], "decide"), {"upheld": True, "note": "Рас"}
    )
    assert decided.status_code == 200, decided.content
    entered = decided.json()["recorded"].rstrip("/").rpartition("/")[2]
    told = get(path_of("figures", entered))
    assert (told["value"], told["chosen"]) == ("25.5", True)
    assert told["source"]["addresses"] == ["https://example.kz/act.pdf"]


def test_who_may(
    ask: Any, figure: Any, office: Any, auditor: Any, akimat_preparer: Any, executor: Any
) -> None:
    for user in (office, auditor, executor):
        assert ask(user, HERE, body(figure)).status_code == 403
    made = ask(akimat_preparer, HERE, body(figure)).json()["public_id"]
    decide, withdraw = (path_of("figure-disputes", made, verb) for verb in ("decide", "withdraw"))
    said = {"upheld": False, "note": "Жоқ"}
    assert ask(executor, decide, said).status_code == 404
    assert ask(akimat_preparer, decide, said).status_code == 403
    assert ask(auditor, decide, said).status_code == 403
    assert ask(office, withdraw).status_code == 403
    assert ask(akimat_preparer, HERE, body(figure)).status_code == 409
    assert ask(akimat_preparer, withdraw).json()["state"] == "withdrawn"
    assert ask(akimat_preparer, withdraw).status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("figure", 99_999_999),
        ("figure", "12"),
        ("value", 25.5),
        ("value", "-1"),
        ("value", "1e9"),
        ("value_max", "3"),
        ("as_of", "soon"),
        ("motive", "a\x00"),
        ("language", "en"),
        ("qualifier", "x"),
        ("source_url", "file:///etc/passwd"),
        ("state", "upheld"),
    ],
)
def test_bad_input(ask: Any, figure: Any, akimat_preparer: Any, field: str, value: Any) -> None:
    refused = ask(akimat_preparer, HERE, body(figure, **{field: value}))

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == f"/{field}"
    assert not FigureDispute.objects.exists()


def test_the_list_costs_the_same_for_one_and_for_many(
    get: Any, office: Any, akimat: Any, akimat_preparer: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(5):
        figure = FigureFactory(chosen=True)
        ReportingDutyFactory(project=figure.project, organisation=akimat)
        services.file_dispute(figure, by=akimat_preparer, **SAID)
    with django_assert_num_queries(1):
        assert len(get(HERE, office)["results"]) == 5
