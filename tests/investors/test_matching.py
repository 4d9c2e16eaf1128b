"""What fits my needs: every verdict with its reason, and unknown is never a fit."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.dates import PartialDate
from investors.matching import Criterion, Needs, Verdict, Why, findings, match

TODAY = date(2026, 11, 29)


@dataclass
class Utility:
    utility: str
    state: str = "ready"
    capacity: Decimal | None = None
    unit: str = ""
    ready_on: PartialDate = field(default_factory=PartialDate)


@dataclass
class Plot:
    public_id: str = "ALT-L-0001"
    sectors: list[str] = field(default_factory=list)
    area_ha: Decimal | None = None
    ready_on: PartialDate = field(default_factory=PartialDate)
    availability: str = "free"
    supplied: list[Utility] = field(default_factory=list)

    @property
    def utilities(self) -> "Plot":
        return self

    def all(self) -> list[Utility]:
        return self.supplied


def power(state: str = "ready", capacity: int | None = 40, unit: str = "mw", ready: str = "") -> Utility:
    given = None if capacity is None else Decimal(capacity)
    return Utility("power", state, given, unit, PartialDate.parse(ready))


def verdict(needs: Needs, plot: Plot) -> tuple[Verdict, Why | None]:
    finding = findings(needs, plot, TODAY)[-1]
    return finding.verdict, finding.why


def test_a_free_plot_fits_and_one_that_is_spoken_for_does_not():
    assert {
        state: verdict(Needs(), Plot(availability=state))[0] for state in ("free", "reserved", "allocated")
    } == {
        "free": Verdict.FITS,
        "reserved": Verdict.NO,
        "allocated": Verdict.NO,
    }


def test_the_area_is_compared_with_its_numbers():
    needs = Needs(hectares=Decimal(20))

    assert verdict(needs, Plot()) == (Verdict.UNKNOWN, Why.NOT_PUBLISHED)
    assert verdict(needs, Plot(area_ha=Decimal(20))) == (Verdict.FITS, None)
    small = findings(needs, Plot(area_ha=Decimal("19.99")), TODAY)[-1]
    assert (small.verdict, small.asked, small.has, small.unit) == (Verdict.NO, 20, Decimal("19.99"), "ha")


def test_a_sector_fits_with_its_parts_and_its_whole():
    whole, part = Needs(sector="transport"), Needs(sector="transport.rail")

    assert verdict(whole, Plot(sectors=["transport.rail"]))[0] == Verdict.FITS
    assert verdict(part, Plot(sectors=["transport"]))[0] == Verdict.FITS
    assert verdict(part, Plot(sectors=["transport.air"]))[0] == Verdict.NO
    assert verdict(whole, Plot()) == (Verdict.UNKNOWN, Why.NOT_PUBLISHED)


def test_power_that_is_there_fits_where_it_is_enough():
    needs = Needs(power_mw=Decimal(40))

    assert verdict(needs, Plot(supplied=[power()])) == (Verdict.FITS, None)
    assert verdict(needs, Plot(supplied=[power(capacity=39)])) == (Verdict.NO, None)
    assert verdict(needs, Plot(supplied=[power("none", None)])) == (Verdict.NO, Why.NOT_THERE)


def test_what_is_not_published_is_unknown():
    needs = Needs(power_mw=Decimal(40))

    for supplied in ([], [power(capacity=None)], [power(unit="kw")], [power("planned", None)]):
        assert verdict(needs, Plot(supplied=supplied)) == (Verdict.UNKNOWN, Why.NOT_PUBLISHED), supplied


def test_what_is_still_to_be_built_counts_only_with_a_date_that_comes_in_time():
    for ready, by, expected in (
        ("", None, (Verdict.UNKNOWN, Why.NO_DATE)),
        ("2025", None, (Verdict.UNKNOWN, Why.DATE_PASSED)),
        ("2026", None, (Verdict.FITS, None)),  # its year is not over
        ("2027", date(2027, 12, 31), (Verdict.FITS, None)),
        ("2027", date(2027, 12, 30), (Verdict.NO, Why.LATER)),  # some day of 2027: perhaps the last
        ("2027 autumn", date(2027, 11, 30), (Verdict.FITS, None)),
    ):
        for state in ("under_construction", "planned"):
            plot = Plot(supplied=[power(state, ready=ready)], ready_on=PartialDate.parse("2026-01-01"))
            found = {one.criterion: one for one in findings(Needs(power_mw=Decimal(40), by=by), plot, TODAY)}
            assert (found[Criterion.POWER].verdict, found[Criterion.POWER].why) == expected, (
                state,
                ready,
                by,
            )


def test_a_railway_is_there_or_comes_in_time():
    needs = Needs(rail=True)

    assert verdict(needs, Plot()) == (Verdict.UNKNOWN, Why.NOT_PUBLISHED)
    assert verdict(needs, Plot(supplied=[Utility("rail")])) == (Verdict.FITS, None)
    assert verdict(needs, Plot(supplied=[Utility("rail", "none")])) == (Verdict.NO, Why.NOT_THERE)
    assert verdict(needs, Plot(supplied=[Utility("rail", "planned")])) == (Verdict.UNKNOWN, Why.NO_DATE)


def test_the_plot_itself_is_to_be_ready_in_time():
    needs = Needs(by=date(2027, 6, 1))

    assert verdict(needs, Plot()) == (Verdict.UNKNOWN, Why.NO_DATE)
    assert verdict(needs, Plot(ready_on=PartialDate.parse("2027-05"))) == (Verdict.FITS, None)
    assert verdict(needs, Plot(ready_on=PartialDate.parse("2027"))) == (Verdict.NO, Why.LATER)


def test_first_comes_what_fits_then_what_may_then_what_does_not():
    plots = [
        Plot("ALT-L-0001", area_ha=Decimal(5)),
        Plot("ALT-L-0002"),
        Plot("ALT-L-0004", area_ha=Decimal(30)),
        Plot("ALT-L-0003", area_ha=Decimal(30)),
        Plot("ALT-L-0005", area_ha=Decimal(5), availability="reserved"),
    ]

    found = match(Needs(hectares=Decimal(20)), plots, TODAY)

    assert [(one.plot.public_id[-1], one.verdict) for one in found] == [
        ("3", Verdict.FITS),
        ("4", Verdict.FITS),
        ("2", Verdict.UNKNOWN),
        ("1", Verdict.NO),
        ("5", Verdict.NO),
    ]


numbers = st.none() | st.integers(1, 100).map(Decimal)
dates = st.sampled_from(["", "2025", "2026-12", "2027", "2030-01-01"]).map(PartialDate.parse)
states = st.sampled_from(["ready", "under_construction", "planned", "none"])
utilities = st.builds(
    Utility, st.sampled_from(["power", "water", "rail"]), states, numbers, st.just("mw"), dates
)
plots = st.builds(
    Plot,
    area_ha=numbers,
    ready_on=dates,
    sectors=st.sampled_from([[], ["health"]]),
    supplied=st.lists(utilities),
)
asked = st.builds(
    Needs, st.sampled_from(["", "health", "energy"]), numbers, numbers, numbers, st.booleans(),
    st.none() | st.dates(date(2026, 1, 1), date(2031, 1, 1)),
)  # fmt: skip


@given(asked, plots)
def test_what_is_not_known_is_never_a_fit(needs: Needs, plot: Plot):
    for finding in findings(needs, plot, TODAY):
        if finding.verdict == Verdict.FITS:
            assert finding.why is None
            if finding.criterion in (Criterion.AREA, Criterion.POWER, Criterion.WATER):
                assert finding.has >= finding.asked
            if finding.criterion == Criterion.READY or finding.state in ("under_construction", "planned"):
                assert finding.when
        if finding.verdict == Verdict.UNKNOWN:
            assert finding.why is not None


@given(asked, plots)
def test_asking_for_less_never_fits_worse(needs: Needs, plot: Plot):
    """Each criterion judges by itself: without the others it says the same, but for the date that all keep."""
    whole = {one.criterion: one for one in findings(needs, plot, TODAY)}
    alone = findings(Needs(hectares=needs.hectares, by=needs.by), plot, TODAY)

    assert all(whole[one.criterion] == one for one in alone)
