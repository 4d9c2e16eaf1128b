"""Districts, projects, what is said of them."""

from datetime import date
from typing import Any

import factory
from django.db import transaction
from factory import Maybe, Sequence, SubFactory
from factory.django import DjangoModelFactory

from core.choices import Confidence, Qualifier
from districts.choices import (
    PROJECT_FIRST,
    PROJECT_MOVES,
    ClaimField,
    DistrictCode,
    DocumentKind,
    Measure,
    MilestoneType,
    MoveReason,
    PartyRole,
    PlaceKind,
    ProjectKind,
    ProjectStatus,
    Unit,
)
from districts.figure_choices import FigureScope
from districts.models import (
    Claim,
    ClaimSource,
    District,
    Document,
    Figure,
    FigureSource,
    Milestone,
    MilestoneMove,
    Place,
    PlaceBound,
    PlaceSource,
    Project,
    ProjectParty,
    ProjectSource,
    Publication,
    PublishedFigure,
    PublishedFigureSource,
    StageChange,
)
from tests.factories.accounts import OrganisationFactory
from tests.factories.core import SourceFactory, StoredFileFactory
from tests.factories.values import dated, way


class DistrictFactory(DjangoModelFactory):
    code = factory.Iterator(DistrictCode.values)
    name_kk = factory.LazyAttribute(lambda district: f"{district.code} ауданы")
    name_ru = factory.LazyAttribute(lambda district: f"район {district.code}")
    name_en = factory.LazyAttribute(lambda district: f"{district.code} District")
    south_order = factory.LazyAttribute(lambda district: DistrictCode.values.index(district.code) + 1)
    source = SubFactory(SourceFactory)
    locals().update(dated("as_of"))

    class Meta:
        model = District
        django_get_or_create = ("code",)


class PlaceFactory(DjangoModelFactory):
    code = Sequence(lambda n: f"place-{n}")
    kind = PlaceKind.SETTLEMENT
    name_kk, name_ru = "Жетіген", "Жетыген"
    confidence = Confidence.HIGH

    class Meta:
        model = Place


class PlaceBoundFactory(DjangoModelFactory):
    place = SubFactory(PlaceFactory)
    district = SubFactory(DistrictFactory)

    class Meta:
        model = PlaceBound


class PlaceSourceFactory(DjangoModelFactory):
    place = SubFactory(PlaceFactory)
    source = SubFactory(SourceFactory)

    class Meta:
        model = PlaceSource


class ProjectFactory(DjangoModelFactory):
    """With its first stage change, as the database demands at commit. An invented one (`is_demo`) has no source."""

    code = Sequence(lambda n: f"project-{n}")
    name_kk = Sequence(lambda n: f"Құрылыс {n}")
    name_ru = Sequence(lambda n: f"Стройка {n}")
    kind = ProjectKind.ANCHOR
    status = ProjectStatus.IDENTIFICATION
    is_demo = False
    source = Maybe("is_demo", None, SubFactory(SourceFactory))
    confidence = Confidence.HIGH

    class Meta:
        model = Project

    @classmethod
    def _create(cls, model_class: type[Project], *args: Any, **facts: Any) -> Project:
        with transaction.atomic():
            project = super()._create(model_class, *args, **facts)
            StageChange.objects.create(project=project, to_status=project.status, basis="a source says so")
        return project


def move_project(project: Project, status: str) -> None:
    """One stage on, together with its stage change."""
    with transaction.atomic():
        StageChange.objects.create(
            project=project, from_status=project.status, to_status=status, basis="a source says so"
        )
        project.status = status
        if status == ProjectStatus.CANCELLED:
            project.cancelled_reason = "The investor has left."
        project.save()


def project_in(status: str, **facts: Any) -> Project:
    """A project that came to this status as the table of moves lets it."""
    first, *steps = way(PROJECT_MOVES, [str(state) for state in PROJECT_FIRST], status)
    project = ProjectFactory(status=first, **facts)
    for step in steps:
        move_project(project, step)
    return project


class ProjectSourceFactory(DjangoModelFactory):
    project = SubFactory(ProjectFactory)
    source = SubFactory(SourceFactory)

    class Meta:
        model = ProjectSource


