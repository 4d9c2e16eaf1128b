"""The life of an opportunity, and who sees it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from core.exceptions import Conflict, Forbidden
from core.models import Change
from investors import services
from investors.choices import OPPORTUNITY_MOVES, OpportunityState
from investors.models import Opportunity, OpportunityPlot
from tests.factories import LandPlotFactory, OpportunityFactory, OpportunityPlotFactory, opportunity_in

pytestmark = pytest.mark.django_db

ANYBODY = AnonymousUser()
TODAY = date(2026, 3, 10)
VERBS = {
    "open": services.open_opportunity,
    "matched": services.match_opportunity,
    "closed": services.close_opportunity,
}
MOVES = [(str(now), goal) for now in OpportunityState for goal in VERBS]


@pytest.mark.parametrize(("now", "goal"), MOVES)
def test_it_goes_as_the_table_says(office, now, goal):
    row = opportunity_in(now)
    if goal not in OPPORTUNITY_MOVES[now]:
        with pytest.raises(Conflict):
            VERBS[goal](row, by=office, note="as agreed")
        return

    row = VERBS[goal](row, by=office, note="as agreed")

    assert row.state == goal
    verbs = {"open": "open_opportunity", "matched": "match_opportunity", "closed": "close_opportunity"}
    assert list(Change.objects.of(row).values_list("actor", "verb", "note"))[-1] == (
        f"user:{office.pk}",
        verbs[goal],
        "as agreed",
    )


def test_what_nobody_sees_is_not_opened(office):
    with pytest.raises(ValidationError, match="publish it first"):
        services.open_opportunity(OpportunityFactory(), by=office)


@pytest.mark.parametrize("goal", ["matched", "closed"])
def test_it_ends_with_a_reason(office, goal):
    with pytest.raises(ValidationError) as caught:
        VERBS[goal](opportunity_in("open"), by=office, note=" ")
    assert "note" in caught.value.message_dict


@pytest.mark.parametrize("who", ["leadership", "executor", "investor", "auditor"])
def test_only_the_office(request, who):
    row = opportunity_in("open")
    with pytest.raises(Forbidden):
        services.close_opportunity(row, by=request.getfixturevalue(who), note="x")


def test_a_draft_is_for_the_house_whatever_is_prepared_for_it(office, investor):
    draft = OpportunityFactory(visibility="public")
    for_investors = opportunity_in("open", visibility="investor")
    for_all = opportunity_in("open")

    assert set(Opportunity.objects.visible_to(ANYBODY)) == {for_all}
    assert set(Opportunity.objects.visible_to(investor)) == {for_all, for_investors}
    assert set(Opportunity.objects.visible_to(office)) == {draft, for_all, for_investors}


def test_of_its_plots_those_are_shown_that_the_reader_may_see(office, django_assert_max_num_queries):
    opportunity = opportunity_in("open")
    hidden = OpportunityPlotFactory(opportunity=opportunity)
    shown = OpportunityPlotFactory(
        opportunity=opportunity, plot=LandPlotFactory(district=opportunity.district, visibility="public")
    )

    with django_assert_max_num_queries(2):
        (row,) = Opportunity.objects.visible_to(ANYBODY).for_display(ANYBODY, TODAY)
    assert [(plot, plot.availability) for plot in row.visible_plots] == [(shown.plot, "free")]
    (row,) = Opportunity.objects.for_display(office, TODAY)
    assert row.visible_plots == [hidden.plot, shown.plot]
    assert set(OpportunityPlot.objects.visible_to(ANYBODY)) == {shown}
    assert set(OpportunityPlot.objects.visible_to(office)) == {hidden, shown}


def test_it_takes_answers_up_to_its_last_day():
    today, for_good = opportunity_in("open", closes_on=TODAY), opportunity_in("open")
    opportunity_in("open", closes_on=TODAY - timedelta(days=1))
    opportunity_in("matched")

    assert set(Opportunity.objects.taking_answers(TODAY)) == {today, for_good}
