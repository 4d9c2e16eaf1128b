"""What is not public yet, or not any more, at every public door: pages, API, feeds, search, sitemap."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from core.ledger import acting
from core.text import Text
from districts import services
from districts.models import Figure, Project, Publication
from districts.services import publishing
from tests import factories

pytestmark = pytest.mark.django_db
GONE = Text("Жоба тоқтатылды", "Проект прекращён", "The project was stopped")
CANARY = "Канарейка"


@pytest.fixture
def project(db):
    return factories.ProjectFactory(
        name_kk=CANARY, name_ru=CANARY, name_en=CANARY, district=factories.DistrictFactory(code="gate")
    )


def doors(project):
    return [
        "/kk/",
        "/kk/projects/",
        "/kk/districts/gate/",
        f"/kk/projects/{project.public_id}/",
        f"/kk/figures/{project.public_id}/investment/",
        "/kk/search/?q=канарейка",
        "/kk/changes/",
        "/kk/timeline/",
        *(f"/feeds/changes.{language}.xml" for language in ("kk", "ru", "en")),
        "/sitemap.xml",
        "/api/v1/projects/",
        f"/api/v1/projects/{project.public_id}/",
        "/api/v1/projects.csv",
        "/api/v1/projects.geojson",
        "/api/v1/figures/",
        "/api/v1/bundle/",
    ]


def read(client, door):
    return client.get(door).getvalue().decode().replace('value="канарейка"', "")


def told(client, project):
    """The doors that say anything of it, by its name or its number; what the reader typed does not count."""
    found = []
    for door in doors(project):
        text = read(client, door)
        if CANARY in text or (project.public_id in text and project.public_id not in door):
            found.append(door)
    return found


def embargo(project, office, second_office, at):
    publishing.make_ready(project, by=office)
    publishing.publish(project, by=second_office, at=at)


def lift(project):
    """The clock of the database cannot be moved: the hour is."""
    with acting("system:test", "publish"):
        Project.objects.filter(pk=project.pk).update(published_at=timezone.now() - timedelta(seconds=1))


def test_not_a_word_before_the_hour_and_everywhere_after_it(client, project, office, second_office):
    factories.FigureFactory(project=project, chosen=True, visibility="public", measure="investment")
    assert told(client, project) == []
    embargo(project, office, second_office, timezone.now() + timedelta(hours=1))
    assert told(client, project) == []
    assert client.get(f"/kk/projects/{project.public_id}/").status_code == 404

    lift(project)

    shown = told(client, project)
    assert f"/api/v1/projects/{project.public_id}/" in shown and "/sitemap.xml" in shown
    assert "/kk/projects/" in shown and "/kk/search/?q=канарейка" in shown


def test_no_answer_to_a_visitor_is_kept_without_asking(client, project, office, second_office):
    embargo(project, office, second_office, timezone.now() + timedelta(hours=1))
    for door in doors(project):
        answer = client.get(door)
        control = answer.headers.get("Cache-Control", "")
        assert "no-cache" in control or "no-store" in control, door
        assert "Last-Modified" not in answer.headers or answer.status_code == 200


def test_a_list_that_was_read_before_the_hour_is_sent_anew_after_it(client, project, office, second_office):
    embargo(project, office, second_office, timezone.now() + timedelta(hours=1))
    for door in ("/api/v1/projects/", "/kk/projects/", "/sitemap.xml"):
        before = client.get(door)
        tags = {"If-None-Match": before.headers.get("ETag", '"x"')}
        lift(project)
        assert client.get(door, headers=tags).status_code == 200, door
        Project.objects.filter(pk=project.pk).update(published_at=timezone.now() + timedelta(hours=1))


def news(client):
    with translation.override("en"):
        return client.get("/feeds/changes.en.xml").content.decode()


def test_what_happened_under_the_embargo_is_never_told(client, project, office, second_office):
    embargo(project, office, second_office, timezone.now() + timedelta(hours=1))
    services.change_stage(project, "preparation", by=office, basis="x")
    milestone = factories.MilestoneFactory(project=project, name_en="Opening")
    services.move_forecast(milestone, "2031", by=office, reason="land")
    figure = factories.FigureFactory(project=project, chosen=True, visibility="public", measure="investment")
    publishing.take_down(figure, by=office, reason=GONE)
    lift(project)

    text = news(client)

    assert "preparation" not in text and "2031" not in text and "Opening" not in text


def test_that_it_became_public_is_told_with_the_hour_when_it_did(client, project, office, second_office):
    at = timezone.now() + timedelta(seconds=4)
    embargo(project, office, second_office, at)
    time.sleep(max(0, (at - timezone.now()).total_seconds()) + 0.1)

    assert f"Project published: {CANARY}" in news(client)
    assert at.isoformat(timespec="seconds")[:19] in news(client)


def test_an_embargo_of_a_figure_is_kept_in_its_history(client, office):
    project = factories.ProjectFactory(visibility="public")
    later = timezone.now() + timedelta(hours=1)
    figure = factories.FigureFactory(
        project=project, chosen=True, visibility="public", published_at=later, measure="investment", value=777
    )
    page = f"/kk/figures/{project.public_id}/investment/"

    assert "777" not in client.get(page).content.decode()
    Figure.objects.filter(pk=figure.pk).update(published_at=None)
    assert "777" in client.get(page).content.decode()


def test_a_tombstone_says_the_day_and_the_words_and_nothing_else(client, project, office, second_office):
    embargo(project, office, second_office, None)
    publishing.take_down(project, by=office, reason=GONE, note="a secret letter")

    page = client.get(f"/en/projects/{project.public_id}/")
    said = page.content.decode()
    assert page.status_code == 410
    assert "The project was stopped" in said and str(timezone.localdate().year) in said
    assert CANARY not in said and "secret" not in said
    problem = client.get(f"/api/v1/projects/{project.public_id}/")
    assert (problem.status_code, problem.headers["Content-Type"]) == (410, "application/problem+json")
    assert problem.json()["taken_down_on"] == timezone.localdate().isoformat()
    assert problem.json()["words"] == GONE.as_json()
    assert CANARY not in problem.content.decode()
    assert client.get(f"/en/projects/{project.public_id}/progress.pdf").status_code == 410


def test_what_was_taken_down_is_in_no_list(client, project, office, second_office):
    embargo(project, office, second_office, None)
    assert told(client, project)
    publishing.take_down(project, by=office, reason=GONE)

    assert told(client, project) == []
    assert "Taken down: The project was stopped" in news(client)


def test_what_is_published_again_is_there_again(client, project, office, second_office):
    embargo(project, office, second_office, None)
    publishing.take_down(project, by=office, reason=GONE)
    embargo(project, office, second_office, timezone.now() + timedelta(hours=1))
    assert client.get(f"/kk/projects/{project.public_id}/").status_code == 410
    lift(project)

    assert client.get(f"/kk/projects/{project.public_id}/").status_code == 200
    assert "Taken down" not in news(client)


def test_what_never_was_public_is_simply_not_there(client, project, office, second_office):
    for address in (f"/kk/projects/{project.public_id}/", f"/api/v1/projects/{project.public_id}/"):
        assert client.get(address).status_code == 404
    embargo(project, office, second_office, timezone.now() + timedelta(hours=1))
    publishing.take_down(project, by=office, reason=GONE)
    for address in (f"/kk/projects/{project.public_id}/", f"/api/v1/projects/{project.public_id}/"):
        assert client.get(address).status_code == 404
    assert "Taken down" not in news(client)


def test_investors_read_what_is_theirs_and_others_no_tombstone(
    client, project, office, second_office, investor
):
    publishing.make_ready(project, by=office, to="investor")
    publishing.publish(project, by=second_office)
    publishing.take_down(project, by=office, reason=GONE)

    assert client.get(f"/kk/projects/{project.public_id}/").status_code == 404
    assert not Publication.objects.get().was_public


def test_a_draft_shows_at_no_door(client, project, office, second_office):
    embargo(project, office, second_office, None)
    publishing.save_draft(
        project, {"name_kk": "Жасырын", "name_ru": "Тайна", "name_en": "Hush-hush"}, by=office
    )

    for door in doors(project):
        text = read(client, door)
        assert not [word for word in ("Жасырын", "Тайна", "Hush-hush") if word in text], door
