"""Public pages lead to the card those whom an instruction concerns; the past of a card is read by staff."""

import pytest

from tasks.models import Instruction
from tests.pages.control import address

pytestmark = pytest.mark.django_db


def test_a_district_leads_to_the_card_those_whom_it_concerns(city, read, office):
    given = Instruction.objects.exclude(district=None).order_by("pk").first()
    page, card = f"/kk/districts/{given.district.code}/", address(given)

    assert card not in read(page)
    assert card in read(page, office)


def test_the_two_of_september_are_registered_without_a_term(city, read, office):
    for given in Instruction.objects.exclude(source_item=None):
        html = read(address(given), office)
        assert "мерзімі белгіленбеген" in html
        assert given.source_item.text[:40] in html
