"""No page says a word that is not of its language, outside elements that say which language they are in.

Pages are found as a reader finds them, by their links, so that a new page is read without a line here.
"""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils.translation import trans_real

from accounts import services
from accounts.models import Organisation
from alatau_portal import errors
from core.jobs import deliver_outbox
from tests.admin.forms import filled
from tests.admin.rows import ROWS
from tests.pages import vocabulary
from tests.pages.crawl import Pages, browser, crawl, pages
from tests.pages.heard import sayings, words

pytestmark = pytest.mark.django_db

LANGUAGES = ["kk", "ru"]
#: Histories tell what stood in the columns of all three languages.
TELLS = "/history/"
#: The admin has half a dozen views for each of two dozen models, all made alike: each is read once.
ADMIN = [
    "/admin/",
    "/admin/districts/project/?q=alatau",
    "/admin/districts/project/?o=2&visibility__exact=internal",
]


#: Kazakh has no plural after a numeral; these only look like one.
COUNTED = re.compile(r"\d[\s\u00a0]([а-яәғқңөұүһі]+(?:лар|лер|дар|дер|тар|тер))\b")
ONE = {"гектар", "доллар", "қаңтар"}


@pytest.fixture(scope="module")
def foreign(city: Any) -> Callable[..., dict[str, list[str]]]:
    """foreign("kk", {address: html}) are the words and messages of other languages there, and where each stands."""
    closed = {language: vocabulary.known(language) for language in LANGUAGES}
    messages = {language: vocabulary.foreign(language) for language in LANGUAGES}

    def heard(language: str, pages: Pages, more: Collection[str] = ()) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for address, html in pages.items():
            texts = list(sayings(html, language))
            assert texts, f"{address} does not say that it is in {language}"
            bad = {word for text in texts for word in words(text)}
            bad = {
                word
                for word in bad
                if word.casefold() not in closed[language] and word.casefold() not in more
            }
            whole = {" ".join(text.split()) for text in texts}
            bad |= {said for said in whole & messages[language] if said.casefold() not in more}
            if language == "kk":
                bad |= {many[0] for text in texts for many in COUNTED.finditer(text) if many[1] not in ONE}
            for word in bad:
                found.setdefault(word, []).append(address)
        return found

    return heard


@pytest.fixture
def only(foreign: Any) -> Callable[..., None]:
    """only("kk", pages): nothing else is spoken on them."""

    def judge(language: str, pages: Pages, more: Collection[str] = ()) -> None:
        found = foreign(language, pages, more)
        lines = [
            f"{word}: {places[0]} (and {len(places) - 1} more)" for word, places in sorted(found.items())
        ]
        assert not found, "\n".join([f"{len(lines)} words that are not {language}:", *lines])

    return judge


