"""Loading again: nothing changes by itself, corrections stay, what a file says anew is taken over."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import districts.loading
import tasks.loading
from alatau_portal.management.commands.load_alatau import load_all
from core.ledger import acting
from core.models import Change
from districts.models import (
    Claim,
    Figure,
    Milestone,
    MilestoneMove,
    Place,
    Project,
    ProjectParty,
    ProjectSource,
)
from tasks.models import Executor, Instruction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def correct(row, **columns):
    with acting("user:1", "correct"):
        type(row).objects.filter(pk=row.pk).update(**columns)


def told(loading):
    return [str(kept) for kept in loading.kept]


def test_a_second_run_writes_nothing():
    before = Change.objects.count()

    with CaptureQueriesContext(connection) as queries:
        again = load_all()

    assert Change.objects.count() == before
    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(queries) < 150
    assert again.written == 0
    assert again.kept == []


def test_the_ledger_knows_who_loaded():
    assert set(Change.objects.values_list("actor", "verb").distinct()) == {("system:load_alatau", "load")}


def test_a_correction_survives_and_is_reported():
    pepsico = Project.objects.get(code="pepsico_plant")
    correct(pepsico, name_ru="Завод «ПепсиКо»")

    again = load_all()

    pepsico.refresh_from_db()
    assert pepsico.name_ru == "Завод «ПепсиКо»"
    assert told(again) == [
        "kept as corrected: districts.Project pepsico_plant: "
        + "name_ru is 'Завод «ПепсиКо»', the file says 'Завод снеков PepsiCo'"
    ]
    assert again.written == 0


def test_a_correction_survives_a_new_value_in_the_file(say):
    k_park = Figure.objects.get(code="k-park-site-area")
    correct(k_park, value=11)

    def ten_and_a_half(figures):
        next(f for f in figures["projects"] if f["code"] == k_park.code)["value"] = "10.5"

    say(districts.loading, "figures.yaml", ten_and_a_half)
    again = load_all()

    k_park.refresh_from_db()
    assert k_park.value == 11
    assert len(told(again)) == 1


def test_a_new_value_in_the_file_reaches_an_untouched_row(say):
    def ten_and_a_half(figures):
        next(f for f in figures["projects"] if f["code"] == "k-park-site-area")["value"] = "10.5"

    say(districts.loading, "figures.yaml", ten_and_a_half)
    again = load_all()

    figure = Figure.objects.get(code="k-park-site-area")
    assert f"{figure.value:.1f}" == "10.5"
    assert Change.objects.of(figure).last().old["value"] == 10
    assert again.written == 1
    assert load_all().written == 0


def test_a_corrected_value_that_the_file_takes_over_is_no_conflict(say):
    correct(Figure.objects.get(code="k-park-site-area"), value=11)

    def eleven(figures):
        next(f for f in figures["projects"] if f["code"] == "k-park-site-area")["value"] = 11

    say(districts.loading, "figures.yaml", eleven)

    assert load_all().kept == []


def test_filling_what_the_file_leaves_empty_is_no_conflict():
    correct(Project.objects.get(code="k_park"), purpose_kk="Мәдени орталық")

    again = load_all()

    assert again.kept == []
    assert Project.objects.get(code="k_park").purpose_kk == "Мәдени орталық"


def test_a_row_that_was_removed_stays_removed_and_is_reported():
    with acting("user:1", "remove"):
        ProjectParty.objects.get(project__code="k_park").delete()

    again = load_all()

    assert not ProjectParty.objects.filter(project__code="k_park").exists()
    assert told(again) == ["kept as removed: districts.ProjectParty k_park caspian_group developer"]


def test_parts_of_a_removed_row_are_passed_over():
    with acting("user:1", "remove"):
        Instruction.objects.get(code="I-2025-09-29-02").delete()

    again = load_all()

    assert not Executor.objects.filter(group_kk="жауапты мемлекеттік органдар").exists()
    assert told(again) == ["kept as removed: tasks.Instruction I-2025-09-29-02"]


def test_a_row_that_was_added_is_left_alone():
    k_park = Project.objects.get(code="k_park")
    with acting("user:1", "add"):
        added = Milestone.objects.create(project=k_park, code="roof", name={"kk": "Шатыр", "ru": "Крыша"})

    again = load_all()

    assert Milestone.objects.filter(pk=added.pk).exists()
    assert again.kept == []


def test_a_row_whose_key_was_corrected_is_not_made_twice():
    correct(Place.objects.get(code="talgar"), code="talghar")

    again = load_all()

    assert Place.objects.count() == 18
    assert [kept.column for kept in again.kept] == ["code"]


def test_another_choice_by_hand_wins_and_is_reported():
    correct(Figure.objects.get(code="pepsico-investment-2025-09-22"), chosen=False)
    correct(Figure.objects.get(code="pepsico-investment-2026-01-15"), chosen=True)

    again = load_all()

    chosen = Figure.objects.get(project__code="pepsico_plant", measure="investment", chosen=True)
    assert chosen.code == "pepsico-investment-2026-01-15"
    assert len(again.kept) == 2


def test_a_choice_by_hand_wins_over_a_new_choice_of_the_file(say):
    correct(Claim.objects.get(code="mars-district-golden"), chosen=False)
    correct(Claim.objects.get(code="mars-district-konaev"), chosen=True)

    def add(claims):
        golden = next(c for c in claims if c["code"] == "mars-district-golden")
        claims.append({**golden, "code": "mars-district-newest"})
        golden["chosen"] = False

    say(districts.loading, "claims_projects.yaml", add)
    load_all()

    claims = Claim.objects.filter(project__code="mars_project", field="district")
    assert claims.get(chosen=True).code == "mars-district-konaev"
    assert claims.count() == 3


def test_the_file_may_choose_another(say):
    def swap(figures):
        for figure in figures["city"]:
            if figure["measure"] == "sez_area":
                figure["chosen"] = not figure["chosen"]

    say(districts.loading, "figures.yaml", swap)
    load_all()

    assert Figure.objects.get(measure="sez_area", chosen=True).code == "city-sez-area-2024-01"


def test_a_source_that_leaves_the_file_is_cited_no_longer(say):
    def drop(projects):
        next(p for p in projects if p["code"] == "k_park")["sources"] = ["SEED", "S41"]

    say(districts.loading, "projects.yaml", drop)
    load_all()

    cited = ProjectSource.objects.filter(project__code="k_park").values_list("source__code", flat=True)
    assert list(cited) == ["S41"]
    assert load_all().written == 0


def test_a_source_cited_by_hand_stays():
    k_park = Project.objects.get(code="k_park")
    with acting("user:1", "cite"):
        added = ProjectSource.objects.create(project=k_park, source=k_park.source)

    load_all()

    assert ProjectSource.objects.filter(pk=added.pk).exists()


def test_a_forecast_moves_with_its_move(say, at_commit):
    def later(projects):
        opening = next(p for p in projects if p["code"] == "k_park")["milestones"][1]
        opening["forecast"] = "2028 spring"

    say(districts.loading, "projects.yaml", later)
    load_all()
    at_commit()

    move = MilestoneMove.objects.get()
    assert (move.old.iso(), move.new.iso(), move.reason) == ("2027-23", "2028-21", "source")


def test_a_state_that_was_moved_is_neither_undone_nor_reported():
    instruction = Instruction.objects.get(code="I-2025-09-29-01")
    correct(
        instruction,
        state="on_control",
        due="2026-01-15",
        original_due="2026-01-15",
        expected_result_kk="Есеп",
    )

    again = load_all()

    instruction.refresh_from_db()
    assert instruction.state == "on_control"
    assert again.kept == []


def test_words_that_are_not_in_the_text_stop_the_load(say):
    def misquote(meetings):
        meetings[0]["protocol"]["items"][0]["text"] = "Қанат Бозымбаев тапсырма берді."

    say(tasks.loading, "meetings.yaml", misquote)
    with pytest.raises(ValueError, match="not found exactly once"):
        load_all()
