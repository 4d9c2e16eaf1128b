"""What was said in public: what the database refuses of it, who enters it, who may know of it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.exceptions import Forbidden
from core.models import Change
from districts import services
from districts.models import PublishedFigure
from tests.districts.test_refusals import partial
from tests.factories import (
    DistrictFactory,
    PublishedFigureFactory,
    PublishedFigureSourceFactory,
    SourceFactory,
)
from tests.personas import EVERYBODY, HOUSE, reader
from tests.refusals import Wrong, parameters

pytestmark = pytest.mark.django_db

PUBLIC = {"visibility": "public"}
POOL = {"scope": "pool", "pool_kk": "инвестициялық жобалар", "pool_ru": "инвестиционные проекты"}
CASES = {
    "districts_publishedfigure_scope_told": [
        Wrong(PublishedFigureFactory, {"scope": "rumour"}),
        Wrong(PublishedFigureFactory, {"scope": "district"}),
        Wrong(PublishedFigureFactory, {"scope": "pool"}),
        Wrong(PublishedFigureFactory, {"pool_ru": "инвестиционные проекты"}),
        Wrong(PublishedFigureFactory, {"scope": "city"}, {"scope": "district", "district": DistrictFactory}),
        Wrong(PublishedFigureFactory, {"pool_kk": "", "pool_ru": ""}, POOL),
    ],
    "districts_publishedfigure_pool_in_kk_and_ru": [
        Wrong(PublishedFigureFactory, {"pool_kk": ""}, POOL | PUBLIC),
        Wrong(PublishedFigureFactory, PUBLIC, POOL | {"pool_ru": ""}),
    ],
    "districts_publishedfigure_published_with_source_and_date": [
        Wrong(PublishedFigureFactory, {"source_id": None}, PUBLIC),
        Wrong(PublishedFigureFactory, {"said_on_day": None, "said_on_precision": "unknown"}, PUBLIC),
        Wrong(PublishedFigureFactory, {"visibility": "investor"}, {"source": None}),
    ],
    "districts_publishedfigure_range_upwards": [
        Wrong(PublishedFigureFactory, {"value_max": 1000}),
        Wrong(PublishedFigureFactory, {"value_max": 999}),
    ],
    "districts_publishedfigure_money_with_currency": [
        Wrong(PublishedFigureFactory, {"unit": "money"}),
        Wrong(PublishedFigureFactory, {"currency": "KZT"}),
        Wrong(PublishedFigureFactory, {"unit": "money", "currency": "tng"}),
    ],
    "districts_publishedfigure_qualifier_known": [Wrong(PublishedFigureFactory, {"qualifier": "roughly"})],
    "districts_publishedfigure_quote_with_language": [
        Wrong(PublishedFigureFactory, {"quote": "42 проекта"}),
        Wrong(PublishedFigureFactory, {"quote_language": "ru"}),
        Wrong(PublishedFigureFactory, {"quote": "42 ta loyiha", "quote_language": "uz"}),
    ],
    "districts_publishedfiguresource_once": [
        Wrong(PublishedFigureSourceFactory, twin=("published_figure_id", "source_id"))
    ],
    **partial(PublishedFigureFactory, "districts_publishedfigure_as_of_partial", "as_of"),
    **partial(PublishedFigureFactory, "districts_publishedfigure_said_on_partial", "said_on"),
}
FACTS = {
    "measure": "investment_projects_sum",
    "scope": "pool",
    "pool_kk": "инвестициялық жобалар тізімі",
    "pool_ru": "список инвестиционных проектов",
    "value": Decimal("1500000000000"),
    "unit": "money",
    "currency": "KZT",
    "said_on": "2025-11-28",
    "confidence": "high",
}


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_wrong_published_figure_is_refused_by_name(door, rule, case):
    door(rule, case)


def test_what_is_published_is_everybodys_and_an_internal_one_the_houses(request):
    shown, hidden = PublishedFigureFactory(**PUBLIC), PublishedFigureFactory()

    for name in EVERYBODY:
        seen = set(PublishedFigure.objects.visible_to(reader(name, request)))
        assert seen == ({shown, hidden} if name in HOUSE else {shown}), name


def test_the_office_enters_what_was_said(office):
    said = services.record_published_figure(by=office, source=SourceFactory(), **FACTS)

    said.refresh_from_db()
    assert (said.visibility, said.value, str(said.said_on.iso())) == (
        "internal",
        FACTS["value"],
        "2025-11-28",
    )
    entry = Change.objects.of(said).get()
    assert (entry.verb, entry.actor) == ("record_published_figure", office.ledger_name)


@pytest.mark.parametrize("persona", ["leadership", "executor", "investor", "auditor"])
def test_nobody_else_enters_it(request, persona):
    with pytest.raises(Forbidden):
        services.record_published_figure(by=request.getfixturevalue(persona), **FACTS)

    assert not PublishedFigure.objects.exists()


def test_money_without_a_currency_is_refused_in_words(office):
    with translation.override("en"), pytest.raises(ValidationError, match="Money has a currency"):
        services.record_published_figure(by=office, **FACTS | {"currency": ""})
