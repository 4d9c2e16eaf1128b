"""One wrong row costs its own place on the page, never the page; and no page tells of a hidden organisation."""

import pytest
from django.core.exceptions import ValidationError

from core.geometry import valid_geometry
from districts.models import Place
from tests.factories import (
    DistrictFactory,
    InstructionFactory,
    MeetingFactory,
    OrganisationFactory,
    PlaceFactory,
    ProtocolFactory,
    ProtocolItemFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

BROKEN = [
    {"type": "Polygon", "coordinates": [[[76, 43], [77, 44], [77, 43], [76, 44], [76, 43]]]},
    {"type": "Polygon", "coordinates": [[76, 43], [77, 44]]},
    {"type": "Cloud", "coordinates": [77, 43.5]},
    {"coordinates": [77, 43.5]},
    {"type": "LineString", "coordinates": [[77, 43.5]]},
]


@pytest.mark.parametrize("geometry", BROKEN)
@pytest.mark.parametrize("kind", ["settlement", "road", "reservoir"])
def test_a_geometry_that_is_none_does_not_take_the_page_down(client, geometry, kind):
    district = DistrictFactory(code="gate", boundary={"type": "Point", "coordinates": [77, 43.5]})
    place = PlaceFactory(kind=kind, visibility="public")
    Place.objects.filter(pk=place.pk).update(geometry=geometry)  # past every form

    assert client.get("/kk/").status_code == 200
    assert client.get(f"/kk/districts/{district.code}/").status_code == 200


@pytest.mark.parametrize("geometry", BROKEN)
def test_and_no_form_takes_it(geometry):
    with pytest.raises(ValidationError):
        valid_geometry(geometry)


def test_a_bad_address_of_a_source_is_no_link(client):
    SourceFactory(addresses=["http://[", "javascript:alert(1)"])

    answer = client.get("/kk/about-data/")

    assert answer.status_code == 200
    assert b'href="javascript' not in answer.content


def test_a_hidden_issuer_is_not_named(client, office):
    hidden = OrganisationFactory(visibility="internal", name_kk="Құпия орган", name_ru="Тайный орган")
    meeting = MeetingFactory(visibility="public")
    item = ProtocolItemFactory(protocol=ProtocolFactory(kind="press_release", meeting=meeting))
    InstructionFactory(visibility="public", issuer=hidden, source_item=item)

    assert "Құпия орган" not in client.get("/kk/").content.decode()
    client.force_login(office)
    assert "Құпия орган" in client.get("/kk/").content.decode()


def test_the_words_of_a_protocol_that_was_not_released_stay_in_the_house(api, office):
    meeting = MeetingFactory(visibility="public")
    ProtocolItemFactory(protocol=ProtocolFactory(kind="protocol", meeting=meeting), text="ішкі сөз")
    released = ProtocolFactory(kind="press_release", meeting=meeting)
    secret = ProtocolItemFactory(protocol=released, text="құпия тапсырма")
    InstructionFactory(visibility="internal", source_item=secret)
    address = f"/api/v1/meetings/{meeting.public_id}/"

    told = api().get(address).content.decode()

    assert "ішкі сөз" not in told
    assert "құпия тапсырма" not in told
    assert "ішкі сөз" in api(office).get(address).content.decode()


def test_who_may_not_look_back_is_told_what_to_do(client):
    answer = client.get("/ru/projects/?as_of=2025-12-01")

    assert answer.status_code == 403
    assert "войдите" in answer.content.decode().lower()


def test_a_year_before_all_time_is_a_bad_request(client, office):
    client.force_login(office)

    assert client.get("/kk/projects/?as_of=0001-01-01T00:00:00%2B14:00").status_code == 400
