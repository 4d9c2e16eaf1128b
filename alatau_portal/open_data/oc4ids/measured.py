"""Numbers: the budget, what is promised, what was planned for a period, and what was accepted of it."""

from collections.abc import Iterable
from typing import Any

from alatau_portal.open_data.oc4ids.words import instant, number, of_figure, sentences
from core import formats
from districts.choices import Measure, Unit
from tasks.reporting_choices import PERCENT, Metric

#: Codes of UN/CEFACT Recommendation 20.
UNCEFACT = {Unit.HECTARE: "HAR", Unit.SQUARE_METRE: "MTK", Unit.METRE: "MTR", Unit.PERCENT: "P1"}
#: What is counted as it goes on; everything else that is measured of a project is promised.
COUNTED = {Measure(metric.value) for metric in Metric}
PROMISED_TO_PEOPLE = (Measure.PLANNED_JOBS, Measure.JOBS, Measure.CONSTRUCTION_JOBS)


def budget(project: Any, language: str) -> dict[str, Any]:
    """The sum that is chosen among those of the sources; of a range only its bounds in words."""
    for figure in _figures(project, [Measure.INVESTMENT]):
        if figure.value_max is None:
            amount = {"amount": number(figure.value), "currency": figure.currency}
            return {"amount": amount, "description": of_figure(figure, language)}
        bounds = (
            formats.money(value, figure.currency, language) for value in (figure.value, figure.value_max)
        )
        return {"description": sentences(" – ".join(bounds), of_figure(figure, language))}
    return {}


def benefits(project: Any, language: str) -> list[dict[str, Any]]:
    """Jobs that are promised."""
    found = []
    for figure in _figures(project, PROMISED_TO_PEOPLE):
        name = str(figure.get_measure_display())
        people = int(figure.value) if figure.value_max is None else None
        told = {"title": name, "description": of_figure(figure, language)}
        found.append({**told, "beneficiaries": [{"description": name, "numberOfPeople": people}]})
    return found


def forecasts(project: Any, language: str) -> list[dict[str, Any]]:
    """What sources promise of the project, then what is planned for its periods."""
    promised = [
        _metric(figure, language) for figure in project.chosen_figures if figure.measure not in COUNTED
    ]
    planned = _by_metric((plan.metric, plan, plan.period) for plan in project.plans_told)
    return promised + planned


def metrics(project: Any, language: str) -> list[dict[str, Any]]:
    """What was reported and accepted, period by period; what only a source counted, where nothing was reported."""
    accepted = _by_metric(
        (value.metric, value, report.period)
        for report in project.reports_told
        for value in report.values_told
    )
    reported = {metric["id"] for metric in accepted}
    counted = (figure for figure in project.chosen_figures if figure.measure in COUNTED)
    return accepted + [
        _metric(figure, language) for figure in counted if _camel(figure.measure) not in reported
    ]


def _figures(project: Any, measures: Iterable[str]) -> list[Any]:
    return [figure for figure in project.chosen_figures if figure.measure in measures]


def _metric(figure: Any, language: str) -> dict[str, Any]:
    """Both bounds of a range are observations of their own."""
    bounds = [("", figure.value)]
    if figure.value_max is not None:
        bounds = [("-from", figure.value), ("-to", figure.value_max)]
    return {
        "id": _camel(figure.measure),
        "title": str(figure.get_measure_display()),
        "observations": [
            {
                "id": f"{_camel(figure.measure)}{bound}",
                **_value(value, figure.unit, figure.currency),
                "notes": of_figure(figure, language),
            }
            for bound, value in bounds
        ],
    }


def _by_metric(answers: Iterable[tuple[str, Any, Any]]) -> list[dict[str, Any]]:
    """Answers (metric, row with its value, period) as one metric each, in the order of the periods."""
    found: dict[str, dict[str, Any]] = {}
    for code, row, period in answers:
        title = str(Metric(code).label)
        metric = found.setdefault(code, {"id": _camel(code), "title": title, "observations": []})
        unit = Unit.PERCENT if code in PERCENT else Unit.JOB
        observed = {
            "id": f"{_camel(code)}-{period.kind}-{period.starts:%Y-%m}",
            "period": {"startDate": instant(period.starts), "endDate": instant(period.ends)},
            **_value(row.value, unit, row.currency),
        }
        metric["observations"].append(observed)
    return list(found.values())


def _value(value: Any, unit: str, currency: str) -> dict[str, Any]:
    if currency:
        return {"value": {"amount": number(value), "currency": currency}}
    code = UNCEFACT.get(Unit(unit))
    coded = {"scheme": "UNCEFACT", "id": code} if code else {}
    return {"measure": number(value), "unit": {"name": str(Unit(unit).label), **coded}}


def _camel(code: str) -> str:
    """physical_progress → physicalProgress, as the standard writes its codes."""
    first, *rest = code.split("_")
    return first + "".join(word.capitalize() for word in rest)
