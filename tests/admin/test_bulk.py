"""The visibility of many rows: looked at first, answered row by row, named in the ledger."""

import pytest

from core.models import Change
from tests.admin.rows import ROWS, address
from tests.factories import PlaceFactory, SourceFactory

pytestmark = pytest.mark.django_db

PAGE = address("districts.Place", "changelist")


def asked(*rows, **answer):
    return {"action": "set_visibility", "_selected_action": [row.pk for row in rows], **answer}


ANSWER = {"apply": "1", "visibility": "public", "note": "decree 1"}


def test_it_asks_with_the_rows_in_view_and_writes_nothing(browse, office):
    place = PlaceFactory(name_en="Zhetigen")

    response = browse(office).post(PAGE, asked(place))

    assert response.status_code == 200
    assert list(response.context["rows"]) == [place]
    assert "Zhetigen" in response.content.decode()
    place.refresh_from_db()
    assert place.visibility == "internal"


def test_each_row_is_judged_by_itself(browse, office):
    good, bad = PlaceFactory(), PlaceFactory(name_ru="")

    response = browse(office).post(PAGE, asked(good, bad, **ANSWER))

    said = {outcome.row.pk: " ".join(outcome.said) for outcome in response.context["outcomes"]}
    assert (said[good.pk], response.context["done"]) == ("", 1)
    assert "in Kazakh and in Russian" in said[bad.pk]
    shown = {outcome.row.pk: outcome.row.visibility for outcome in response.context["outcomes"]}
    assert shown == {good.pk: "public", bad.pk: "internal"}
    for row in (good, bad):
        row.refresh_from_db()
    assert (good.visibility, bad.visibility) == ("public", "internal")
    last = Change.objects.of(good).last()
    assert (last.actor, last.verb, last.note) == (f"user:{office.pk}", "set_visibility", "decree 1")


def test_the_airfield_stays_hidden(browse, office):
    airfield = PlaceFactory(kind="airfield")

    response = browse(office).post(PAGE, asked(airfield, **ANSWER))

    assert "military" in response.content.decode()
    airfield.refresh_from_db()
    assert airfield.visibility == "internal"


@pytest.mark.parametrize("answer", [{"note": ""}, {"visibility": ""}, {"visibility": "everybody"}])
def test_without_an_answer_nothing_is_done(browse, office, answer):
    place = PlaceFactory()

    response = browse(office).post(PAGE, asked(place, **ANSWER | answer))

    assert response.context["form"].errors
    place.refresh_from_db()
    assert place.visibility == "internal"


def test_an_auditor_is_offered_nothing_and_does_nothing(browse, auditor):
    place, client = PlaceFactory(), browse(auditor)

    assert "set_visibility" not in client.get(PAGE).content.decode()
    client.post(PAGE, asked(place, **ANSWER))

    place.refresh_from_db()
    assert place.visibility == "internal"


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

    assert "set_visibility" not in browse(office).get(address("core.Source", "changelist")).content.decode()
