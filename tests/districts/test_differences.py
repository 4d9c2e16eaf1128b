"""The difference of two dates: its parts always add up, whatever the two dates hold; what was internal is not told."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.choices import Qualifier
from core.text import Text
from districts import services
from districts.comparing import Question, explain
from districts.differences import MOVING, Kind, Quantity, Standing, Sum, between
from districts.figure_choices import DifferencePart as Part
from districts.models import Figure, Project
from districts.services import publishing
from tests.factories import DistrictFactory, ProjectFactory, SourceFactory
from tests.portfolio import PUBLIC, ago, days_pass, invested, later, superseded

VISITOR = AnonymousUser()
AMOUNTS = st.decimals(min_value=0, max_value=10**15, places=4, allow_nan=False, allow_infinity=False)


@st.composite
def quantities(draw):
    unit, currency = draw(st.sampled_from([("money", "KZT"), ("money", "USD"), ("ha", ""), ("m2", "")]))
    low = draw(AMOUNTS)
    high = draw(st.none() | AMOUNTS.map(lambda more: low + more + 1))
    return Quantity(low, unit, currency, high, draw(st.sampled_from(Qualifier.values)))


STANDINGS = st.builds(
    Standing, st.booleans(), st.none() | quantities(), st.sampled_from(["", "cancelled", "undated"])
)


@given(st.lists(st.tuples(STANDINGS, STANDINGS), max_size=12))
def test_the_parts_add_up_exactly_in_every_currency(pairs):
    projects = {key: f"project {key}" for key in range(len(pairs))}
    before, after = ({key: pair[end] for key, pair in enumerate(pairs)} for end in (0, 1))

    found = between(projects, before, after)

    for total in found.totals:
        moved = [total.parts[part] for part in MOVING]
        assert sum(moved, total.before) == total.after
        assert sum(moved, Sum()) == total.difference == total.after - total.before
        assert sum((line.changes.get(total.kind, Sum()) for line in found.lines), Sum()) == total.difference
        assert total.after == _sum(after, total.kind)
        assert total.before == _sum(before, total.kind)
    counted = [key for key in projects if before[key].counts or after[key].counts]
    undated = [key for key in projects if key not in counted and after[key].why == "undated"]
    assert len(found.lines) == len(counted) + len(undated) == sum(found.numbers.values())
    assert {total.kind for total in found.totals} == {
        one.quantity.kind for end in (before, after) for one in end.values() if one.counts and one.quantity
    }


def _sum(end, kind):
    stated = [one.quantity for one in end.values() if one.counts and one.quantity]
    return sum((one.sum for one in stated if one.kind == kind), Sum())


def test_a_sum_of_another_currency_leaves_one_and_enters_the_other():
    was, becomes = Quantity(Decimal(160), "money", "USD"), Quantity(Decimal(70), "money", "KZT")

    found = between({1: "plant"}, {1: Standing(True, was)}, {1: Standing(True, becomes)})

    assert [line.part for line in found.lines] == [Part.CHANGED]
    differences = {total.kind: total.difference for total in found.totals}
    assert differences == {
        Kind("money", "KZT"): Sum(Decimal(70), Decimal(70)),
        Kind("money", "USD"): Sum(Decimal(-160), Decimal(-160)),
    }


def test_what_has_another_qualifier_only_changed_too_and_is_said_to_be_inexact():
    was, becomes = Quantity(Decimal(900), "job"), Quantity(Decimal(900), "job", qualifier="about")

    found = between({1: "plant"}, {1: Standing(True, was)}, {1: Standing(True, becomes)})

    (total,) = found.totals
    assert [line.part for line in found.lines] == [Part.CHANGED]
    assert (total.difference, total.inexact) == (Sum(), {"about": 1})


def asked(since="2025-11-01", until="2026-02-01", measure="investment", by="figures", district=None):
    days = map(date.fromisoformat, (since, until))
    return Question(*days, measure, by, district)


def lines(user=VISITOR, **question):
    found = explain(user, asked(**question))
    return {
        (
            line.project.pk,
            line.part,
            line.before and int(line.before.value),
            line.after and int(line.after.value),
        )
        for line in found.lines
    }


@pytest.mark.django_db
def test_by_figures_a_project_comes_with_its_first_figure_and_changes_with_the_next(office):
    new, stays = invested(88, "2026-01-02"), invested(20, "2025-09")
    changes = superseded(office)
    ahead = invested(5, "2026-02")  # a month holds from its last day

    assert lines() == {
        (new.pk, Part.ADDED, None, 88),
        (stays.pk, Part.UNCHANGED, 20, 20),
        (changes.pk, Part.CHANGED, 160, 368),
        (ahead.pk, Part.UNKNOWN, None, None),
    }


@pytest.mark.django_db
def test_a_project_that_was_cancelled_goes_and_the_reason_is_said(office):
    project = invested(88, "2025-09-29")
    services.change_stage(project, "cancelled", by=office, basis="The investor has left.", on="2025-12-10")

    (line,) = explain(VISITOR, asked()).lines

    assert (line.part, line.why, line.before.value, line.after) == (Part.REMOVED, "cancelled", 88, None)


@pytest.mark.django_db
def test_what_is_not_published_does_not_exist_for_outsiders(office):
    hidden = invested(7, "2026-01-02", ProjectFactory())
    secret = invested(9, "2026-01-02", visibility="internal")

    assert lines() == {(secret.pk, Part.UNKNOWN, None, None)}
    assert lines(office) == {(secret.pk, Part.ADDED, None, 9), (hidden.pk, Part.ADDED, None, 7)}


@pytest.mark.django_db
def test_a_figure_that_was_given_up_while_it_was_internal_is_never_told(office):
    project = superseded(office, visibility="internal")
    Figure.objects.update(visibility="public")

    assert lines() == {(project.pk, Part.ADDED, None, 368)}
    assert lines(office) == {(project.pk, Part.CHANGED, 160, 368)}


@pytest.mark.django_db
def test_a_figure_that_was_given_up_while_its_project_was_internal_is_never_told(office):
    project = superseded(office)
    shown = lines()
    other = ProjectFactory()
    Figure.objects.all().update(code=None)
    services.record_figure(
        by=office,
        project=other,
        code="june",
        measure="investment",
        value=Decimal(160),
        unit="money",
        currency="USD",
        as_of="2025-06",
        source=SourceFactory(),
        **PUBLIC,
    )
    later(office, other)
    Project.objects.filter(pk=other.pk).update(**PUBLIC)

    assert shown == {(project.pk, Part.CHANGED, 160, 368)}
    assert lines() == shown | {(other.pk, Part.ADDED, None, 368)}


@pytest.mark.django_db
def test_what_was_given_up_for_an_earlier_figure_was_a_mistake(office):
    project = superseded(office)
    services.choose_figure(Figure.objects.get(code="june"), by=office, note="a slip of the pen")

    assert lines() == {(project.pk, Part.UNCHANGED, 160, 160)}


@pytest.mark.django_db
def test_a_figure_that_is_retracted_leaves_nothing(office):
    project = superseded(office)
    services.retract_figure(Figure.objects.get(code="december"), by=office)

    assert lines() == {(project.pk, Part.UNKNOWN, None, None)}


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["published", "register"])
@pytest.mark.parametrize("persona", [None, "executor", "investor"])
def test_the_ledger_answers_the_house_alone(request, persona, by):
    user = request.getfixturevalue(persona) if persona else VISITOR

    with pytest.raises(PermissionDenied):
        explain(user, asked(by=by))


@pytest.mark.django_db
def test_by_the_ledger_projects_come_go_and_change_as_the_portal_showed_them(office, at_commit):
    stays, raised = invested(20, "2025-09-01"), invested(160, "2025-09-01")
    leaves, ends = invested(5, "2025-09-01"), invested(7, "2025-09-01")
    draft = invested(3, "2025-09-01", ProjectFactory())
    at_commit()
    days_pass(30)
    new = invested(88, "2025-09-01")
    Figure.objects.filter(project=raised).update(value=368)
    publishing.take_down(leaves, by=office, reason=Text("Алынды", "Снято", ""))
    services.change_stage(ends, "cancelled", by=office, basis="The investor has left.")
    at_commit()
    question = {"since": ago(20), "until": ago(0), "user": office}

    shown = {
        (stays.pk, Part.UNCHANGED, 20, 20),
        (raised.pk, Part.CHANGED, 160, 368),
        (leaves.pk, Part.REMOVED, 5, None),
        (ends.pk, Part.REMOVED, 7, None),
        (new.pk, Part.ADDED, None, 88),
    }
    assert lines(by="published", **question) == shown
    assert lines(by="register", **question) == shown | {(draft.pk, Part.UNCHANGED, 3, 3)}
    found = explain(office, asked(since=ago(20), until=ago(0), by="register"))
    assert {line.project.pk: line.why for line in found.of(Part.REMOVED)} == {
        leaves.pk: "taken_down",
        ends.pk: "cancelled",
    }
    assert found.began.date() == (timezone.now() - timedelta(days=30)).date()


@pytest.mark.django_db
def test_a_project_that_moves_leaves_its_district(office, at_commit):
    gate, golden = DistrictFactory(code="gate"), DistrictFactory(code="golden")
    project = invested(20, "2025-09-01", ProjectFactory(district=gate, **PUBLIC))
    at_commit()
    days_pass(30)
    Project.objects.filter(pk=project.pk).update(district=golden)

    question = {"since": ago(20), "until": ago(0), "by": "register"}
    (line,) = explain(office, asked(district=gate, **question)).lines
    assert (line.part, line.why) == (Part.REMOVED, "moved")
    (line,) = explain(office, asked(district=golden, **question)).lines
    assert (line.part, line.after.value) == (Part.ADDED, 20)


@pytest.mark.django_db
def test_before_it_began_the_register_holds_nothing(office):
    project = invested(20, "2025-09-01")

    found = explain(office, asked(since="2025-01-01", until=ago(0), by="register"))

    assert [(line.project.pk, line.part) for line in found.lines] == [(project.pk, Part.ADDED)]
