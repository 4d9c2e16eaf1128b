"""What tests of the papers of control share: their day, and the words of a file that somebody is given."""

import pytest

from tests.pages.board import NOW
from tests.paper.reading import READ


@pytest.fixture(autouse=True)
def _at(time_machine):
    time_machine.move_to(NOW, tick=True)


@pytest.fixture
def taken(client):
    """The words of a file that this user is given; the status where there is none."""

    def words(user, address, language="kk", **query):
        client.logout()
        if user is not None and user.is_authenticated:
            client.force_login(user)
        answer = client.get(f"/{language}/{address}", query)
        form = address.rpartition(".")[2]
        return READ[form](answer.content) if answer.status_code == 200 else answer.status_code

    return words
