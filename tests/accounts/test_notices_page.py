"""The page of notices and the bell: read by their owner alone, at a cost that does not grow."""

import pytest

from core.jobs import clear_sessions
from core.models import JobRun, Notice
from tests.factories import (
    NoticeFactory,
)

pytestmark = pytest.mark.django_db

HERE = "/kk/accounts/notifications/"


def test_a_kind_that_is_no_more_is_told_kindly(client, investor):
    NoticeFactory(recipient=investor, kind="of old")
    client.force_login(investor)

    assert "енді көре алмайсыз" in client.get(HERE).content.decode()


def test_reading_one_and_all(client, investor):
    first, second, third = NoticeFactory.create_batch(3, recipient=investor)
    client.force_login(investor)

    answer = client.post(f"{HERE}{first.pk}/read/", {"next": f"{HERE}?show=unread"})
    assert answer["Location"] == f"{HERE}?show=unread"
    answer = client.post(f"{HERE}{second.pk}/read/", {"open": "1"})
    assert answer["Location"] == "/kk/accounts/profile/"
    assert list(Notice.objects.unread()) == [third]
    assert len(client.get(f"{HERE}?show=unread").context["told"]) == 1

    client.post(f"{HERE}read/")
    assert not Notice.objects.unread().exists()
    assert "Барлығы оқылды" in client.get(f"{HERE}?show=unread").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com/", "/\\example.com", "javascript:1"]
)
def test_reading_leads_nowhere_else(client, investor, elsewhere):
    notice = NoticeFactory(recipient=investor)
    client.force_login(investor)

    assert client.post(f"{HERE}{notice.pk}/read/", {"next": elsewhere})["Location"] == HERE


def test_nobody_reads_or_marks_those_of_another(client, investor, office):
    notice = NoticeFactory(recipient=investor)
    client.force_login(office)

    assert client.get(HERE).context["told"] == []
    assert client.post(f"{HERE}{notice.pk}/read/").status_code == 404
    client.post(f"{HERE}read/")
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_list_goes_on_and_wrong_addresses_are_told(client, investor):
    NoticeFactory.create_batch(25, recipient=investor)
    client.force_login(investor)

    first = client.get(HERE)
    assert len(first.context["told"]) == 20
    second = client.get(HERE, {"cursor": first.context["page"].next})
    assert len(second.context["told"]) == 5
    shown = {one.notice.pk for one in first.context["told"]} | {
        one.notice.pk for one in second.context["told"]
    }
    assert len(shown) == 25

    for wrong, said in (({"cursor": "x"}, "енді жоқ"), ({"show": "everything"}, "мұндай тізімі жоқ")):
        answer = client.get(HERE, wrong)
        assert answer.status_code == 200 and said in answer.content.decode()
        assert len(answer.context["told"]) == 20


def test_the_bell_counts_with_one_query_and_costs_visitors_none(
    client, investor, django_assert_max_num_queries
):
    NoticeFactory.create_batch(3, recipient=investor)
    assert b'class="bell"' not in client.get("/kk/about-data/").content
    client.force_login(investor)

    html = client.get("/kk/about-data/").content.decode()
    assert '<span class="count">3</span>' in html
    assert "оқылмағаны:" in html


def test_read_notices_are_forgotten_after_a_while(investor):
    old = NoticeFactory(recipient=investor, read_at="2020-01-01T00:00Z")
    new = NoticeFactory(recipient=investor)

    clear_sessions()

    assert list(Notice.objects.all()) == [new] and old.pk
    assert JobRun.objects.get(job="clear_sessions").result["notices"] == 1
