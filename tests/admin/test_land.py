"""Plots and opportunities in the admin: verbs by their pages, facts by their form."""

import pytest

from core.models import Change
from districts.models import LandPlot
from tests.admin.forms import filled
from tests.admin.rows import address
from tests.factories import (
    LandPlotFactory,
    OpportunityFactory,
    PlotAllocationFactory,
    ProjectFactory,
    allocation_in,
    opportunity_in,
)

pytestmark = pytest.mark.django_db


def page_of(row, verb):
    return address(row._meta.label, "change", row.pk).replace("/change/", f"/{verb}/")


def test_a_plot_is_reserved_allocated_and_released_by_its_pages(browse, office):
    plot, project, client = LandPlotFactory(), ProjectFactory(), browse(office)

    typed = {"project": project.pk, "since": "2026-03-01", "until": "2026-03-31", "basis": "order 7"}
    assert client.post(page_of(plot, "reserve"), typed).status_code == 302
    held = plot.allocations.get()
    page = client.get(page_of(plot, "allocate"))
    assert [code for code, _label in page.context["form"].fields["allocation"].choices] == [str(held.pk)]
    typed = {"allocation": held.pk, "basis": "contract 3", "until": ""}
    assert client.post(page_of(plot, "allocate"), typed).status_code == 302
    typed = {"allocation": held.pk, "on": "2026-05-01", "note": "The investor left."}
    assert client.post(page_of(plot, "release"), typed).status_code == 302

    held.refresh_from_db()
    assert held.state == "released"
    shown = client.get(address("districts.LandPlot", "history", plot.pk)).content.decode()
    for verb in ("reserved the plot", "allocated the plot", "released the plot", "The investor left."):
        assert verb in shown


def test_what_the_service_refuses_stands_on_the_page(browse, office):
    plot, client = PlotAllocationFactory().plot, browse(office)

    typed = {"project": ProjectFactory().pk, "since": "2026-03-01", "basis": "order 7"}
    taken = client.post(page_of(plot, "reserve"), typed)
    nobody = client.post(
        page_of(plot, "reserve"), {"since": "2024-03-01", "until": "2024-04-01", "basis": "x"}
    )

    assert "release it first" in str(taken.context["form"].errors)
    assert "for which project or organisation" in str(nobody.context["form"].errors)
    assert plot.allocations.count() == 1


def test_what_is_not_held_is_not_released(browse, office):
    plot = allocation_in("released").plot

    page = browse(office).get(page_of(plot, "release"))

    assert [code for code, _label in page.context["form"].fields["allocation"].choices] == [""]
    assert "held for nobody" in page.content.decode()


@pytest.mark.parametrize("verb", ["reserve", "allocate", "release"])
def test_verbs_of_plots_are_for_the_office(browse, auditor, verb):
    assert browse(auditor).post(page_of(LandPlotFactory(), verb), {}).status_code == 403


@pytest.mark.parametrize("verb", ["open", "match", "close"])
def test_verbs_of_opportunities_are_for_the_office(browse, auditor, verb):
    assert browse(auditor).post(page_of(opportunity_in("open"), verb), {}).status_code == 403


def test_an_opportunity_is_opened_matched_and_closed_by_its_pages(browse, office):
    row, client = OpportunityFactory(visibility="public"), browse(office)

    for verb, state in (("open", "open"), ("match", "matched"), ("close", "closed")):
        assert client.post(page_of(row, verb), {"note": "as agreed"}).status_code == 302
        row.refresh_from_db()
        assert row.state == state
    assert list(Change.objects.of(row).values_list("verb", flat=True))[1:] == [
        "open_opportunity",
        "match_opportunity",
        "close_opportunity",
    ]


def test_what_nobody_sees_is_not_opened(browse, office):
    row = OpportunityFactory()

    page = browse(office).post(page_of(row, "open"), {"note": ""})

    assert "publish it first" in str(page.context["form"].errors)


def test_a_mended_plot_keeps_its_district(browse, office):
    plot, client = LandPlotFactory(), browse(office)
    page = address("districts.LandPlot", "change", plot.pk)

    typed = filled(client.get(page)) | {"area_ha": "7.25", "why": "measured anew"}
    response = client.post(page, typed)

    assert response.status_code == 302
    assert str(LandPlot.objects.get(pk=plot.pk).area_ha) == "7.2500"
    assert 'name="district"' not in client.get(page).content.decode()


def test_a_plot_without_a_source_is_not_added(browse, office):
    client, page = browse(office), address("districts.LandPlot", "add")

    response = client.post(page, filled(client.get(page)) | {"name_kk": "Учаске", "name_ru": "Участок"})

    assert response.status_code == 200
    assert "source" in response.context["adminform"].form.errors
