"""The page of what is on its way to the public: lists, differences, steps of two persons."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from core import notices, outbox
from core.models import Notice
from core.text import Text
from districts.models import Project, Publication
from districts.services import publishing
from tests.factories import MeetingFactory, PlaceFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db
GONE = Text("Жабылды", "Закрыт")
LIST = "/en/review/publications/"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def project(db):
    return ProjectFactory(name_kk="Зауыт", name_ru="Завод", name_en="Plant")


def deliver_all():
    while outbox.deliver_one():
        pass


def page(publication):
    return f"{LIST}{publication.pk}/"


def send(client, publication, step, seen=None, **typed):
    publication.refresh_from_db()
    told = {f"{step}-{name}": value for name, value in typed.items()}
    told |= {"do": step, "seen": publication.version if seen is None else seen}
    return client.post(page(publication), told)


def test_each_list_holds_its_own(client, project, office, second_office):
    ready = publishing.make_ready(project, by=office)
    changed, embargoed, down = (ProjectFactory(name_en=name) for name in ("Changed", "Embargoed", "Down"))
    for other in (changed, embargoed, down):
        publishing.make_ready(other, by=office)
    publishing.publish(changed, by=second_office)
    publishing.save_draft(changed, {"type": "expansion"}, by=office)
    publishing.publish(embargoed, by=second_office, at=timezone.now() + timedelta(hours=1))
    publishing.publish(down, by=second_office)
    publishing.take_down(down, by=office, reason=GONE)
    client.force_login(second_office)

    found = {
        code: [row.row for row in client.get(LIST, {"list": code}).context["rows"]]
        for code in ("ready", "changed", "embargo", "down")
    }

    assert found == {"ready": [project], "changed": [changed], "embargo": [embargoed], "down": [down]}
    shown = client.get(LIST)
    assert [size for _code, _title, size in shown.context["lists"]] == [1, 1, 1, 1]
    assert str(ready.ready_by) in shown.content.decode()


def test_what_is_withheld_is_no_change(client, project, office, second_office):
    Project.objects.filter(pk=project.pk).update(note_kk="Ішкі", note_ru="Для своих")
    publishing.make_ready(project, by=office, withhold=["note"])
    publishing.publish(project, by=second_office)

    assert not Publication.objects.with_changes().exists()


def test_a_list_that_is_not_there_is_said_so(client, office):
    client.force_login(office)

    for query in ({"list": "nonsense"}, {"cursor": "nonsense"}):
        answer = client.get(LIST, query)
        assert (answer.status_code, answer.context["is_wrong"]) == (400, True)


def test_the_list_costs_the_same_for_many(client, office, second_office):
    client.force_login(second_office)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    for made in (ProjectFactory, PlaceFactory, lambda: MeetingFactory(title_kk="Ж", title_ru="С")):
        publishing.make_ready(made(), by=office)
    cost()
    few = cost()
    for _row in range(12):
        publishing.make_ready(ProjectFactory(), by=office)
    assert cost() == few <= 12


def test_a_second_person_sees_the_difference_and_publishes(client, project, office, second_office):
    publication = publishing.make_ready(project, by=office)
    publishing.publish(project, by=second_office)
    publishing.save_draft(project, {"name_kk": "Жаңа зауыт", "name_ru": "Новый завод"}, by=office)
    publishing.make_ready(project, by=office)
    client.force_login(second_office)

    shown = client.get(page(publication))
    assert [(one.label, one.pairs[:2]) for one in shown.context["changes"]] == [
        ("Name", [("kk", "Зауыт", "Жаңа зауыт"), ("ru", "Завод", "Новый завод")])
    ]
    answer = send(client, publication, "publish")

    assert answer.status_code == 302, answer.context["forms"]
    assert Project.objects.get().name_ru == "Новый завод"


def test_whoever_made_it_ready_is_told_why_he_cannot(client, project, office):
    publication = publishing.make_ready(project, by=office)
    client.force_login(office)

    shown = client.get(page(publication))

    assert "a second person publishes it" in shown.content.decode()
    assert "publish" not in [form.step for form in shown.context["forms"]]
    assert send(client, publication, "publish").status_code == 302
    assert Project.objects.get().visibility == "internal"


def test_an_hour_is_of_almaty_and_in_the_future(client, project, office, second_office):
    publication = publishing.make_ready(project, by=office)
    client.force_login(second_office)

    past = send(client, publication, "publish", at="2020-01-01T10:00")
    assert "This time has passed" in past.content.decode() and "2020-01-01T10:00" in past.content.decode()
    day = timezone.localdate() + timedelta(days=3)
    assert send(client, publication, "publish", at=f"{day}T10:00").status_code == 302
    assert Project.objects.get().published_at.isoformat() == f"{day}T05:00:00+00:00"


def test_a_publisher_who_looked_at_something_else_is_told(client, project, office, second_office):
    publication = publishing.make_ready(project, by=office)
    client.force_login(second_office)

    answer = send(client, publication, "publish", seen=publication.version - 1)

    assert "look at it again" in answer.content.decode()
    assert Project.objects.get().visibility == "internal"


def test_it_is_sent_back_with_a_reason_and_the_other_is_told(client, project, office, second_office):
    publication = publishing.make_ready(project, by=office)
    client.force_login(second_office)

    assert "Say why" in send(client, publication, "send-back", note="").content.decode()
    send(client, publication, "send-back", note="The year is missing")

    publication.refresh_from_db()
    assert publication.state == "internal"
    deliver_all()
    assert "The year is missing" in notices.tell(Notice.objects.filter(recipient=office), office)[0].text


def test_it_is_taken_down_with_words_for_the_public(client, project, office, second_office):
    publication = publishing.make_ready(project, by=office)
    publishing.publish(project, by=second_office)
    client.force_login(office)

    wrong = send(client, publication, "take-down", reason_kk="Жабылды", note="letter 1")
    assert "Say in Kazakh and in Russian" in wrong.content.decode() and "Жабылды" in wrong.content.decode()
    send(client, publication, "take-down", reason_kk="Жабылды", reason_ru="Закрыт", note="letter 1")

    publication.refresh_from_db()
    assert (publication.state, publication.tombstone) == ("unpublished", GONE)


def test_a_draft_is_discarded_and_words_are_confirmed(client, project, office, second_office):
    publication = publishing.make_ready(project, by=office)
    publishing.publish(project, by=second_office)
    publishing.save_draft(project, {"name_kk": "Жаңа"}, by=office)
    client.force_login(office)

    assert "renew" in send(client, publication, "make-ready", to="public").content.decode()
    assert send(client, publication, "confirm-words", languages=["ru", "en"]).status_code == 302
    assert send(client, publication, "make-ready", to="public").status_code == 302
    assert send(client, publication, "discard-draft", note="not now").status_code == 302
    publication.refresh_from_db()
    assert (publication.state, publication.draft) == ("published", {})


@pytest.mark.parametrize("who", ["leadership", "auditor"])
def test_others_of_the_house_look_only(client, project, office, who, request):
    publication = publishing.make_ready(project, by=office)
    client.force_login(request.getfixturevalue(who))

    assert client.get(LIST).status_code == 200
    assert client.get(page(publication)).context["forms"] == []
    assert send(client, publication, "send-back", note="x").status_code == 403


@pytest.mark.parametrize("who", ["executor", "investor", None])
def test_nobody_else_comes_in(client, project, office, who, request):
    publication = publishing.make_ready(project, by=office)
    if who:
        client.force_login(request.getfixturevalue(who))

    expected = 403 if who else 302
    assert {client.get(one).status_code for one in (LIST, page(publication))} == {expected}


def test_what_was_removed_is_not_there(client, office):
    place = PlaceFactory()
    publication = publishing.make_ready(place, by=office)
    place.delete()
    client.force_login(office)

    assert client.get(page(publication)).status_code == 404
    assert "Removed" in client.get(LIST).content.decode()


def test_everybody_of_the_office_who_may_publish_is_told(client, project, office, second_office, auditor):
    third = UserFactory(role="office")
    publication = publishing.make_ready(project, by=office)
    deliver_all()

    told = notices.tell(Notice.objects.all(), third)
    assert {one.notice.recipient_id for one in told} == {second_office.pk, third.pk}
    assert "Project “Plant” is ready" in told[0].text and told[0].link == page(publication)
