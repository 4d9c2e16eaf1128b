"""What is public is changed in its draft, by whatever form; it becomes public by two persons."""

import pytest
from django.contrib.auth.models import AnonymousUser

from core.models import Change
from districts.models import Place, Project, Publication
from districts.services import publishing
from tests.admin.forms import filled, sentences
from tests.admin.rows import ROWS, address
from tests.admin.test_exchange import said, tried
from tests.factories import FigureFactory, MeetingFactory, PlaceFactory, ProjectFactory

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


@pytest.fixture
def public(db):
    return ProjectFactory(visibility="public", name_kk="Зауыт", name_ru="Завод", type="", code="plant")


def save(client, row, **changes):
    page = address(row._meta.label, "change", row.pk)
    return client.post(page, filled(client.get(page), **changes), follow=True)


def step(row, code):
    return address(row._meta.label, "change", row.pk).replace("/change/", f"/publication/{code}/")


def test_a_save_of_what_is_public_waits_in_the_draft(browse, office, public):
    response = save(browse(office), public, name_kk="Жаңа зауыт", name_ru="Новый завод", why="decree 1")

    assert "not public yet" in response.content.decode()
    assert Project.objects.get().name_kk == "Зауыт"
    publication = Publication.objects.get()
    assert publication.draft == {"name_kk": "Жаңа зауыт", "name_ru": "Новый завод"}
    last = Change.objects.of(publication).last()
    assert (last.actor, last.verb, last.note) == (f"user:{office.pk}", "save_draft", "decree 1")
    assert not Change.objects.of(public).filter(op="U").exists()


def test_the_form_shows_the_draft_and_the_banner_both(browse, office, second_office, public):
    publishing.save_draft(public, {"name_kk": "Жаңа зауыт"}, by=office)
    shown = browse(second_office).get(address("districts.Project", "change", public.pk))

    assert shown.context["adminform"].form["name_kk"].value() == "Жаңа зауыт"
    page = " ".join(shown.content.decode().split())
    assert "1 change is not public yet" in page and "<del>Зауыт</del>" in page and "office" in page
    assert step(public, "make-ready") in page and step(public, "discard-draft") in page


def test_a_form_that_was_open_when_the_draft_changed_is_refused(browse, office, public):
    client, page = browse(office), address("districts.Project", "change", public.pk)
    typed = filled(client.get(page), type="expansion")
    publishing.save_draft(public, {"code": "other"}, by=office)

    assert "Somebody changed this" in sentences(client.post(page, typed))


def test_a_draft_that_is_typed_back_is_none(browse, office, public):
    publishing.save_draft(public, {"type": "expansion"}, by=office)
    save(browse(office), public, type="")

    assert Publication.objects.get().draft == {}


def test_a_draft_that_the_database_would_refuse_is_not_saved(browse, office, public):
    response = save(browse(office), public, name_ru="")

    assert "in Kazakh and in Russian" in sentences(response)
    assert not Publication.objects.exists()


def test_visibility_is_no_box_in_any_form(browse, office):
    for model, made in ROWS.items():
        row = made()
        if not hasattr(row, "visibility"):
            continue
        shown = browse(office).get(address(model, "change", row.pk))
        if form := getattr(shown.context.get("adminform"), "form", None):
            assert "visibility" not in form.fields, model


def test_a_sent_visibility_counts_for_nothing(browse, office, public):
    project = ProjectFactory()
    save(browse(office), project, visibility="public", code="mine")

    project.refresh_from_db()
    assert (project.visibility, project.code) == ("internal", "mine")


def test_the_way_of_one_object_by_its_pages(browse, office, second_office):
    project, first, second = ProjectFactory(name_en="Plant"), browse(office), browse(second_office)

    assert "Make ready" in first.get(step(project, "make-ready")).content.decode()
    first.post(step(project, "make-ready"), {"to": "public"})
    refused = first.post(step(project, "publish"), {})
    assert "second person" in str(refused.context["form"].errors)
    second.post(step(project, "send-back"), {"note": "no source"})
    first.post(step(project, "make-ready"), {"to": "public"})
    seen = second.get(step(project, "publish")).context["form"].initial["seen"]
    second.post(step(project, "publish"), {"at": "", "seen": seen})
    assert Project.objects.visible_to(NOBODY).get() == project

    first.post(step(project, "take-down"), {"reason_kk": "Жабылды", "reason_ru": "Закрыт", "note": "x"})
    assert not Project.objects.visible_to(NOBODY).exists()
    assert Publication.objects.get().tombstone.ru == "Закрыт"


