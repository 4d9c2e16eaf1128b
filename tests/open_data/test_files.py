"""What stands in the files of the real city: only what is public, only what is known, the same in every file."""

import csv
import json
from hashlib import sha256
from io import StringIO

import pytest
from django.conf import settings

from alatau_portal.open_data import city, files, oc4ids
from districts.models import Project
from tests.factories import (
    FigureFactory,
    MilestoneFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    StageChangeFactory,
    progress_in,
    project_in,
)

pytestmark = pytest.mark.django_db


def packages(made):
    return {language: json.loads(made[f"oc4ids.{language}.json"]) for language in ("kk", "ru", "en")}


def told(project, language="kk"):
    """The project as the next package of the language tells it; None where it does not."""
    found = oc4ids.package(city.read(), language, project.created_at)["projects"]
    return next((one for one in found if one["identifiers"][0]["id"] == project.public_id), None)


def test_every_public_project_is_there_and_no_other(made):
    public = set(
        Project.objects.filter(visibility="public", is_demo=False).values_list("public_id", flat=True)
    )

    for package in packages(made).values():
        assert {one["identifiers"][0]["id"] for one in package["projects"]} == public
        assert {one["id"] for one in package["projects"]} == {
            f"{settings.OC4IDS_PREFIX}-{id}" for id in public
        }
    rows = list(csv.DictReader(StringIO(made["projects.csv"].decode())))
    assert {row["public_id"] for row in rows} == public
    assert {one["id"] for one in json.loads(made["projects.geojson"])["features"]} == public
    assert len(public) == 17


def test_each_package_speaks_its_language_only(made):
    names = {
        language: {one["identifiers"][0]["id"]: one["title"] for one in package["projects"]}
        for language, package in packages(made).items()
    }
    plant = Project.objects.get(code="pepsico_plant")

    assert {language: titles[plant.public_id] for language, titles in names.items()} == {
        "kk": plant.name_kk,
        "ru": plant.name_ru,
        "en": plant.name_en,
    }
    assert {package["version"] for package in packages(made).values()} == {"0.9"}


def test_a_translation_that_does_not_exist_is_left_out(published):
    project = ProjectFactory(visibility="public", name_en="", purpose_ru="")

    assert "title" not in told(project, "en")
    assert told(project, "kk")["title"] == project.name_kk


def test_a_month_or_a_year_is_no_date(published):
    milestones = told(Project.objects.get(code="iconic_towers"))["milestones"]

    assert [one.get("dueDate") for one in milestones] == [None, None]
    assert "2026 ж. мамыр" in milestones[0]["description"]
    assert "2029 ж." in milestones[1]["description"]


def test_a_day_is_a_date_and_the_forecast_comes_before_what_was_first_said(published):
    project = ProjectFactory(visibility="public")
    MilestoneFactory(project=project, code="a", baseline="2026-03-01", forecast="2026-09-01")
    MilestoneFactory(
        project=project, code="b", milestone_code="completion", baseline="2027-05-04", forecast=None
    )

    found = told(project)

    assert [one["dueDate"] for one in found["milestones"]] == [
        "2026-09-01T00:00:00+05:00",
        "2027-05-04T00:00:00+05:00",
    ]
    assert found["period"] == {"endDate": "2027-05-04T00:00:00+05:00"}


def test_the_first_recorded_stage_has_no_beginning_and_the_next_ones_do(published, office):
    project = project_in("identification", visibility="public")
    StageChangeFactory(
        project=project, from_status="identification", to_status="preparation", on="2026-02-03"
    )
    Project.objects.filter(pk=project.pk).update(status="preparation")

    found = told(project)

    assert found["identificationPeriod"] == {"endDate": "2026-02-03T00:00:00+05:00"}
    assert found["preparationPeriod"] == {"startDate": "2026-02-03T00:00:00+05:00"}


def test_a_sum_is_exact_and_keeps_its_currency_and_its_date(published):
    budget = told(Project.objects.get(code="pepsico_plant"))["budget"]

    assert budget["amount"] == {"amount": 368000000, "currency": "USD"}
    assert "2025 ж. 22 қыркүйектегі дерек" in budget["description"]


