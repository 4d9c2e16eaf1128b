"""For whom a plot is held: right, wrong, forbidden, twice at once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import override

from core.exceptions import Conflict, Forbidden
from core.models import Change, Outbox
from districts import services
from districts.models import LandPlot, PlotAllocation
from tests.factories import (
    LandPlotFactory,
    OrganisationFactory,
    PlotAllocationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    UserFactory,
    allocation_in,
)
from tests.two import beside

pytestmark = pytest.mark.django_db

NOT_OFFICE = ["leadership", "executor", "investor", "auditor"]
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
BASIS = "order 7 of 1 March 2026"


def ledger(row):
    return list(Change.objects.of(row).values_list("actor", "verb", "note"))


def reserve(plot, by, **more):
    return services.reserve_plot(
        plot, by=by, **{"basis": BASIS, "since": FIRST, "project": ProjectFactory()} | more
    )


def test_a_plot_is_reserved_allocated_and_released(office):
    allocation = reserve(LandPlotFactory(), office, until=LAST)
    assert (allocation.state, allocation.during) == ("reserved", DateRange(FIRST, date(2026, 4, 1)))

    allocation = services.allocate_plot(allocation, by=office, basis="contract 3")
    assert (allocation.state, allocation.basis) == ("allocated", "contract 3")
    assert allocation.during == DateRange(FIRST, None)

    allocation = services.release_plot(allocation, by=office, on=date(2026, 5, 1), note="The investor left.")
    assert (allocation.state, allocation.during) == ("released", DateRange(FIRST, date(2026, 5, 1)))
    assert ledger(allocation) == [
        (f"user:{office.pk}", "reserve_plot", BASIS),
        (f"user:{office.pk}", "allocate_plot", "contract 3"),
        (f"user:{office.pk}", "release_plot", "The investor left."),
    ]


def test_what_had_not_begun_keeps_its_days_when_it_is_released(office):
    allocation = reserve(LandPlotFactory(), office, until=LAST)

    released = services.release_plot(allocation, by=office, on=FIRST, note="not needed")

    assert released.during == allocation.during


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"until": date(2026, 2, 28)}, "until"),
        ({"basis": "  "}, "basis"),
        ({"project": None}, "__all__"),
    ],
)
def test_what_is_wrong_is_not_reserved(office, facts, field):
    with pytest.raises(ValidationError) as caught:
        reserve(LandPlotFactory(), office, **facts)

    assert list(caught.value.message_dict) == [field]
    assert not PlotAllocation.objects.exists()


def test_a_plot_is_held_for_one(office):
    plot = LandPlotFactory()
    reserve(plot, office, until=LAST)

    with override("en"), pytest.raises(ValidationError, match="release it first"):
        reserve(plot, office, since=LAST)
    reserve(plot, office, since=date(2026, 4, 1))


def test_what_is_allocated_for_longer_does_not_reach_into_the_next(office):
    plot = LandPlotFactory()
    first = reserve(plot, office, until=LAST)
    reserve(plot, office, since=date(2026, 6, 1))

    with override("en"), pytest.raises(ValidationError, match="release it first"):
        services.allocate_plot(first, by=office, basis=BASIS)
    first.refresh_from_db()
    assert first.state == "reserved"
    services.allocate_plot(first, by=office, basis=BASIS, until=date(2026, 5, 31))


@pytest.mark.parametrize("state", ["allocated", "released"])
def test_only_what_is_reserved_is_allocated(office, state):
    with pytest.raises(Conflict):
        services.allocate_plot(allocation_in(state), by=office, basis=BASIS)


def test_what_is_released_is_released_once_and_with_a_reason(office):
    with pytest.raises(Conflict):
        services.release_plot(allocation_in("released"), by=office, on=FIRST, note="again")
    with pytest.raises(ValidationError) as caught:
        services.release_plot(allocation_in("allocated"), by=office, on=FIRST, note=" ")
    assert "note" in caught.value.message_dict


@pytest.mark.parametrize("who", NOT_OFFICE)
def test_only_the_office(request, who):
    by = request.getfixturevalue(who)
    plot, held = LandPlotFactory(), PlotAllocationFactory()

    for verb in (
        lambda: reserve(plot, by),
        lambda: services.allocate_plot(held, by=by, basis=BASIS),
        lambda: services.release_plot(held, by=by, on=FIRST, note="x"),
    ):
        with pytest.raises(Forbidden):
            verb()
    assert not PlotAllocation.objects.filter(plot=plot).exists()


def test_the_parties_are_told_and_nobody_else(office):
    party, other = OrganisationFactory(), OrganisationFactory()
    project = ProjectFactory(visibility="public")
    ProjectPartyFactory(project=project, organisation=party)
    told = UserFactory(role="investor", organisation=party, email="told@example.kz")
    UserFactory(role="investor", organisation=other, email="other@example.kz")

    allocation = reserve(LandPlotFactory(name_en="Plot at the canal"), office, project=project)

    owed = Outbox.objects.values_list("key", flat=True)
    assert sorted(owed) == [f"{way}-plot-{allocation.pk}-reserved-{told.pk}" for way in ("bell", "mail")]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_holds_the_plot(office):
    plot, results = LandPlotFactory(), []
    projects = [ProjectFactory(), ProjectFactory()]

    def attempt(project):
        try:
            results.append(reserve(plot, office, project=project).state)
        except ValidationError:
            results.append("refused")
        finally:
            connection.close()

    with beside() as one, beside() as other:
        with transaction.atomic():
            LandPlot.objects.select_for_update().get(pk=plot.pk)
            endings = [one(lambda: attempt(projects[0])), other(lambda: attempt(projects[1]))]
        for ending in endings:
            ending.result()

    assert sorted(results) == ["refused", "reserved"]
    assert PlotAllocation.objects.filter(plot=plot).count() == 1
