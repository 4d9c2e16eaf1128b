"""The schematic map: what is on it, what must never be, and words that do not run into each other."""

from itertools import combinations
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from alatau_portal import map_labels, schematic


class District(NamedTuple):
    code: str
    name: str
    url: str
    geometry: dict | None


class Place(NamedTuple):
    name: str
    kind: str
    geometry: dict | None


def polygon(*points):
    return {"type": "Polygon", "coordinates": [[*points, points[0]]]}


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


def line(*points):
    return {"type": "LineString", "coordinates": points}


GATE = polygon((76.972, 43.430), (77.118, 43.430), (77.110, 43.462), (77.062, 43.488), (76.988, 43.476))
GREEN = polygon((76.925, 43.742), (77.105, 43.738), (77.15, 43.827), (77.114, 43.871), (76.915, 43.828))
DISTRICTS = [
    District("gate", "Gate District", "/kk/districts/gate/", GATE),
    District("green", "Green District", "/kk/districts/green/", GREEN),
    District("golden", "Golden District", "/kk/districts/golden/", None),
]
PLACES = [
    Place("Қонаев", "city", point(77.063, 43.867)),
    Place("Алматы", "city", point(76.91, 43.25)),
    Place("Өтеген батыр", "settlement", point(77.022, 43.418)),
    Place("Жетіген аэродромы", "airfield", point(77.1168, 43.7330)),
    Place("Қаскелең", "river", line((76.734, 42.922), (77.140, 43.786))),
    Place("Алматы – Қапшағай автожолы", "road", line((76.91, 43.25), (77.022, 43.418), (77.063, 43.867))),
    Place(
        "Қапшағай су қоймасы",
        "reservoir",
        polygon((77.142, 43.806), (77.6, 43.8), (77.6, 43.92), (77.114, 43.871)),
    ),
    Place("Покровка", "settlement", None),
]


def words(drawing):
    return {" ".join(line.text for line in label.lines).replace("\u00a0", " ") for label in drawing.labels}


def test_it_shows_districts_water_roads_and_towns():
    drawing = schematic.draw(DISTRICTS, PLACES, current="green")

    assert [(area.code, area.current) for area in drawing.areas] == [("gate", False), ("green", True)]
    assert {mark.name for mark in drawing.marks} == {"Қонаев", "Өтеген батыр"}
    assert words(drawing) >= {"Қонаев", "Өтеген батыр", "Қапшағай су қоймасы", "Қаскелең", "↓ Алматы"}
    assert len(drawing.ground) == 3


def test_a_military_airfield_is_never_drawn():
    airfield = [place for place in PLACES if place.kind == "airfield"]
    drawing = schematic.draw([], airfield)

    assert drawing.marks == drawing.labels == drawing.ground == []


def test_north_is_up_and_everything_is_on_the_paper():
    drawing = schematic.draw(DISTRICTS, PLACES)
    gate, green = (area.lines[0] for area in drawing.areas)

    assert green.y < gate.y
    assert all(
        0 <= line.x <= drawing.width and 0 <= line.y <= drawing.height
        for area in drawing.areas
        for line in area.lines
    )


def test_labels_do_not_run_into_each_other():
    drawing = schematic.draw(DISTRICTS, PLACES)
    names = [map_labels.Label("middle", area.lines) for area in drawing.areas]
    rooms = [map_labels._room(label) for label in [*drawing.labels, *names]]

    assert not [pair for pair in combinations(rooms, 2) if pair[0].intersects(pair[1])]


def test_two_places_at_one_point_keep_both_names():
    here = point(77.108, 43.674)
    drawing = schematic.draw([], [Place("Алатау", "city", here), Place("Жетіген", "settlement", here)])

    assert words(drawing) == {"Алатау", "Жетіген"}


@pytest.mark.parametrize(
    "geometry", [point(70, 50), line((70, 50), (71, 51)), polygon((70, 50), (71, 50), (71, 51))]
)
def test_what_lies_off_the_map_breaks_nothing(geometry):
    kind = {"Point": "settlement", "LineString": "river", "Polygon": "reservoir"}[geometry["type"]]
    drawing = schematic.draw(
        [District("gate", "Gate", "", geometry)] if kind == "reservoir" else [], [Place("X", kind, geometry)]
    )

    assert drawing.labels == drawing.marks == []


@pytest.mark.parametrize(
    ("lang", "caption"),
    [
        ("kk", "Схема: шекаралар шартты, масштабы сақталмаған"),
        ("ru", "Схема: границы условны, масштаб не соблюдён"),
        ("en", "Schematic map: boundaries are approximate and not to scale"),
    ],
)
def test_the_svg_says_that_it_is_a_scheme_and_links_every_district(lang, caption):
    hostile = District("gate", "<Gate> & Co", "/kk/districts/gate/", GATE)
    with translation.override(lang):
        html = render_to_string("components/schematic_map.html", {"map": schematic.draw([hostile], PLACES)})

    assert caption in html
    assert 'aria-label="&lt;Gate&gt; &amp; Co"' in html
    assert "<Gate>" not in html
    assert " style=" not in html
    assert not [number for number in html.split('cx="')[1:] if "," in number.split('"')[0]]


def test_near_a_district_only_what_is_around_it_is_drawn_and_it_is_larger():
    whole, near = (
        schematic.draw(DISTRICTS, PLACES, current="gate", near=is_near) for is_near in (False, True)
    )

    assert [area.code for area in near.areas] == ["gate"]
    assert {mark.name for mark in near.marks} == {"Өтеген батыр"}
    assert near.height == round(near.width * schematic.SHAPE)
    assert whole.height > near.height
    assert {"↑ Қонаев", "↓ Алматы"} <= words(near)


def test_near_a_district_without_an_outline_the_whole_map_is_drawn():
    assert len(schematic.draw(DISTRICTS, PLACES, current="golden", near=True).areas) == 2


def test_names_may_be_texts_of_any_kind():
    text = SimpleNamespace(code="gate", name=translation.gettext_lazy("Home"), url="/", geometry=GATE)
    with translation.override("ru"):
        assert schematic.draw([text]).areas[0].name == "Главная"
