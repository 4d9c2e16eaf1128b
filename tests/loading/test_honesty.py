"""Nothing is invented: what sources leave open stays open, what they contradict each other in is all kept."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.db.models import Q
from shapely.geometry import shape
from shapely.geometry.polygon import orient

from accounts.models import Organisation
from core.apps import recorded_models
from core.models import Source
from districts.models import Claim, District, Figure, Milestone, Place, Project, ProjectParty
from tasks.models import Executor, Instruction, Protocol, ProtocolItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

OF_THE_MEETING = ["I-2025-09-29-01", "I-2025-09-29-02"]
ROOT = Path(__file__).resolve().parents[2]


def test_no_instruction_has_a_due_date():
    for instruction in Instruction.objects.all():
        assert instruction.state == "registered"
        assert (instruction.due, instruction.original_due) == (None, None)
        assert instruction.term_note_kk
        assert instruction.term_note_ru


def test_the_two_instructions_have_the_executors_that_the_text_names():
    named = {
        instruction.code: [
            (e.organisation.code if e.organisation else e.group.kk, e.role)
            for e in instruction.executors.select_related("organisation").order_by("-role", "pk")
        ]
        for instruction in Instruction.objects.filter(code__in=OF_THE_MEETING)
    }

    assert named == {
        OF_THE_MEETING[0]: [("mic", "lead"), ("akimat_almaty_region", "co"), ("инвесторлар", "co")],
        OF_THE_MEETING[1]: [("жауапты мемлекеттік органдар", "co")],
    }


def test_only_what_is_named_first_leads():
    assert Executor.objects.filter(role="lead").count() == 1
    assert Executor.objects.get(role="lead").role_basis_kk


def test_items_stand_where_they_say():
    text = Protocol.objects.get().text
    items = list(ProtocolItem.objects.order_by("start"))

    assert [item.order for item in items] == list(range(1, 10))
    assert all(item.text == text[item.start : item.end] for item in items)
    assert all(one.end <= other.start for one, other in pairwise(items))
    assert sum(item.kind == "instruction" for item in items) == 2
    assert "\ufeff" not in text
    assert "\r" not in text


def test_the_press_release_is_no_signed_protocol():
    release = Protocol.objects.get()

    assert release.kind == "press_release"
    assert (release.number, release.signed_on, release.source.code) == ("", None, "SEED")
    assert release.source_file.content_type == "text/plain"


def test_crdi_is_not_spelled_out():
    crdi = Organisation.objects.get(code="crdi")

    assert {crdi.name_kk, crdi.name_ru, crdi.name_en} == {"CRDI (Қытай)", "CRDI (Китай)", "CRDI (China)"}
    assert crdi.aliases == ["CRDI"]
    for path in ROOT.glob("*/data/*.yaml"):
        assert not re.search(r"China Railway|Research (and|&) Development Institute", path.read_text())


def test_one_district_has_an_exact_area():
    exact = Figure.objects.exclude(district=None).filter(measure="area", qualifier="exact")

    assert [(figure.district.code, figure.value) for figure in exact] == [("green", 31730)]


def test_pepsico_has_five_sums_and_one_is_chosen():
    sums = Figure.objects.filter(project__code="pepsico_plant", measure="investment")
    chosen = sums.get(chosen=True)

    assert {(s.value, s.currency, s.as_of.iso()) for s in sums} == {
        (160_000_000, "USD", "2024-06"),
        (70_000_000_000, "KZT", None),
        (200_000_000, "USD", None),
        (368_000_000, "USD", "2025-09-22"),
        (360_000_000, "USD", "2026-01-15"),
    }
    assert (chosen.value, chosen.source.code) == (368_000_000, "S35")


def test_the_population_of_2050_is_contested_and_none_is_chosen():
    figures = Figure.objects.filter(measure="planned_population_2050")

    assert figures.count() == 3
    assert not figures.filter(chosen=True).exists()


@pytest.mark.parametrize("project", ["mars_project", "k_park"])
def test_contradicting_districts_are_both_kept(project):
    claims = Claim.objects.filter(project__code=project, field="district")

    assert claims.count() == 2
    assert claims.get(chosen=True).value == "golden"


def test_mars_petcare_lends_the_mars_project_no_number():
    assert not Figure.objects.filter(project__code="mars_project").exists()


def test_every_project_has_its_status_in_the_words_of_the_source():
    for project in Project.objects.all():
        assert project.claims.filter(field="status", chosen=True).count() == 1
        assert project.stage_changes.get().to_status == project.status


def test_only_what_is_being_implemented_is_under_way():
    under_way = Project.objects.exclude(status="identification").values_list("code", "status")

    assert set(under_way) == {
        ("pepsico_plant", "implementation"),
        ("caspian_group_project", "implementation"),
        ("almaty_fan_plant_project", "implementation"),
    }


def test_talks_are_no_project_under_way():
    hub = Project.objects.get(code="rhenus_hub")

    assert (hub.kind, hub.status) == ("prospective", "identification")
    assert not hub.parties.exists()


def test_no_date_is_made_exact():
    k_park = Milestone.objects.get(project__code="k_park", code="opening")
    towers = Milestone.objects.get(project__code="iconic_towers", code="completion")

    assert (k_park.forecast_precision, k_park.forecast.iso()) == ("season", "2027-23")
    assert (towers.forecast_precision, towers.forecast.iso()) == ("year", "2029")
    assert Source.objects.get(code="S4").published.iso() == "2025-10"
    assert Source.objects.get(code="S26").published.iso() is None


def test_only_two_milestones_were_met():
    met = Milestone.objects.filter(status="met").values_list("project__code", "code")

    assert set(met) == {("k_park", "first_stone"), ("pepsico_plant", "construction_start")}


def test_guessed_coordinates_are_not_loaded():
    without = Place.objects.filter(geometry__isnull=True).values_list("code", flat=True)

    assert set(without) == {
        "pokrovka",
        "koyankus",
        "yntymak",
        "zhanalyk",
        "kazybek_bek",
        "railway_zhetygen_kazybek_bek",
    }


def test_the_airfield_is_internal():
    assert Place.objects.get(kind="airfield").visibility == "internal"


def test_geometries_are_valid_and_turn_to_the_left():
    shapes = [*District.objects.values_list("boundary", flat=True)]
    shapes += Place.objects.exclude(geometry__isnull=True).values_list("geometry", flat=True)

    for geometry in map(shape, shapes):
        assert geometry.is_valid
        if geometry.geom_type == "Polygon":
            assert orient(geometry, 1.0).exterior.coords[:] == geometry.exterior.coords[:]


def test_the_schematic_districts_do_not_overlap():
    districts = list(District.objects.order_by("south_order"))
    outlines = [shape(district.boundary) for district in districts]

    assert all(district.boundary_schematic for district in districts)
    assert [d.code for d in districts] == ["gate", "golden", "growing", "green"]
    assert all(not a.overlaps(b) for a in outlines for b in outlines if a is not b)
    assert [o.centroid.y for o in outlines] == sorted(o.centroid.y for o in outlines)


def test_places_bound_their_district_in_the_order_of_the_text():
    gate = District.objects.get(code="gate")
    named = Place.bounds.through.objects.filter(district=gate).order_by("order")

    assert [bound.place.code for bound in named] == [
        "otegen_batyr",
        "pokrovka",
        "koyankus",
        "yntymak",
        "zhanalyk",
    ]


def test_no_party_is_a_public_authority_and_no_bin_is_given():
    assert not ProjectParty.objects.filter(role="public_authority").exists()
    assert not Organisation.objects.exclude(bin=None).exists()


def test_whoever_has_no_source_says_so_in_three_languages():
    unsourced = Organisation.objects.filter(source=None)

    assert unsourced.count() == 11
    assert all("not yet checked against a source" in organisation.about.en for organisation in unsourced)
    assert all(all(organisation.about) for organisation in unsourced)


def test_what_is_published_stands_in_kazakh_and_russian():
    """Titles of acts stand as issued; everything else that has an English text has the other two."""
    for model in recorded_models():
        names = {field.name for field in model._meta.concrete_fields}
        texts = [name[:-3] for name in names if name.endswith("_kk") and f"{name[:-3]}_ru" in names]
        for text in texts:
            if (model.__name__, text) in {("LegalAct", "title"), ("LegalAct", "basis")} or text == "basis":
                continue
            some = ~Q(**{f"{text}_kk": ""}) | ~Q(**{f"{text}_ru": ""}) | ~Q(**{f"{text}_en": ""})
            all_ = ~Q(**{f"{text}_kk": ""}) & ~Q(**{f"{text}_ru": ""}) & ~Q(**{f"{text}_en": ""})
            assert not model.objects.filter(some).exclude(all_).exists(), (model, text)
