"""The steps of publication for many rows: looked at first, answered row by row, named in the ledger."""

import pytest

from core.models import Change
from districts.models import Place, Publication
from districts.services import publishing
from tests.admin.rows import ROWS, address
from tests.factories import PlaceFactory, SourceFactory

pytestmark = pytest.mark.django_db

PAGE = address("districts.Place", "changelist")


def asked(*rows, action="make_ready_many", **answer):
    return {"action": action, "_selected_action": [row.pk for row in rows], **answer}


ANSWER = {"apply": "1", "to": "public", "note": "decree 1"}


def levels(*rows):
    return [Place.objects.get(pk=row.pk).visibility for row in rows]


def test_it_asks_with_the_rows_in_view_and_writes_nothing(browse, office):
    place = PlaceFactory(name_en="Zhetigen")

    response = browse(office).post(PAGE, asked(place))

    assert response.status_code == 200
    assert list(response.context["rows"]) == [place]
    assert "Zhetigen" in response.content.decode()
    assert not Publication.objects.exists()


def test_each_row_is_judged_by_itself(browse, office):
    good, bad = PlaceFactory(), PlaceFactory(name_ru="")

    response = browse(office).post(PAGE, asked(good, bad, **ANSWER))

    said = {outcome.row.pk: " ".join(outcome.said) for outcome in response.context["outcomes"]}
    assert (said[good.pk], response.context["done"]) == ("", 1)
    assert "name (Russian)" in said[bad.pk]
    made = Publication.objects.get()
    assert (made.object_id, made.state, made.ready_by) == (good.pk, "ready", office)
    last = Change.objects.of(made).last()
    assert (last.actor, last.verb, last.note) == (f"user:{office.pk}", "make_ready", "decree 1")
    assert levels(good, bad) == ["internal", "internal"]


def test_another_person_publishes_and_takes_down(browse, office, second_office):
    first, second = PlaceFactory(), PlaceFactory()
    browse(office).post(PAGE, asked(first, second, **ANSWER))

    mine = browse(office).post(PAGE, asked(first, action="publish_many", apply="1"))
    assert "second person" in " ".join(mine.context["outcomes"][0].said)
    blind = browse(second_office).post(PAGE, asked(first, action="publish_many", apply="1"))
    assert "changed after it was made ready" in " ".join(blind.context["outcomes"][0].said)
    looked = browse(second_office).post(PAGE, asked(first, second, action="publish_many"))
    seen = looked.context["form"].initial["seen"]
    browse(second_office).post(PAGE, asked(first, second, action="publish_many", apply="1", seen=seen))
    assert levels(first, second) == ["public", "public"]

    words = {"reason_kk": "Жаңылыс", "reason_ru": "Ошибка", "note": "wrong place"}
    browse(office).post(PAGE, asked(first, action="take_down_many", apply="1", **words))
    assert levels(first, second) == ["internal", "public"]


def test_many_are_sent_back(browse, office, second_office):
    place = PlaceFactory()
    publishing.make_ready(place, by=office)

    browse(second_office).post(PAGE, asked(place, action="send_back_many", apply="1", note="no length"))

    assert Publication.objects.get().state == "internal"


def test_the_airfield_stays_hidden(browse, office):
    airfield = PlaceFactory(kind="airfield")

    response = browse(office).post(PAGE, asked(airfield, **ANSWER))

    assert "military" in response.content.decode()
    assert not Publication.objects.exists()


@pytest.mark.parametrize("answer", [{"to": ""}, {"to": "internal"}, {"to": "everybody"}])
def test_without_an_answer_nothing_is_done(browse, office, answer):
    place = PlaceFactory()

    response = browse(office).post(PAGE, asked(place, **ANSWER | answer))

    assert response.context["form"].errors
    assert not Publication.objects.exists()


def test_an_auditor_is_offered_nothing_and_does_nothing(browse, auditor):
    place, client = PlaceFactory(), browse(auditor)

    assert "make_ready_many" not in client.get(PAGE).content.decode()
    client.post(PAGE, asked(place, **ANSWER))

    assert not Publication.objects.exists()


@pytest.mark.parametrize("model", ROWS)
def test_nothing_is_removed_by_the_dozen(browse, office, model):
    row, client = ROWS[model](), browse(office)

    client.post(
        address(model, "changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )

    assert type(row)._base_manager.filter(pk=row.pk).exists()


def test_what_is_not_published_has_no_such_verb(browse, office):
    SourceFactory()

    assert "make_ready_many" not in browse(office).get(address("core.Source", "changelist")).content.decode()