def test_a_range_is_two_observations_and_no_sum(published):
    project = ProjectFactory(visibility="public")
    of = {"project": project, "chosen": True, "visibility": "public", "value": 10, "value_max": 20}
    FigureFactory(measure="investment", unit="money", currency="KZT", **of)
    FigureFactory(measure="height", unit="m", **of)

    found = told(project)

    assert "amount" not in found["budget"]
    height = next(metric for metric in found["forecasts"] if metric["id"] == "height")
    assert [(one["id"], one["measure"]) for one in height["observations"]] == [
        ("height-from", 10),
        ("height-to", 20),
    ]


def test_an_organisation_stands_once_with_its_roles_and_a_hidden_one_not_at_all(published):
    project = ProjectFactory(visibility="public")
    seen = OrganisationFactory(visibility="public", bin="940140000385")
    ProjectPartyFactory(project=project, organisation=seen, role="public_authority")
    ProjectPartyFactory(project=project, organisation=seen, role="funder")
    ProjectPartyFactory(project=project, organisation=OrganisationFactory(visibility="internal"))

    found = told(project)

    assert found["publicAuthority"] == {"id": seen.code, "name": seen.name_kk}
    assert [(one["id"], one["roles"]) for one in found["parties"]] == [
        (seen.code, ["publicAuthority", "funder"])
    ]
    assert found["parties"][0]["identifier"] == {"scheme": "KZ-BIN", "id": "940140000385"}


def test_only_what_was_accepted_and_is_told_to_the_public_is_a_metric(published):
    waiting, accepted = progress_in("submitted"), progress_in("accepted")
    for report in (waiting, accepted):
        for row in (report.project, report.organisation):
            type(row).objects.filter(pk=row.pk).update(visibility="public")

    assert "metrics" not in told(waiting.project)
    found = {metric["id"]: metric["observations"] for metric in told(accepted.project)["metrics"]}
    assert "physicalProgress" in found
    assert "spent" not in found and "financialProgress" not in found
    assert set(found["physicalProgress"][0]["period"]) == {"startDate", "endDate"}


def test_an_internal_project_and_an_invented_one_are_nowhere(published):
    for project in (
        ProjectFactory(visibility="internal"),
        ProjectFactory(is_demo=True, source=None, district=None),
    ):
        made = files.make(city.read(), project.created_at, project.created_at)
        assert all(project.public_id.encode() not in body for body in made.values())


def test_the_district_is_schematic_and_says_so(made):
    for feature in json.loads(made["districts.geojson"])["features"]:
        assert feature["properties"]["schematic"] is True
        assert feature["properties"]["source"]["code"] == "SEED"
        assert set(feature["properties"]["accuracy"]) == {"kk", "ru", "en"}


def test_a_project_does_not_borrow_the_outline_of_its_district(made):
    features = json.loads(made["projects.geojson"])["features"]

    assert {feature["geometry"] for feature in features} == {None}
    assert any(feature["properties"]["district"] for feature in features)


def test_the_table_says_what_stands_in_each_column(made):
    resource = json.loads(made["datapackage.json"])["resources"][0]
    header = made["projects.csv"].decode().splitlines()[0].split(",")

    assert [field["name"] for field in resource["schema"]["fields"]] == header
    assert all(set(field["titles"]) == {"kk", "ru", "en"} for field in resource["schema"]["fields"])
    assert resource["hash"] == f"sha256:{sha256(made['projects.csv']).hexdigest()}"


def test_the_catalogue_describes_every_file_under_one_licence_and_names_nobody(made):
    catalogue = json.loads(made["dcat.jsonld"])
    distributions = [one for dataset in catalogue["dcat:dataset"] for one in dataset["dcat:distribution"]]

    described = {one["dct:title"] for one in distributions}
    assert described == set(files.NAMES) - {"dcat.jsonld"} | {
        f"changes.{of}.xml" for of in ("kk", "ru", "en")
    }
    assert {one["dct:license"]["@id"] for one in distributions} == {oc4ids.LICENCE}
    assert "vcard:hasEmail" not in made["dcat.jsonld"].decode()


def test_the_same_city_makes_the_same_bytes(made, published):
    again = files.make(city.read(), published.published_at, published.published_at)

    assert again == made