def test_what_was_looked_at_is_what_is_published(browse, office, second_office, public):
    first, second = browse(office), browse(second_office)
    for name in ("Plant A", "Plant B"):
        publishing.save_draft(public, {f"name_{code}": name for code in ("kk", "ru", "en")}, by=office)
        made = first.post(step(public, "make-ready"), {"to": "public"})
        assert made.status_code == 302, made.context["form"].errors
        if name == "Plant A":
            page = second.get(step(public, "publish"))
            assert "Plant A" in page.content.decode()

    refused = second.post(step(public, "publish"), {"seen": page.context["form"].initial["seen"]})
    assert "It was changed after it was made ready" in str(refused.context["form"].errors)
    assert "Plant" not in Project.objects.get().name_en
    second.post(step(public, "publish"), {"seen": f"{public.pk}:{publishing.stands(public)}"})
    assert Project.objects.get().name_en == "Plant B"


@pytest.mark.parametrize("seen", ["", "x", "1:", "1:" + "9" * 5000, "1:²"])
def test_who_did_not_look_publishes_nothing(browse, office, second_office, seen):
    project = ProjectFactory()
    publishing.make_ready(project, by=office)

    browse(second_office).post(step(project, "publish"), {"seen": seen.replace("1:", f"{project.pk}:")})
    assert not Project.objects.visible_to(NOBODY).exists()


def test_what_is_ticked_is_kept_back(browse, office, second_office):
    project = ProjectFactory(note_kk="Ішкі", note_ru="Для своих")
    form = browse(office).get(step(project, "make-ready")).context["form"]
    assert "note_kk" in dict(form.fields["withhold"].choices)

    browse(office).post(step(project, "make-ready"), {"to": "public", "withhold": ["note_kk"]})
    publishing.publish(project, by=second_office)
    shown = Project.objects.visible_to(NOBODY).get()
    assert (shown.note_kk, shown.note_ru) == ("", "")
    assert browse(office).get(step(project, "make-ready")).context["form"].initial["withhold"] == ["note_kk"]


def test_words_are_confirmed_by_their_page(browse, office):
    project = ProjectFactory(name_kk="Зауыт", name_ru="Завод")
    Project.objects.filter(pk=project.pk).update(name_kk="Жаңа зауыт")

    browse(office).post(step(project, "confirm-words"), {"languages": ["ru"]})

    assert Project.objects.get().stale == []


def test_the_steps_are_the_offices(browse, auditor, public):
    client = browse(auditor)

    assert (
        client.post(step(public, "take-down"), {"reason_kk": "x", "reason_ru": "y", "note": "z"}).status_code
        == 403
    )
    assert client.get(step(public, "no-such-step")).status_code == 404
    assert (
        step(public, "take-down")
        not in client.get(address("districts.Project", "change", public.pk)).content.decode()
    )


def test_what_is_public_is_not_removed_but_taken_down(browse, office):
    figure = FigureFactory(visibility="public")

    response = browse(office).post(address("districts.Figure", "delete", figure.pk), {"post": "yes"})

    assert response.status_code == 403
    assert type(figure).objects.exists()


def test_a_meeting_goes_the_same_way(browse, office):
    meeting = MeetingFactory(visibility="public", title_kk="Отырыс", title_ru="Заседание")
    save(browse(office), meeting, title_ru="Другое заседание")

    meeting.refresh_from_db()
    assert meeting.title_ru == "Заседание"
    assert Publication.objects.get().draft == {"title_ru": "Другое заседание"}


def test_a_table_that_is_read_in_goes_the_same_way(browse, office):
    place = PlaceFactory(code="zhetigen", visibility="public", name_en="Zhetigen")
    inner = PlaceFactory(code="inner", name_en="Inner")
    client = browse(office)
    page = tried(
        client, "districts.Place", ["code", "name_en"], ["zhetigen", "Zhetygen"], ["inner", "Within"]
    )
    form = page.context["confirm_form"]
    client.post(
        f"{address('districts.Place', 'changelist')}process_import/",
        {name: form[name].value() for name in form.fields},
    )

    assert [Place.objects.get(pk=row.pk).name_en for row in (place, inner)] == ["Zhetigen", "Within"]
    assert Publication.objects.get().draft == {"name_en": "Zhetygen"}


def test_a_table_publishes_nothing(browse, office):
    PlaceFactory(code="zhetigen")
    page = tried(browse(office), "districts.Place", ["code", "visibility"], ["zhetigen", "public"])

    assert "by publication" in said(page)
