"""In which language an answer speaks, and what a client may accept."""

from typing import Any

import pytest
from django.test import Client

from districts.models import Project
from tests.api.conftest import EXPORTS, path_of
from tests.api.test_errors import problem

ADDRESSES = [path_of("projects"), "/api/v1/projects.csv"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_says_in_which_language_it_is(city: None, anonymous: Client, address: str) -> None:
    told = {
        query: anonymous.get(f"{address}?{query}", headers={"accept-language": "ru"})["Content-Language"]
        for query in ("", "lang=*", "lang=kk", "lang=en")
    }

    assert told == {"": "kk, ru, en", "lang=*": "kk, ru, en", "lang=kk": "kk", "lang=en": "en"}


def test_a_star_is_all_languages(city: None, get: Any) -> None:
    Project.objects.update(name_kk="Зауыт", name_ru="Завод", name_en="")
    address = path_of("projects", Project.objects.first().public_id)

    assert get(address, lang="*") == get(address)
    assert get(address, lang="*")["name"] == {"kk": "Зауыт", "ru": "Завод", "en": None}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/projects/ALT-P-9999/", 404),
        ("/api/v1/nothing/", 404),
        ("/api/v1/projects.pdf", 404),
        ("/api/v1/projects/?colour=red", 400),
        ("/api/v1/projects.csv?colour=red", 400),
        ("/api/v1/projects/?as_of=2025-01-01", 403),
    ],
)
def test_a_problem_speaks_the_language_that_the_address_names(
    db: None, anonymous: Client, address: str, status: int
) -> None:
    titles = {}
    for language in ("kk", "ru", "en"):
        asked = f"{address}{'&' if '?' in address else '?'}lang={language}"
        answer = anonymous.get(asked, headers={"accept-language": "ru"})
        titles[problem(answer, status)["title"]] = answer["Content-Language"]

    assert list(titles.values()) == ["kk", "ru", "en"]


def test_a_refused_token_is_told_in_that_language_too(db: None, anonymous: Client) -> None:
    answer = anonymous.get(path_of("projects") + "?lang=en", headers={"authorization": "Bearer wrong"})

    assert problem(answer, 401)["title"] == "Not signed in"


def test_the_description_is_english(db: None, anonymous: Client) -> None:
    assert anonymous.get("/api/v1/openapi.json")["Content-Language"] == "en"


@pytest.mark.parametrize("accept", ["", " ", "*/*", "application/*", "application/json;q=0.5, text/html"])
def test_json_is_given_to_who_accepts_it_or_says_nothing(db: None, anonymous: Client, accept: str) -> None:
    answer = anonymous.get(path_of("projects"), headers={"accept": accept})

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


@pytest.mark.parametrize("accept", ["text/csv", "application/geo+json", "text/html", "nonsense", "a" * 9000])
def test_a_list_is_json_alone_and_says_where_the_rest_is(db: None, anonymous: Client, accept: str) -> None:
    answer = anonymous.get(path_of("projects"), headers={"accept": accept, "accept-language": "en"})

    assert ".csv" in problem(answer, 406)["detail"]


@pytest.mark.parametrize("address", EXPORTS)
def test_a_file_is_of_its_own_type_alone(db: None, anonymous: Client, address: str) -> None:
    problem(anonymous.get(address, headers={"accept": "application/json"}), 406)
    taken = anonymous.get(address)["Content-Type"].partition(";")[0]
    assert anonymous.get(address, headers={"accept": taken}).status_code == 200


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/v1/", "/api/v1/openapi.json"])
def test_pages_elsewhere_may_read_what_everybody_may(db: None, anonymous: Client, address: str) -> None:
    answer = anonymous.get(address)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