class ProjectPartyFactory(DjangoModelFactory):
    project = SubFactory(ProjectFactory)
    organisation = SubFactory(OrganisationFactory)
    role = PartyRole.INVESTOR

    class Meta:
        model = ProjectParty


class StageChangeFactory(DjangoModelFactory):
    """A stage that follows: the project moves with it."""

    project = SubFactory(ProjectFactory)
    from_status = ProjectStatus.IDENTIFICATION
    to_status = ProjectStatus.PREPARATION
    basis = "decree"

    class Meta:
        model = StageChange

    @classmethod
    def _create(cls, model_class: type[StageChange], *args: Any, **facts: Any) -> StageChange:
        with transaction.atomic():
            change = super()._create(model_class, *args, **facts)
            Project.objects.filter(pk=change.project_id).update(status=change.to_status)
        return change


class MilestoneFactory(DjangoModelFactory):
    project = SubFactory(ProjectFactory)
    code = Sequence(lambda n: f"milestone-{n}")
    type = MilestoneType.DELIVERY
    name_kk, name_ru = "Іске қосу", "Ввод в эксплуатацию"
    locals().update(dated("baseline", date(2027, 1, 1)) | dated("forecast", date(2027, 1, 1)))

    class Meta:
        model = Milestone


class MilestoneMoveFactory(DjangoModelFactory):
    milestone = SubFactory(MilestoneFactory)
    reason = MoveReason.SOURCE
    locals().update(dated("old", date(2027, 1, 1)) | dated("new", date(2028, 1, 1)))

    class Meta:
        model = MilestoneMove


class FigureFactory(DjangoModelFactory):
    project = SubFactory(ProjectFactory)
    measure = Measure.SITE_AREA
    value = 20
    qualifier = Qualifier.EXACT
    unit = Unit.HECTARE
    source = SubFactory(SourceFactory)
    confidence = Confidence.HIGH
    locals().update(dated("as_of"))

    class Meta:
        model = Figure


class FigureSourceFactory(DjangoModelFactory):
    figure = SubFactory(FigureFactory)
    source = SubFactory(SourceFactory)

    class Meta:
        model = FigureSource


class PublishedFigureFactory(DjangoModelFactory):
    """Of the whole city."""

    measure = Measure.PLANNED_JOBS
    scope = FigureScope.CITY
    value = 1000
    unit = Unit.JOB
    source = SubFactory(SourceFactory)
    said_by_kk, said_by_ru = "Облыс әкімі", "Аким области"
    confidence = Confidence.HIGH
    locals().update(dated("as_of") | dated("said_on"))

    class Meta:
        model = PublishedFigure


class PublishedFigureSourceFactory(DjangoModelFactory):
    published_figure = SubFactory(PublishedFigureFactory)
    source = SubFactory(SourceFactory)

    class Meta:
        model = PublishedFigureSource


class ClaimFactory(DjangoModelFactory):
    project = SubFactory(ProjectFactory)
    field = ClaimField.STATUS
    text_kk, text_ru = "салынып жатыр", "строится"
    source = SubFactory(SourceFactory)
    confidence = Confidence.HIGH
    locals().update(dated("as_of"))

    class Meta:
        model = Claim


class ClaimSourceFactory(DjangoModelFactory):
    claim = SubFactory(ClaimFactory)
    source = SubFactory(SourceFactory)

    class Meta:
        model = ClaimSource


class DocumentFactory(DjangoModelFactory):
    """Of the whole city, with a clean file."""

    name_kk = Sequence(lambda n: f"Құжат {n}")
    name_ru = Sequence(lambda n: f"Документ {n}")
    name_en = Sequence(lambda n: f"Document {n}")
    kind = DocumentKind.PROJECT_PLAN
    file = SubFactory(StoredFileFactory)
    locals().update(dated("published"))

    class Meta:
        model = Document


class PublicationFactory(DjangoModelFactory):
    """Of an object that is not published yet."""

    model = "districts.project"
    object_id = factory.LazyFunction(lambda: ProjectFactory().pk)

    class Meta:
        model = Publication
