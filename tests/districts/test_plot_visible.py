"""Who sees which plot, how it stands, and for whom it is held."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.backends.postgresql.psycopg_any import DateRange

from districts.models import LandPlot, PlotAllocation, PlotUtility
from tests.factories import (
    LandPlotFactory,
    OrganisationFactory,
    PlotAllocationFactory,
    PlotUtilityFactory,
    ProjectFactory,
    ProjectPartyFactory,
    UserFactory,
    allocation_in,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 10)
ANYBODY = AnonymousUser()


def seen(user, model=LandPlot):
    return set(model.objects.visible_to(user))


def test_a_plot_is_seen_as_far_as_it_is_published(office, auditor, investor):
    hidden, shown = LandPlotFactory(), LandPlotFactory(visibility="public")
    inner = LandPlotFactory(visibility="investor")
    parts = {plot: PlotUtilityFactory(plot=plot) for plot in (hidden, shown, inner)}

    assert seen(office) == seen(auditor) == {hidden, shown, inner}
    assert seen(investor) == {shown, inner}
    assert seen(ANYBODY) == {shown}
    assert seen(ANYBODY, PlotUtility) == {parts[shown]}
    assert seen(office, PlotUtility) == set(parts.values())


def test_whom_a_plot_is_held_for_sees_it(caspian_group):
    own = UserFactory(role="investor", organisation=caspian_group)
    directly, released = (PlotAllocationFactory(project=None, organisation=caspian_group) for _ in range(2))
    project = ProjectFactory()
    ProjectPartyFactory(project=project, organisation=caspian_group)
    through = PlotAllocationFactory(project=project)
    PlotAllocationFactory()
    released.state = "released"
    released.save()

    assert seen(own) == {directly.plot, through.plot}
    assert seen(own, PlotAllocation) == {directly, through, released}


def test_outsiders_are_told_of_what_is_allocated_to_what_they_know(office):
    plot = LandPlotFactory(visibility="public")
    known, unknown = ProjectFactory(visibility="public"), ProjectFactory()
    secret = OrganisationFactory()
    told = allocation_in("allocated", plot=plot, project=known)
    on_other = [LandPlotFactory(visibility="public") for _ in range(4)]
    allocation_in("allocated", plot=on_other[0], project=unknown)
    allocation_in("allocated", plot=on_other[1], project=known, organisation=secret)
    PlotAllocationFactory(plot=on_other[2], project=known)  # a reservation tells of talks
    allocation_in(
        "allocated", plot=on_other[3], project=None, organisation=OrganisationFactory(visibility="public")
    )

    assert seen(ANYBODY, PlotAllocation) == {told}
    assert len(seen(office, PlotAllocation)) == 5


def test_how_a_plot_stands_on_a_day(django_assert_max_num_queries):
    free, reserved, allocated, later, over, released = (
        LandPlotFactory(visibility="public") for _ in range(6)
    )
    PlotAllocationFactory(plot=reserved)
    allocation_in("allocated", plot=allocated)
    PlotAllocationFactory(plot=later, during=DateRange(date(2026, 4, 1), None))
    PlotAllocationFactory(plot=over, during=DateRange(date(2026, 1, 1), TODAY))
    allocation_in("released", plot=released)

    with django_assert_max_num_queries(3):
        rows = list(LandPlot.objects.visible_to(ANYBODY).for_display(ANYBODY, TODAY))
    stands = {row: row.availability for row in rows}

    assert stands == dict.fromkeys([free, later, over, released], "free") | {
        reserved: "reserved",
        allocated: "allocated",
    }
    assert [row.visible_allocations for row in rows if row == reserved] == [[]]
    for how in ("free", "reserved", "allocated"):
        assert set(LandPlot.objects.available(how, TODAY)) == {row for row in rows if stands[row] == how}


def test_what_leads_to_a_plot():
    here = PlotUtilityFactory(capacity=Decimal("5.5"))
    PlotUtilityFactory(capacity=2)
    unknown = PlotUtilityFactory(capacity=None, unit="", state="planned")
    PlotUtilityFactory(capacity=None, unit="", state="none")
    PlotUtilityFactory(utility="rail", capacity=None, unit="")

    assert set(LandPlot.objects.with_utility("power", Decimal(5))) == {here.plot}
    assert unknown.plot in set(LandPlot.objects.with_utility("power"))
    assert LandPlot.objects.with_utility("power").count() == 3
    assert LandPlot.objects.with_utility("rail").count() == 1


def test_a_plot_that_is_ready_in_a_year_is_ready_at_its_end():
    plot = LandPlotFactory(ready_on="2027")
    LandPlotFactory()

    assert not LandPlot.objects.ready_by(date(2027, 6, 1))
    assert LandPlot.objects.ready_by(date(2027, 12, 31)).get() == plot


def test_what_is_invented_is_in_no_total():
    LandPlotFactory(is_demo=True, visibility="public")

    assert not LandPlot.objects.real().exists()
    assert LandPlot.objects.visible_to(ANYBODY).count() == 1
