"""Views that a reader keeps: of registers only, his own only, without his place in the list."""

import pytest

from core import saved_views
from core.models import SavedView
from tests.factories import SavedViewFactory

pytestmark = pytest.mark.django_db

HERE = "/kk/accounts/views/"


@pytest.fixture
def reader(client, investor):
    client.force_login(investor)
    return client


def save(client, name="Құрылыс", path="/kk/projects/", query="q=курылыс&status=implementation"):
    return client.post(HERE, {"name": name, "path": path, "query": query})


def test_a_register_is_kept_with_its_filters_and_found_again_in_any_language(reader, investor):
    answer = save(reader, query="q=курылыс&cursor=abc&status=&sort=name")

    view = SavedView.objects.get()
    assert (view.owner, view.path) == (investor, "/projects/")
    assert answer["Location"] == f"/kk/projects/?{view.query}"
    assert "cursor" not in view.query and "status" not in view.query and "sort=name" in view.query
    assert (
        f'href="/ru/projects/?{view.query.replace("&", "&amp;")}"'
        in reader.get("/ru/accounts/views/").content.decode()
    )


def test_the_register_itself_shows_my_views_and_the_form(reader, investor, client, office):
    SavedViewFactory(owner=investor, name="Менікі", query="")
    html = reader.get("/kk/projects/").content.decode()
    assert "Менікі" in html and 'name="path" value="/kk/projects/"' in html

    client.force_login(office)
    assert "Менікі" not in client.get("/kk/projects/").content.decode()
    client.logout()
    assert 'name="path"' not in client.get("/kk/projects/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "https://example.com/kk/projects/",
        "//example.com/",
        "/admin/",
        "/kk/",
        "/kk/accounts/profile/",
        "/kk/projects/../../admin/",
        "/xx/projects/",
        "",
        "javascript:alert(1)",
    ],
)
def test_nothing_but_a_register_is_kept(reader, path):
    answer = save(reader, path=path)

    assert answer["Location"] == HERE
    assert not SavedView.objects.exists()
    assert "сақтау мүмкін емес" in reader.get(HERE).content.decode()


@pytest.mark.parametrize("name", ["", "   ", "\x00", "ұ" * 81])
def test_a_bad_name_is_told_and_the_reader_stays_on_his_page(reader, name):
    answer = save(reader, name=name, query="q=a")

    assert answer["Location"] == "/kk/projects/?q=a"
    assert not SavedView.objects.exists()
    assert "note-bad" in reader.get(answer["Location"]).content.decode()


def test_a_name_is_used_once_on_a_page_whatever_its_letters(reader):
    save(reader, name="Құрылыс")
    save(reader, name="құрылыс ")
    assert SavedView.objects.count() == 1

    save(reader, name="Құрылыс", path="/kk/investors/")
    assert SavedView.objects.count() == 2


def test_filters_without_end_and_views_without_number_are_refused(reader, investor, monkeypatch):
    save(reader, query="q=" + "a" * 2000)
    assert not SavedView.objects.exists()

    monkeypatch.setattr(saved_views, "MOST", 1)
    save(reader, name="a")
    save(reader, name="b")
    assert SavedView.objects.count() == 1


def test_renaming_and_deleting(reader, investor):
    view = SavedViewFactory(owner=investor)
    other = SavedViewFactory(owner=investor, name="Басқа")

    reader.post(f"{HERE}{view.pk}/rename/", {"name": "Жаңа атау"})
    view.refresh_from_db()
    assert view.name == "Жаңа атау"
    reader.post(f"{HERE}{view.pk}/rename/", {"name": "басқа"})
    view.refresh_from_db()
    assert view.name == "Жаңа атау"
    assert "осындай атаумен" in reader.get(HERE).content.decode()

    reader.post(f"{HERE}{view.pk}/delete/")
    assert list(SavedView.objects.all()) == [other]


def test_those_of_another_are_not_there(reader, office):
    theirs = SavedViewFactory(owner=office, name="Кеңсенікі")

    assert "Кеңсенікі" not in reader.get(HERE).content.decode()
    assert reader.post(f"{HERE}{theirs.pk}/rename/", {"name": "x"}).status_code == 404
    assert reader.post(f"{HERE}{theirs.pk}/delete/").status_code == 404
    assert SavedView.objects.get().name == "Кеңсенікі"


def test_an_empty_list_says_how_to_begin(reader):
    assert "Осы көріністі сақтау" in reader.get(HERE).content.decode()


def test_a_view_of_a_page_that_is_no_more_is_still_listed(reader, investor):
    SavedViewFactory(owner=investor, name="Ескі", path="/gone/")

    assert "Ескі" in reader.get(HERE).content.decode()