#: What the style guide shows of a text in three languages.
SAMPLES = {"мысал", "пример", "примера", "example", "fff"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_for_everybody(only, language):
    home = f"/{language}/"

    only(language, pages(browser(language), [home], home))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("persona", ["office", "executor"])
def test_pages_of_those_who_are_signed_in(only, request, language, persona):
    home, user = f"/{language}/", request.getfixturevalue(persona)

    found = pages(browser(language, user), [home, f"{home}projects/?as_of=2026-01-01"], home)

    only(language, found, vocabulary.of_data([]) | SAMPLES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_signing_in_and_what_they_refuse(only, language):
    client, home = browser(language), f"/{language}/accounts/"
    wrong = {
        "login/": {"login": "nobody", "password": "no"},
        "password/reset/": {"email": "no"},
    }
    found = {address: client.get(home + address).content.decode() for address in wrong}
    for address, data in wrong.items():
        found[f"POST {address}"] = client.post(home + address, data).content.decode()
        found[f"POST {address} empty"] = client.post(home + address, {}).content.decode()

    only(language, found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_admin(only, office, language):
    """Lists, their filters, forms, forms with mistakes, history, deletion, import and export."""
    for model, row in ROWS.items():
        if model != "districts.District":
            row()
    found, client = {}, browser(language, office)
    for address, answer in crawl(client, ADMIN, "/admin/", 1, 1):
        found[address] = answer.content.decode()
        if address.endswith("/add/") and answer.status_code == 200 and "adminform" in (answer.context or {}):
            found[f"POST {address}"] = client.post(address, filled(answer)).content.decode()

    assert len(found) > 4 * len(ROWS)
    told = {address: html for address, html in found.items() if TELLS in address}
    only(language, told, vocabulary.of_data(["kk", "ru", "en"]))
    only(
        language,
        {address: found[address] for address in found.keys() - told.keys()},
        vocabulary.of_data([language]),
    )


def problems(client: Client, language: str) -> Iterator[tuple[str, Any]]:
    request = RequestFactory().get(f"/{language}/")
    yield "400", client.get(f"/{language}/projects/\0/")
    yield "403", client.get(f"/{language}/projects/?as_of=2026-01-01")
    yield "404", client.get(f"/{language}/nothing/")
    yield "405", client.post(f"/{language}/projects/")
    yield "csrf", Client(enforce_csrf_checks=True).post(f"/{language}/accounts/login/")
    yield "500", errors.broken(request)


@pytest.mark.parametrize("language", LANGUAGES)
def test_error_pages(only, language):
    found = {name: answer.content.decode() for name, answer in problems(browser(language), language)}

    only(language, found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_of_the_api(only, city, language):
    client = browser(language)
    answers = [
        client.get("/api/v1/nothing/"),
        client.get(
            "/api/v1/projects/?nothing=1&limit=0&status=x&as_of=x&district=x&count=x&lang=de&fields=x"
        ),
        client.get("/api/v1/projects/?cursor=x"),
        client.get("/api/v1/projects/?as_of=2026-01-01"),
        client.get("/api/v1/projects/", headers={"authorization": "Bearer no"}),
        client.get("/api/v1/projects/", headers={"accept": "image/png"}),
        client.post("/api/v1/projects/", "{", content_type="application/json"),
    ]
    said = [
        text
        for answer in answers
        for problem in [answer.json()]
        for text in (
            problem["title"],
            problem["detail"],
            *(one["detail"] for one in problem.get("errors", ())),
        )
    ]

    assert len(said) > 2 * len(answers)
    only(language, {text: f'<p lang="{language}">{text}</p>' for text in said})


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters(only, office, language):
    """To whom they are written says in which language."""
    cache.clear()
    services.invite(
        by=office,
        email="new@example.kz",
        role="executor",
        organisation=Organisation.objects.get(code="mic"),
        full_name="—",
        language=language,
    )
    office.email, office.language = "office@example.kz", language
    office.save()
    browser(language).post(f"/{language}/accounts/password/reset/", {"email": office.email})
    deliver_outbox()

    found = {
        letter.subject: f'<p lang="{language}">{letter.subject} {letter.body}</p>' for letter in mail.outbox
    }
    assert len(found) == 2
    only(language, found, {office.username})


@pytest.mark.parametrize(
    ("page", "leak"),
    [
        ("<p>Жобалар</p><button>Save</button>", "Save"),
        ('<p>Жобалар</p><a title="Not translated">x1</a>', "translated"),
        ("<p>Жобалар: сохранить</p>", "сохранить"),
        ('<p lang="ru">Проекты</p><p>Проекты</p>', "Проекты"),
        ("<p>next</p>", "next"),
        ('<input type="submit" value="Отправить">', "Отправить"),
        ('<html lang="kk"><title>Projects</title>', "Projects"),
        ("<p>Барлығы 17 жобалар</p>", "7 жобалар"),
    ],
)
def test_a_leak_is_heard(foreign, page, leak):
    assert leak in foreign("kk", {"page": f'<html lang="kk"><p>Басты бет</p>{page}'})


def test_what_is_marked_as_foreign_or_is_no_language_is_not_a_leak(only):
    page = """<html lang="kk"><p>Басты бет <span lang="en">Save and close</span> <code>save()</code>
    <span class="material-symbols-outlined">search</span> https://example.kz/save saved@example.kz ALT-P-0001 [S12-a]
    <script>let saved = 1</script><input type="text" value="saved"><textarea>saved</textarea></p>"""

    only("kk", {"page": page})


def test_an_untranslated_message_would_be_found(foreign, monkeypatch):
    """The hole is made in the running catalogue: what a reader would get if the word were missing."""
    html = {"page": browser("kk").get("/kk/projects/").content.decode()}
    assert foreign("kk", html) == {}

    for catalogue in trans_real.translation("kk")._catalog._catalogs:
        monkeypatch.delitem(catalogue, "Projects", raising=False)

    html = {"page": browser("kk").get("/kk/projects/").content.decode()}
    assert set(foreign("kk", html)) == {"Projects"}
