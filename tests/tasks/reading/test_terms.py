"""By when: the days that words give, and the words that give none."""

from datetime import date

import pytest

from tasks.reading.terms import terms
from tasks.reading.text import fold

EVENT = date(2026, 1, 31)

DAYS = [
    ("до 15 июня", "2026-06-15"),
    ("до 15 июня 2026 года", "2026-06-15"),
    ("в срок до 15.06.2026 г.", "2026-06-15"),
    ("до «15» июня 2026 года", "2026-06-15"),
    ("к 15-му июня", "2026-06-15"),
    ("не позднее 1 июля т.г.", "2026-07-01"),
    ("до 10 января", "2027-01-10"),
    ("до 10 января следующего года", "2027-01-10"),
    ("до 18:00 15 июня 2026 года", "2026-06-15"),
    ("15 маусымға дейін", "2026-06-15"),
    ("15-маусымға дейін", "2026-06-15"),
    ("2026 жылғы 15 маусымға дейін", "2026-06-15"),
    ("2026 жылдың 1 шілдесіне дейін", "2026-07-01"),
    ("маусымның 1-іне дейін", "2026-06-01"),
    ("қараша айының 1-іне дейін", "2026-11-01"),
    ("30 сәуірден кешіктірмей", "2026-04-30"),
    ("осы жылғы 20 тамызға қарай", "2026-08-20"),
    ("15.02.2026 ж. дейін", "2026-02-15"),
    ("в течение месяца", "2026-02-28"),
    ("в месячный срок", "2026-02-28"),
    ("в течение трёх месяцев", "2026-04-30"),
    ("в двухнедельный срок", "2026-02-14"),
    ("в течение 2 (двух) недель", "2026-02-14"),
    ("в 10-дневный срок", "2026-02-10"),
    ("в десятидневный срок", "2026-02-10"),
    ("за неделю", "2026-02-07"),
    ("в течение 10 календарных дней", "2026-02-10"),
    ("бір ай ішінде", "2026-02-28"),
    ("бір айдың ішінде", "2026-02-28"),
    ("екі апта мерзімде", "2026-02-14"),
    ("он күн ішінде", "2026-02-10"),
    ("үш ай мерзімде", "2026-04-30"),
    ("жарты жыл ішінде", "2026-07-31"),
]

NO_DAYS = [
    "до конца года",
    "до конца первого квартала",
    "жыл соңына дейін",
    "ағымдағы жылдың соңына дейін",
    "в течение 20 рабочих дней",
    "он жұмыс күні ішінде",
    "ежемесячно",
    "еженедельно",
    "тоқсан сайын",
    "ай сайын, 5-күнге дейін",
    "на постоянной основе",
    "тұрақты негізде",
    "до 1-го числа каждого месяца",
    "в кратчайшие сроки",
    "до июля 2026 года",
    "2030 жылға дейін",
    "в месячный срок со дня утверждения проекта",
]

NONE = [
    "от 15 июня 2026 года",
    "с 1 июня",
    "по состоянию на 1 января 2026 года",
    "2026 жылғы 15 маусымдағы",
    "до 31 июня",
    "25 пайызға дейін",
    "сағат 18.00-ге дейін",
    "до 300 тысяч тенге",
    "по плану до 2030 года",
    "намеченный до 1 мая",
]


@pytest.mark.parametrize(("words", "day"), DAYS)
def test_day(words: str, day: str) -> None:
    (term,) = terms(fold(words), 0, len(words))
    assert str(term.due(EVENT)) == day
    assert (term.start, term.end) == (0, len(words))


@pytest.mark.parametrize("words", NO_DAYS)
def test_words_without_a_day(words: str) -> None:
    found = terms(fold(words), 0, len(words))
    assert found and all(term.due(EVENT) is None for term in found)


@pytest.mark.parametrize("words", NONE)
def test_no_term(words: str) -> None:
    assert [term for term in terms(fold(words), 0, len(words)) if term.due(EVENT)] == []


def test_without_the_day_of_the_event_only_a_full_date_is_a_day() -> None:
    said = "до 15 июня и в течение месяца, до 1 июля 2026 года"
    assert [term.due(None) for term in terms(fold(said), 0, len(said))] == [None, None, date(2026, 7, 1)]


def test_a_term_before_the_event_is_none() -> None:
    said = "до 1 июня 2025 года"
    (term,) = terms(fold(said), 0, len(said))
    assert term.due(EVENT) is None


def test_the_last_of_february_waits_for_a_leap_year() -> None:
    said = "до 29 февраля"
    (term,) = terms(fold(said), 0, len(said))
    assert term.due(EVENT) == date(2028, 2, 29)


@pytest.mark.parametrize("words", ["один месяц", "бір ай", "месяц", "1 месяц"])
def test_behind_its_label_a_bare_count_is_a_term(words: str) -> None:
    (term,) = terms(fold(words), 0, len(words), labelled=True)
    assert term.due(EVENT) == date(2026, 2, 28)
    assert terms(fold(words), 0, len(words)) == []
