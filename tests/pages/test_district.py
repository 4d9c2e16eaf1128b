"""The page of a district: why here, how one gets there, what leads to its plots, what is free, which law applies."""

import re

import pytest
import time_machine

from districts.models import District
from tests import factories
from tests.factories import (
    DocumentFactory,
    LandPlotFactory,
    PlotUtilityFactory,
    allocation_in,
)

pytestmark = pytest.mark.django_db

PUBLIC = {"visibility": "public"}


def section(page, name):
    """The text of a page from this heading to the next of its rank, without markup."""
    found = re.search(rf'<h2 id="{name}">.*?(?=<h2 id=|</main>)', page, re.DOTALL)
    assert found, name
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_its_sections_come_in_the_order_in_which_an_investor_asks(city, read):
    headings = re.findall(r'<h2 id="([a-z]+)"', read("/en/districts/growing/"))

    wanted = (
        "figures why transport utilities projects investors plots milestones regime documents contact".split()
    )
    assert [name for name in headings if name in wanted] == wanted


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "Көлік дәліздерінің тоғысында орналасуы"),
        ("ru", "на пересечении транспортных коридоров"),
        ("en", "crossing of transport corridors"),
    ],
)
def test_why_here_is_what_a_source_says(city, read, language, words):
    why = section(read(f"/{language}/districts/growing/"), "why")

    assert words in why
    assert "[SEED]" in why


def test_transport_is_what_bounds_it_with_its_length(city, read):
    growing = section(read("/en/districts/growing/"), "transport")

    assert "Zhetygen – Kazybek bek railway line" in growing
    assert "75&nbsp;km" in growing
    assert "not published" in section(read("/en/districts/gate/"), "transport")


def test_utilities_are_unknown_until_a_plot_is_published(city, read):
    gate = District.objects.get(code="gate")
    assert "Power, water, gas, sewer, heat, telecom, road, rail: not published" in section(
        read("/en/districts/gate/"), "utilities"
    )

    plot = LandPlotFactory(district=gate, **PUBLIC)
    PlotUtilityFactory(plot=plot, capacity=40)
    PlotUtilityFactory(plot=LandPlotFactory(district=gate, is_demo=True, **PUBLIC), capacity=900)
    PlotUtilityFactory(plot=LandPlotFactory(district=gate), capacity=800)

    told = section(read("/en/districts/gate/"), "utilities")
    assert "Power Ready: 1 40 MW" in told.replace("\xa0", " ").replace("&nbsp;", " ")
    assert "900" not in told
    assert "800" not in told


def test_open_plots_are_the_free_ones_that_are_published(city, read):
    gate = District.objects.get(code="gate")
    assert "No free plot of this district is published yet" in section(read("/en/districts/gate/"), "plots")

    LandPlotFactory(district=gate, name_en="Free one", **PUBLIC)
    LandPlotFactory(district=gate, name_en="Hidden one")
    LandPlotFactory(district=gate, name_en="Made-up one", is_demo=True, **PUBLIC)
    allocation_in("reserved", plot=LandPlotFactory(district=gate, name_en="Held one", **PUBLIC))

    told = section(read("/en/districts/gate/"), "plots")
    assert "1 free plot" in told
    assert "Free one" in told
    assert "Made-up one invented, for trying out" in told
    assert "Hidden one" not in told
    assert "Held one" not in told


@pytest.mark.parametrize(
    ("day", "next_one"), [("2026-06-30", "1 July 2026"), ("2026-11-22", "1 January 2027"), ("2027-07-01", "")]
)
def test_the_law_says_what_applies_and_what_is_to_come(city, read, day, next_one):
    with time_machine.travel(f"{day} 12:00+05:00"):
        told = section(read("/en/districts/gate/"), "regime")

    assert told.count("Will apply") == {"1 July 2026": 3, "1 January 2027": 2, "": 0}[next_one]
    assert (f"The next stage applies from {next_one}." in told) == bool(next_one)


def test_its_documents_and_those_of_the_city_are_listed(city, read):
    gate, golden = (District.objects.get(code=code) for code in ("gate", "golden"))
    DocumentFactory(district=gate, name_en="Detailed plan", **PUBLIC)
    DocumentFactory(name_en="General plan", **PUBLIC)
    DocumentFactory(district=golden, name_en="Plan of another", **PUBLIC)
    DocumentFactory(district=gate, name_en="Draft")
    DocumentFactory(district=gate, name_en="Not scanned", file__scan_state="pending", **PUBLIC)

    told = section(read("/en/districts/gate/"), "documents")

    assert "Detailed plan" in told
    assert "General plan" in told
    assert "Plan of another" not in told
    assert "Draft" not in told
    assert "Not scanned" not in told


def test_documents_of_a_project_are_on_its_page(city, read):
    project = factories.ProjectFactory(**PUBLIC)
    DocumentFactory(project=project, name_en="Feasibility study", **PUBLIC)

    assert "Feasibility study" in section(read(f"/en/projects/{project.public_id}/"), "documents")


def test_documents_of_a_plot_are_on_its_page(city, read):
    plot = LandPlotFactory(**PUBLIC)
    DocumentFactory(plot=plot, name_en="Survey of the plot", **PUBLIC)
    DocumentFactory(plot=plot, name_en="Draft of a survey")

    told = section(read(f"/en/invest/plots/{plot.public_id}/"), "documents")

    assert "Survey of the plot" in told
    assert "Draft of a survey" not in told


def test_the_date_of_the_data_stands_on_the_page(city, read):
    assert "29 September 2025" in section(read("/en/districts/gate/"), "sources")
