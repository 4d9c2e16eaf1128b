"""Texts that are missing or older than in another language: marked for readers, listed for the office."""

import pytest

from districts.models import Project
from tests.admin.rows import address
from tests.factories import OrganisationFactory, ProjectFactory

pytestmark = pytest.mark.django_db

PAGE, MARK = "/en/review/translations/", "older than the text in another language"


@pytest.fixture
def project():
    row = ProjectFactory(name_kk="Қақпа", name_ru="Ворота", name_en="Gate", visibility="internal")
    Project.objects.filter(pk=row.pk).update(name_kk="Жаңа қақпа", name_ru="Новые ворота")
    row.refresh_from_db()
    assert row.stale == ["name_en"]
    return row


def test_a_reader_is_told_in_the_language_that_is_old(client, project):
    Project.objects.filter(pk=project.pk).update(visibility="public")

    def page(language):
        return client.get(f"/{language}/projects/{project.public_id}/").content.decode()

    assert MARK in page("en")
    assert "untranslated" not in page("ru").split("<h1", 1)[1].split("</h1>", 1)[0]


def test_the_list_tells_what_is_old_and_what_is_missing(client, office, project):
    OrganisationFactory(name_kk="Мекеме", name_ru="Учреждение", name_en="")
    client.force_login(office)

    page = client.get(PAGE).content.decode()
    old = client.get(f"{PAGE}?show=stale").content.decode()
    missing = client.get(f"{PAGE}?show=en").content.decode()

    assert "Gate" in page
    assert "Gate" in old
    assert "Мекеме" not in old
    assert "Мекеме" in missing


def test_what_still_holds_is_confirmed_by_the_office(client, office, auditor, project):
    told = {"row": f"districts.project:{project.pk}"}
    client.force_login(auditor)
    assert client.post(PAGE, told).status_code == 403

    client.force_login(office)
    answer = client.post(PAGE, told, follow=True)

    assert "Confirmed" in answer.content.decode()
    project.refresh_from_db()
    assert project.stale == []
    assert "no words" in client.post(PAGE, told, follow=True).content.decode().lower()


@pytest.mark.parametrize("row", ["", "districts.project:x", "districts.project:0", "accounts.user:1", "x:1"])
def test_what_is_not_there_cannot_be_confirmed(client, office, row):
    client.force_login(office)

    assert client.post(PAGE, {"row": row}).status_code == 404


def test_a_wrong_choice_is_not_there(client, office):
    client.force_login(office)

    assert client.get(f"{PAGE}?show=de").status_code == 404


def test_the_list_costs_the_same_for_many_rows(client, office, django_assert_max_num_queries):
    ProjectFactory.create_batch(5, name_en="")
    OrganisationFactory.create_batch(5, name_en="")
    client.force_login(office)
    client.get(PAGE)

    with django_assert_max_num_queries(12):
        client.get(PAGE)


def test_the_admin_marks_the_tab_and_lists_the_rows(client, office, project):
    client.force_login(office)

    tab = client.get(address("districts.Project", "change", project.pk)).content.decode()
    listed = client.get(address("districts.Project", "changelist") + "?untranslated=stale").content.decode()
    others = client.get(address("districts.Project", "changelist") + "?untranslated=kk").content.decode()

    assert "English ↻" in tab
    assert project.public_id in listed
    assert project.public_id not in others
