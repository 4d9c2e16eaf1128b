"""A card of the past: as it stood, and nothing to be done in it."""

import pytest
from django.utils import timezone

from tasks import services
from tests.pages.control import address, controlled
from tests.paper.reading import of_docx

pytestmark = pytest.mark.django_db(transaction=True)


def test_staff_read_a_card_as_it_stood(office, leadership, executor, client):
    made = controlled(office, leadership, executor)
    moment = timezone.now().isoformat()
    services.start(made, by=executor)
    client.force_login(office)

    then = client.get(address(made), {"as_of": moment})

    assert then.status_code == 200
    assert then.context["instruction"].state == "on_control"
    assert "start" not in {event.verb for event in then.context["events"]}
    assert then.context["offers"] == []


def test_so_does_its_paper(office, leadership, executor, client):
    made = controlled(office, leadership, executor)
    moment = timezone.now()
    services.start(made, by=executor)
    client.force_login(office)

    page = client.get(address(made), {"as_of": moment.isoformat()}).content.decode()
    then, now = (
        of_docx(client.get(f"/en/control/{made.public_id}/card.docx", query).content)
        for query in ({"as_of": moment.isoformat()}, {})
    )

    assert "Execution started" in now and "Execution started" not in then
    assert f"{timezone.localtime(moment):%H:%M}" in then
    assert f"/kk/control/{made.public_id}/card.docx?as_of=" in page
