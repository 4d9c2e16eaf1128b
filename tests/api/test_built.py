"""What the database builds is what the serializer writes, byte by byte."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from rest_framework import serializers

from core.api import built
from core.text import LANGUAGES
from districts.api.serializers import ProjectSerializer
from districts.api.views import ProjectRegister
from districts.models import Project
from tests.api.conftest import path_of, populate
from tests.database import as_owner
from tests.factories import (
    SQUARE,
    DistrictFactory,
    FigureFactory,
    MilestoneFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    ProjectSourceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

ODD = 'a "quoted" \\ back\tslash\r\n\x01 \x7f {} % %s \u2028 \u2029 <b>&amp; 😀 Ә'
DATES = ["2026-02-03", "2026-02", "2027 spring", "2027 summer", "2027 autumn", "2026 winter", "2029", "soon"]


@pytest.fixture
def same(monkeypatch):
    """same(query): the answer that the database builds, if the serializer's is the same to the last header."""

    def compare(query=""):
        answers = []
        for is_built in (True, False):
            monkeypatch.setattr(ProjectRegister, "is_built", is_built)
            answers.append(Client().get(f"{path_of('projects')}?{query}"))
            answers[-1].headers.pop("X-Request-ID", None)  # each has its own
        assert answers[0].status_code == 200
        assert answers[0].content == answers[1].content
        assert answers[0].headers == answers[1].headers
        return answers[0].json()

    return compare


@pytest.fixture
def projects():
    """Of every kind: with all parts and with none, dated as precisely as can be or not at all, with odd words."""
    DistrictFactory(code="gate")
    populate(2)
    project = ProjectFactory(
        visibility="public", geometry=SQUARE, note_kk=ODD, name_ru=ODD, sectors=["transport", "economy"]
    )
    for printed in DATES:
        source = SourceFactory(published=printed, publisher=ODD, addresses=["https://a.example/?a=1&b=2"])
        ProjectSourceFactory(project=project, source=source)
        dates = {"baseline": printed, "forecast": printed, "as_of": printed}
        MilestoneFactory(project=project, source=source, **dates)
    MilestoneFactory(project=project, status="met", met="2026-05", milestone_code="completion")
    for visibility in ("public", "internal"):
        ProjectPartyFactory(
            project=project,
            organisation=OrganisationFactory(visibility=visibility),
            share=Decimal("12.50"),
            since=date(2025, 1, 31),
        )
    money = {"unit": "money", "currency": "KZT"}
    for measure, value, top, facts in (
        ("investment", "1500.1250", "2000", money),
        ("spent", "10.5", None, money),
        ("height", "0.1000", "1.2345", {"unit": "m"}),
        ("jobs", "12000", None, {"unit": "job"}),
    ):
        figure = {"value": Decimal(value), "value_max": top and Decimal(top), **facts}
        FigureFactory(project=project, measure=measure, chosen=True, visibility="public", **figure)
    FigureFactory(project=project, measure="floors", chosen=True, visibility="internal")
    ProjectFactory(visibility="internal")
    bare = ProjectFactory(visibility="public", suspended_since=date(2026, 1, 2), suspended_reason="no money")
    _changed_at(bare, datetime(2024, 2, 29, 18, 30, tzinfo=UTC))  # +06:00 then, and no fraction of a second
    return project


def _changed_at(project, instant):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        as_owner("ALTER TABLE districts_project DISABLE TRIGGER USER")
        cursor.execute("UPDATE districts_project SET updated_at = %s WHERE id = %s", [instant, project.pk])
        as_owner("ALTER TABLE districts_project ENABLE TRIGGER USER")


def test_all_languages_and_every_choice_of_fields(same, projects):
    whole = same("limit=200")

    assert len(whole["results"]) == Project.objects.filter(visibility="public").count()
    for language in LANGUAGES:
        same(f"lang={language}")
    for name in ProjectSerializer().fields:
        same(f"fields={name}")
        same(f"fields={','.join({'updated_at', name})}&lang=ru")


def test_pages_orders_and_filters(same, projects):
    for query in ("limit=2&count=1", "ordering=-updated_at&limit=2", "ordering=district", "q=Стройка"):
        page = same(query)
        while page["next"]:
            page = same(page["next"].partition("?")[2])
    assert same("q=nothing+of+the+kind")["results"] == []


def test_odd_words_come_through(same, projects):
    (row,) = [row for row in same("limit=200")["results"] if row["public_id"] == projects.public_id]

    assert row["note"]["kk"] == ODD
    assert len(row["parties"]) == 1
    assert [one["baseline"] for one in row["milestones"]][1:4] == ["2026-02", "2027-21", "2027-22"]


def test_who_signs_in_and_who_wants_it_indented_is_answered_by_the_serializer(
    projects, api, office, monkeypatch
):
    monkeypatch.setattr(built, "texts", None)

    assert api(office).get(path_of("projects")).status_code == 200
    answer = Client().get(path_of("projects"), headers={"accept": "application/json; indent=2"})
    assert answer.content.startswith(b"{\n")


def test_a_field_that_nobody_wrote_in_sql_is_no_silent_fault():
    class Computed(serializers.CharField):
        pass

    with pytest.raises(KeyError):
        built._value(Computed(), "", None)
