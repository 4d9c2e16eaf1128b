"""The style guide shows every component, in three languages, to staff and to nobody else."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test.signals import template_rendered

from alatau_portal.pages import styleguide
from alatau_portal.pages.styleguide import tokens
from alatau_portal.pages.styleguide.example import apart

pytestmark = pytest.mark.django_db

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
SECTIONS = ["", *(f"{name}/" for name in styleguide.SECTIONS if name)]


def test_every_component_is_shown(rf, office):
    rendered = set()

    def note(template, **_):
        rendered.add(template.name)

    request = rf.get("/kk/styleguide/")
    request.user = office
    template_rendered.connect(note)
    for section in styleguide.SECTIONS.values():
        for example in section.examples:
            styleguide.specimens(example, "", request)
    template_rendered.disconnect(note)

    shown = {Path(name).stem for name in rendered if name and name.startswith("components/")}
    assert {path.stem for path in COMPONENTS.glob("*.html")} - styleguide.FRAME == shown


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("persona", ["office", "leadership", "auditor"])
def test_staff_see_it_in_every_language(client, request, persona, section, language):
    client.force_login(request.getfixturevalue(persona))

    text = client.get(f"/{language}/styleguide/{section}").content.decode()

    for word in ("Мысал", "пример", "xample") if section else ():
        assert word in text


@pytest.mark.parametrize("section", [*SECTIONS, "nothing/"])
@pytest.mark.parametrize("persona", ["anonymous", "executor", "akimat_preparer", "investor"])
def test_nobody_else_knows_of_it(client, request, persona, section):
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))

    assert client.get(f"/kk/styleguide/{section}").status_code == 404


def test_staff_are_led_to_it_and_nobody_else(client, office, executor):
    link = 'href="/kk/styleguide/"'
    client.force_login(office)
    assert link in client.get("/kk/").content.decode()
    client.force_login(executor)
    assert link not in client.get("/kk/").content.decode()


def test_an_id_is_on_a_page_once(client, office):
    client.force_login(office)

    for section in SECTIONS:
        text = client.get(f"/kk/styleguide/{section}").content.decode()
        ids = [part.split('"')[0] for part in text.split(' id="')[1:]]
        assert sorted(ids) == sorted(set(ids))


def test_ids_and_what_names_them_change_together():
    html = (
        '<label for="q" id="l"></label><input id="q" aria-describedby="h e"><a href="#q"></a><a href="#"></a>'
    )

    assert apart(html, "kk-") == (
        '<label for="kk-q" id="kk-l"></label><input id="kk-q" aria-describedby="kk-h kk-e">'
        '<a href="#kk-q"></a><a href="#"></a>'
    )


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000", "#ffffff", 21), ("#777777", "#fff", 4.48), ("#fff", "#fff", 1)]
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert round(tokens.contrast(one, other), 2) == ratio


@pytest.mark.parametrize("pair", tokens.read()["pairs"], ids=lambda pair: f"{pair.text} on {pair.ground}")
def test_text_can_be_read_on_its_ground(pair):
    assert pair.enough, pair
