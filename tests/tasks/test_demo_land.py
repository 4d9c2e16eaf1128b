"""Invented plots and opportunities: in every state, marked, apart from what is real, and taken out whole."""

import pytest
import shapely
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from shapely.geometry import shape

from accounts.models import User
from accounts.services import make_demo_accounts
from districts.choices import DistrictCode
from districts.models import District, LandPlot, PlotAllocation, PlotUtility
from districts.plot_choices import Utility, UtilityState
from investors.choices import OpportunityState
from investors.models import Opportunity
from tasks.demo.land import build_land, remove_land
from tests.factories import LandPlotFactory, ProjectFactory, UserFactory, opportunity_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(city, django_db_blocker):
    """Built once for all that looks at it; what a test changes is rolled back with it."""
    with django_db_blocker.unblock():
        make_demo_accounts()
        office = User.objects.get(username="office")
        for code in ("demo-project-a", "demo-project-b"):
            ProjectFactory(code=code, is_demo=True)
        yield office, build_land(office, timezone.localdate())


@pytest.fixture
def office(built, db):
    return built[0]


def test_there_are_some_in_each_district_and_of_every_kind(built, db):
    made, today = built[1], timezone.localdate()
    plots = LandPlot.objects.with_availability(today)

    assert made == plots.count() + Opportunity.objects.count() == 12
    assert set(plots.values_list("district__code", flat=True)) == set(DistrictCode.values)
    assert sorted(plot.availability for plot in plots) == ["allocated", *["free"] * 6, "reserved"]
    assert set(PlotUtility.objects.values_list("state", flat=True)) == set(UtilityState)
    assert set(PlotUtility.objects.values_list("utility", flat=True)) == set(Utility)
    assert sorted(Opportunity.objects.values_list("state", flat=True)) == sorted(OpportunityState)


def test_each_says_that_it_is_invented_and_counts_nowhere(built, db):
    for model in (LandPlot, Opportunity):
        assert not model.objects.real().exists()
        assert not model.objects.exclude(source=None).exists()
        for row in model.objects.all():
            assert row.name.kk.startswith("Үлгі") and row.name.ru.startswith("Образец")
            assert row.name.en.startswith("Sample")
    assert LandPlot.objects.visible_to(AnonymousUser()).count() == 7
    assert Opportunity.objects.visible_to(AnonymousUser()).count() == 3
    assert not PlotAllocation.objects.visible_to(AnonymousUser()).exists()


def test_each_lies_in_the_band_of_its_district(built, db):
    bands = {district.pk: shape(district.boundary) for district in District.objects.all()}

    for plot in LandPlot.objects.all():
        assert plot.schematic
        assert shapely.contains(bands[plot.district_id], shape(plot.geometry)), plot.code


def test_again_nothing_is_added(office):
    assert build_land(office, timezone.localdate()) == 0


def test_what_is_invented_goes_whole_and_what_is_real_stays(office):
    gate = District.objects.get(code="gate")
    real, offered = LandPlotFactory(district=gate), opportunity_in("open", district=gate)

    assert remove_land() == 12

    assert list(LandPlot.objects.all()) == [real]
    assert list(Opportunity.objects.all()) == [offered]
    assert not PlotAllocation.objects.exists()
    assert not PlotUtility.objects.exists()
    assert remove_land() == 0


def test_without_districts_there_is_nowhere_to_lie(db):
    assert build_land(UserFactory(role="office"), timezone.localdate()) == 0
