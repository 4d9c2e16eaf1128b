"""Several columns as one value."""

from datetime import date

import pytest

from core.dates import PartialDate
from core.models import Source
from core.text import Text
from districts.models import Project
from tests.factories import DistrictFactory, MilestoneFactory, ProjectFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_a_text_is_given_and_read_as_one():
    source = Source(code="S", publisher="p", about={"kk": "туралы", "en": None}, published="2024-06")

    assert source.about == Text(kk="туралы")
    assert (source.about_kk, source.about_ru, source.about_en) == ("туралы", "", "")
    assert (source.published_day, source.published_precision) == (date(2024, 6, 1), "month")
    assert source.published == PartialDate(date(2024, 6, 1), "month", "2024-06")


def test_update_or_create_takes_them():
    facts = {"publisher": "p", "about": {"kk": "а", "ru": "б"}, "published": "2029"}
    Source.objects.update_or_create(code="S", defaults=facts)
    source, made = Source.objects.update_or_create(code="S", defaults=facts | {"about": {"kk": "в"}})

    source.refresh_from_db()
    assert not made
    assert (source.about, source.published.iso()) == (Text(kk="в"), "2029")


def test_setting_replaces_all_three():
    source = SourceFactory(about_kk="а", about_ru="б", about_en="c")

    source.about = {"en": "only"}

    assert source.about == Text(en="only")
    source.about = None
    assert not source.about


def test_an_unknown_language_is_not_lost_in_silence():
    with pytest.raises(ValueError, match="kz"):
        Text.of({"kz": "туралы"})


def test_labels_name_the_language():
    labels = [
        str(Source._meta.get_field(f"about_{language}").verbose_name) for language in ("kk", "ru", "en")
    ]

    assert len(set(labels)) == 3


def test_public_ids_are_opaque_and_permanent():
    project = ProjectFactory()
    assert project.public_id == f"ALT-P-{project.pk:04d}"

    Project.objects.filter(pk=project.pk).update(code="other", district=DistrictFactory())
    assert Project.objects.get(pk=project.pk).public_id == project.public_id


def test_a_forecast_is_not_made_more_exact_than_it_is():
    milestone = MilestoneFactory(forecast="2027 autumn")

    milestone.refresh_from_db()
    assert milestone.forecast.iso() == "2027-23"
    assert milestone.forecast.text == "2027 autumn"
