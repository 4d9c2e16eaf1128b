"""Permanent copies are withdrawn with words; two who publish at once make one edition."""

from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from alatau_portal.models import OpenDataEdition, OpenDataFile
from alatau_portal.open_data import editions
from core.exceptions import Conflict, Forbidden
from core.models import Change
from core.text import Text
from tests.open_data.test_editions import holds

pytestmark = pytest.mark.django_db
#: Within one transaction the ledger takes its own changes for news: what is unchanged is seen between two only.
COMMITTED = pytest.mark.django_db(transaction=True)

REASON = Text("Қате болды.", "Была ошибка.", "It was wrong.")
HTTP = "/open-data/projects.csv"


def test_another_address_of_the_portal_is_another_edition(edition, settings):
    settings.PUBLIC_URL = "https://alatau.example"

    editions.keep_up()

    assert holds("https://alatau.example/open-data/")


def test_a_copy_is_withdrawn_by_the_office_with_words_and_stays_away(
    client, edition, project, office, executor
):
    address = f"/open-data/{edition.day}/projects.csv"
    assert client.get(address).status_code == 200
    with pytest.raises(Forbidden):
        editions.withdraw(edition, by=executor, reason=REASON)

    editions.withdraw(edition, by=office, reason=REASON)

    answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-store")
    assert "Была ошибка." in answer.content.decode()
    assert OpenDataFile.objects.count() == 0
    change = Change.objects.filter(relation="alatau_portal_opendataedition").latest("id")
    assert (change.actor, change.verb) == (office.ledger_name, "withdraw")
    with pytest.raises(Conflict):
        editions.withdraw(edition, by=office, reason=REASON)
    assert client.get(HTTP).status_code == 200  # the current files are made anew
    assert "Была ошибка." in client.get("/ru/open-data/").content.decode()


def test_the_command_finds_the_copies_that_hold_a_word_and_withdraws_them(edition, project, office, capsys):
    call_command("withdraw_open_data", "zq7wordq")
    assert str(edition.day) in capsys.readouterr().out
    with pytest.raises(CommandError, match="in Kazakh and in Russian"):
        call_command("withdraw_open_data", "zq7wordq", by="office")

    call_command("withdraw_open_data", "zq7wordq", by="office", reason_kk="Сот.", reason_ru="Суд.")

    edition.refresh_from_db()
    assert edition.withdrawn_at and editions.holding("zq7wordq") == []


def test_without_a_project_there_is_nothing_to_publish(client, db):
    assert editions.publish() is None
    assert client.get(HTTP).status_code == 503


@COMMITTED
def test_two_at_once_make_one_edition(project):
    def publish():
        editions.publish()
        connection.close()

    threads = [Thread(target=publish) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert OpenDataEdition.objects.count() == 1
