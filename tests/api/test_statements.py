"""Figures and claims, one by one: the public reads the chosen ones, the house all that was said."""

from typing import Any

import pytest

from districts.models import District
from tests.api.conftest import path_of
from tests.factories import (
    ClaimFactory,
    DistrictFactory,
    FigureFactory,
    FigureSourceFactory,
    OrganisationFactory,
    ProjectFactory,
)

PUBLIC = {"chosen": True, "visibility": "public"}


@pytest.fixture
def said(db: None) -> dict[str, Any]:
    """A project of which two figures and two claims contradict each other, and what is said of the rest."""
    project = ProjectFactory(visibility="public", name_ru="Завод")
    gate, company = DistrictFactory(code="gate"), OrganisationFactory(visibility="public", code="pepsico")
    chosen = FigureFactory(project=project, value=24, printed="24 га", **PUBLIC)
    other = FigureFactory(project=project, value=20, visibility="public")
    FigureSourceFactory(figure=chosen)
    FigureFactory(project=None, measure="area", value="88267.0086", **PUBLIC)
    FigureFactory(project=None, district=gate, measure="population", unit="person", **PUBLIC)
    ClaimFactory(project=project, **PUBLIC)
    ClaimFactory(project=project, visibility="public")
    ClaimFactory(project=None, organisation=company, field="identity", **PUBLIC)
    ClaimFactory(project=None, field="legal_regime", **PUBLIC)
    return {"project": project, "chosen": chosen, "other": other}


@pytest.mark.parametrize(("register", "public", "all_of_them"), [("figures", 3, 4), ("claims", 3, 4)])
def test_the_house_reads_what_was_not_chosen_too(
    said: Any, get: Any, office: Any, investor: Any, register: str, public: int, all_of_them: int
) -> None:
    for reader, number in ((None, public), (investor, public), (office, all_of_them)):
        page = get(path_of(register), reader, count=1)
        assert (len(page["results"]), page["count"]) == (number, number)
    assert len(get(path_of(register), office, chosen="false")["results"]) == 1
    assert get(path_of(register), chosen="false")["results"] == []


def test_a_statement_that_was_not_chosen_does_not_exist_for_the_public(
    said: Any, api: Any, office: Any
) -> None:
    address = path_of("figures", str(said["other"].pk))

    assert (api().get(address).status_code, api(office).get(address).status_code) == (404, 200)


def test_a_figure_says_all_that_is_known_of_it(said: Any, get: Any, settings: Any) -> None:
    figure, project = said["chosen"], said["project"]
    shown = get(path_of("figures", str(figure.pk)), lang="ru")

    assert shown["url"] == f"{settings.PUBLIC_URL}/api/v1/figures/{figure.pk}/"
    assert shown["subject"] == {
        "kind": "project",
        "code": project.public_id,
        "name": "Завод",
        "url": f"{settings.PUBLIC_URL}/api/v1/projects/{project.public_id}/",
    }
    assert (shown["value"], shown["unit"], shown["printed"], shown["as_of"]) == (
        "24",
        "ha",
        "24 га",
        "2025-09-29",
    )
    assert shown["source"]["code"] and len(shown["other_sources"]) == 1
    (embedded,) = get(path_of("projects", project.public_id), lang="ru")["figures"]
    assert embedded.items() <= shown.items()


@pytest.mark.parametrize(
    ("register", "query", "number"),
    [
        ("figures", {"subject": "city"}, 1),
        ("figures", {"subject": "gate"}, 1),
        ("figures", {"subject": "golden"}, 0),
        ("figures", {"district": "gate"}, 1),
        ("figures", {"measure": "area"}, 1),
        ("figures", {"measure": "jobs"}, 0),
        ("claims", {"subject": "city"}, 1),
        ("claims", {"subject": "pepsico"}, 1),
        ("claims", {"organisation": "pepsico"}, 1),
        ("claims", {"field": "identity"}, 1),
        ("claims", {"field": "funding"}, 0),
    ],
)
def test_statements_are_found_by_what_they_are_about(
    said: Any, get: Any, register: str, query: dict[str, str], number: int
) -> None:
    assert len(get(path_of(register), **query)["results"]) == number


def test_statements_of_a_project_are_found_by_its_id(said: Any, get: Any, office: Any) -> None:
    code = said["project"].public_id

    for name in ("subject", "project"):
        assert len(get(path_of("figures"), **{name: code})["results"]) == 1
        assert len(get(path_of("claims"), office, **{name: code})["results"]) == 2


def test_pages_follow_one_another_in_every_order(said: Any, get: Any, office: Any) -> None:
    for ordering in ("measure", "-measure", "as_of", "-as_of", "-updated_at"):
        whole = [row["url"] for row in get(path_of("figures"), office, ordering=ordering)["results"]]
        found, page = [], get(path_of("figures"), office, ordering=ordering, limit=1)
        while True:
            found += [row["url"] for row in page["results"]]
            if page["next"] is None:
                break
            cursor = page["next"].partition("cursor=")[2].partition("&")[0].replace("%3A", ":")
            page = get(path_of("figures"), office, ordering=ordering, limit=1, cursor=cursor)
        assert found == whole and len(set(found)) == 4


def test_a_share_names_the_whole_only_to_who_may_know_it(said: Any, get: Any, office: Any) -> None:
    part = FigureFactory(project=said["project"], measure="jobs", unit="job", part_of=said["other"], **PUBLIC)
    address = path_of("figures", str(part.pk))

    assert get(address)["part_of"] is None
    assert get(address, office)["part_of"].endswith(f"/figures/{said['other'].pk}/")


def test_a_hidden_project_is_not_betrayed_by_what_is_said_of_it(db: None, get: Any) -> None:
    project = ProjectFactory()
    FigureFactory(project=project, **PUBLIC)
    ClaimFactory(project=project, **PUBLIC)
    ClaimFactory(project=None, organisation=OrganisationFactory(), **PUBLIC)

    assert get(path_of("figures"))["results"] == [] and get(path_of("claims"))["results"] == []
    assert get(path_of("figures"), subject=project.public_id)["results"] == []


@pytest.mark.parametrize("key", ["0", "007", "1.5", "a", "9" * 40, "٣"])
def test_a_key_that_is_none_is_not_found(db: None, anonymous: Any, key: str) -> None:
    assert anonymous.get(f"/api/v1/figures/{key}/").status_code == 404


def test_no_district_is_missing(said: Any, get: Any) -> None:
    assert District.objects.count() == 1
    assert get(path_of("districts", "gate"))["figures"][0]["measure"] == "population"
