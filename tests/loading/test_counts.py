"""What `load_alatau` brings, in numbers."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Organisation
from core.models import CalendarDay, LegalAct, LegalActStage, Source
from districts.models import District, Figure, Place, Project, PublishedFigure
from investors.models import Investor, Talk
from tasks.models import AgendaItem, Attendance, Instruction, Meeting, Protocol

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

NUMBERS = {
    Source: 90,
    LegalAct: 8,
    LegalActStage: 3,
    CalendarDay: 80,
    District: 4,
    Place: 18,
    PublishedFigure: 39,
    Project: 17,
    Investor: 7,
    Talk: 1,
    Meeting: 1,
    AgendaItem: 7,
    Attendance: 5,
    Protocol: 1,
    Instruction: 5,
}


@pytest.mark.parametrize("model", NUMBERS, ids=lambda model: model.__name__)
def test_every_register_has_its_number(model):
    assert model.objects.count() == NUMBERS[model]


def test_sources_are_the_list_and_the_two_of_the_map():
    codes = {"SEED", "GEONAMES", "NATURAL_EARTH", *(f"S{n}" for n in range(1, 88))}
    assert set(Source.objects.values_list("code", flat=True)) == codes


def test_organisations_by_kind():
    state = Organisation.objects.filter(kind__in=["state_body", "akimat"])
    others = Organisation.objects.filter(kind__in=["company", "fund", "international"])

    assert state.count() == 25
    assert others.count() == 16


def test_the_city_has_fourteen_figures_and_their_second_numbers():
    city = Figure.objects.filter(district=None, project=None)

    assert city.filter(part_of=None).count() == 14
    assert city.exclude(part_of=None).count() == 7


def test_two_instructions_of_the_meeting_and_three_others():
    assert Instruction.objects.filter(source_item__protocol__meeting__isnull=False).count() == 2
    assert Instruction.objects.filter(source_item=None).count() == 3


def test_the_constitutional_law_comes_into_force_in_stages():
    stages = LegalActStage.objects.filter(act__kind="constitutional_law").values_list(
        "in_force_on", flat=True
    )

    assert [f"{day}" for day in stages] == ["2026-07-01", "2027-01-01", "2027-07-01"]


def test_the_rules_that_are_judged_at_commit_hold(at_commit):
    at_commit()


def test_the_command_says_what_it_did():
    out = StringIO()
    call_command("load_alatau", stdout=out)

    assert "90 sources" in out.getvalue()
    assert "17 projects" in out.getvalue()
    assert "Nothing has changed." in out.getvalue()


def test_quietly_it_says_nothing():
    out = StringIO()
    call_command("load_alatau", "--quiet", stdout=out)

    assert out.getvalue() == ""
