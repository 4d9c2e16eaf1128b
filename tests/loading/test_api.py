"""The API on the real city: every list, to its last page, and every object of it answers to everybody."""

import pytest

from tests.api.conftest import REGISTERS, path_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

COUNTS = {
    "districts": 4,
    "projects": 17,
    "investors": 7,
    "organisations": 41,
    "meetings": 1,
    "instructions": 5,
    "sources": 90,
    "legal-acts": 8,
    "figures": 33,
    "claims": 43,
    "published-figures": 36,
    "documents": 0,
    "plots": 0,  # no real one is known
    "opportunities": 0,
    "reporting-periods": 0,  # nobody owes reports yet
}


def local(url):
    return "/" + url.split("/", 3)[3]


@pytest.mark.parametrize("register", REGISTERS)
def test_every_object_answers_a_visitor(client, register):
    urls, page = [], path_of(register) + "?limit=20"
    while page:
        answer = client.get(page)
        assert answer.status_code == 200, answer.content
        urls += [row["url"] for row in answer.json()["results"]]
        page = local(answer.json()["next"]) if answer.json()["next"] else None

    assert len(urls) == COUNTS[register]
    for url in urls:
        assert client.get(local(url)).status_code == 200, url
