"""Numbers, sums and dates in three languages: the functions, the filters, and Django's own formats."""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format, get_format, number_format
from django.utils.translation import gettext, ngettext

from core import formats
from core.admin import numbers


def spaced(text: str) -> str:
    """With plain spaces, to be compared with what one can type."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "kk", "en"),
    [
        (Decimal("31730.5"), "31 730,5", "31,730.5"),
        (Decimal("31730.00"), "31 730", "31,730"),
        (900, "900", "900"),
        (0, "0", "0"),
        (Decimal("-1234.10"), "−1 234,1", "−1,234.1"),
        (Decimal("1E+9"), "1 000 000 000", "1,000,000,000"),
        (0.1, "0,1", "0.1"),
    ],
)
def test_a_number_keeps_its_digits(value, kk, en):
    assert spaced(formats.number(value, "kk")) == spaced(formats.number(value, "ru")) == kk
    assert formats.number(value, "en") == en


@pytest.mark.parametrize(
    ("amount", "currency", "kk", "ru", "en"),
    [
        ("368000000.00", "USD", "368 000 000 USD", "368 000 000 USD", "368,000,000 USD"),
        ("88800000000", "KZT", "88 800 000 000 теңге", "88 800 000 000 тенге", "88,800,000,000 tenge"),
        ("1234.5", "EUR", "1 234,50 EUR", "1 234,50 EUR", "1,234.50 EUR"),
        ("-5", "USD", "−5 USD", "−5 USD", "−5 USD"),
    ],
)
def test_money_is_exact(amount, currency, kk, ru, en):
    assert [spaced(formats.money(amount, currency, lang)) for lang in ("kk", "ru", "en")] == [kk, ru, en]


@pytest.mark.parametrize(
    ("amount", "currency", "kk", "en"),
    [
        ("88800000000", "KZT", "88,8 млрд теңге", "88.8 bn tenge"),
        ("368000000", "USD", "368 млн USD", "368 m USD"),
        ("10000000000000", "KZT", "10 трлн теңге", "10 tn tenge"),
        ("1234567890", "USD", "1 234 567 890 USD", "1,234,567,890 USD"),
        ("900000", "USD", "900 000 USD", "900,000 USD"),
    ],
)
def test_a_short_sum_is_never_rounded(amount, currency, kk, en):
    assert spaced(formats.money_short(amount, currency, "kk")) == kk
    assert spaced(formats.money_short(amount, currency, "en")) == en


@pytest.mark.parametrize(
    ("qualifier", "kk", "ru", "en"),
    [
        ("exact", "900", "900", "900"),
        ("about", "шамамен 900", "около 900", "about 900"),
        ("almost", "900 дерлік", "почти 900", "almost 900"),
        ("at_least", "кемінде 900", "не менее 900", "at least 900"),
        ("up_to", "ең көбі 900", "до 900", "up to 900"),
    ],
)
def test_a_value_that_is_not_exact_says_so(qualifier, kk, ru, en):
    assert [formats.qualified("900", qualifier, lang) for lang in ("kk", "ru", "en")] == [kk, ru, en]


@pytest.mark.parametrize(
    ("day", "precision", "kk", "ru", "en"),
    [
        (date(2025, 9, 29), "day", "2025 ж. 29 қыркүйек", "29 сентября 2025 г.", "29 September 2025"),
        (date(2024, 6, 1), "month", "2024 ж. маусым", "июнь 2024 г.", "June 2024"),
        (date(2027, 9, 1), "season", "2027 ж. күз", "осень 2027 г.", "autumn 2027"),
        (date(2026, 12, 1), "season", "2026 ж. қыс", "зима 2026 г.", "winter 2026"),
        (date(2029, 1, 1), "year", "2029 ж.", "2029 г.", "2029"),
        (None, "unknown", "күні жарияланбаған", "дата не опубликована", "date not published"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(day, precision, kk, ru, en):
    assert [formats.partial_date(day, precision, "", lang) for lang in ("kk", "ru", "en")] == [kk, ru, en]


def test_an_unknown_date_stays_as_printed():
    assert formats.partial_date(None, "unknown", "about July 2026", "kk") == "about July 2026"


@pytest.mark.parametrize(
    ("day", "precision", "kk", "ru", "en"),
    [
        (
            date(2025, 9, 22),
            "day",
            "2025 ж. 22 қыркүйектегі дерек",
            "на 22 сентября 2025 г.",
            "as of 22 September 2025",
        ),
        (date(2024, 6, 1), "month", "2024 ж. маусымдағы дерек", "на июнь 2024 г.", "as of June 2024"),
        (date(2027, 3, 1), "season", "2027 ж. көктемдегі дерек", "на весну 2027 г.", "as of spring 2027"),
        (date(2029, 1, 1), "year", "2029 жылғы дерек", "на 2029 г.", "as of 2029"),
    ],
)
def test_the_date_of_a_figure_is_a_phrase(day, precision, kk, ru, en):
    assert [formats.as_of(day, precision, "", lang) for lang in ("kk", "ru", "en")] == [kk, ru, en]


def test_any_other_language_is_written_as_kazakh():
    assert formats.language("ru-RU") == "ru"
    assert formats.language(None) == formats.language("de") == "kk"


FILTERS = """{{ n|number }}|{{ none|number }}|{{ m|money:"USD" }}|{{ m|money_short:"KZT" }}|\
{{ n|number|qualified:"almost" }}|\
{{ d|partial_date }}|{{ d|as_of }}|{{ plain|as_of }}|{{ none|partial_date }}"""


def test_filters_follow_the_active_language():
    known = SimpleNamespace(day=date(2027, 9, 1), precision="season", text="2027 autumn")
    values = {"n": Decimal("4000"), "m": 1_000_000, "d": known, "plain": date(2025, 9, 29), "none": None}
    with translation.override("kk"):
        written = spaced(Template("{% load portal %}" + FILTERS).render(Context(values)))

    assert written.split("|") == [
        "4 000",
        "",
        "1 000 000 USD",
        "1 млн теңге",
        '4 000 <span class="qualifier">дерлік</span>',
        "2027 ж. күз",
        "2027 ж. күздегі дерек",
        "2025 ж. 29 қыркүйектегі дерек",
        "күні жарияланбаған",
    ]


@pytest.mark.parametrize(
    ("lang", "long", "short", "moment", "grouped"),
    [
        ("kk", "2025 ж. 29 қыркүйек", "29.09.2025", "2025 ж. 29 қыркүйек, 14:05", "31 730,5"),
        ("ru", "29 сентября 2025 г.", "29.09.2025", "29 сентября 2025 г., 14:05", "31 730,5"),
        ("en", "29 September 2025", "29 Sep 2025", "29 September 2025, 14:05", "31,730.5"),
    ],
)
def test_django_formats_of_the_language(lang, long, short, moment, grouped):
    day, instant = date(2025, 9, 29), datetime(2025, 9, 29, 14, 5)
    with translation.override(lang):
        assert date_format(day) == long
        assert date_format(day, "SHORT_DATE_FORMAT") == short
        assert date_format(instant, "DATETIME_FORMAT") == moment
        assert spaced(number_format(Decimal("31730.5"), force_grouping=True)) == grouped


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_date_is_read_day_first(lang):
    with translation.override(lang):
        assert forms.DateField().clean("04.05.2026") == date(2026, 5, 4)
        assert forms.DateField().clean("2026-05-04") == date(2026, 5, 4)


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("31 730,5", "31730.5"),
        ("31\u00a0730,5", "31730.5"),
        ("31730.5", "31730.5"),
        ("−7,25", "-7.25"),
        ("368000000", "368000000"),
        ("1,234,5", "1,234,5"),
        ("1.234,5", "1.234,5"),
        ("көп", "көп"),
    ],
)
def test_a_number_is_read_as_it_is_written(lang, typed, meant):
    """What could mean two numbers stays as it is, and the field refuses it."""
    assert numbers.as_typed(typed, lang) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("31,730.5", "31730.5"), ("-1,234", "-1234"), ("31,5", "31,5"), ("0.5", "0.5")]
)
def test_an_english_number_is_read_as_it_is_written(typed, meant):
    assert numbers.as_typed(typed, "en") == meant


@pytest.mark.parametrize(("lang", "shown"), [("kk", "31 730,5"), ("ru", "31 730,5"), ("en", "31,730.5")])
def test_a_number_stands_in_its_field_as_it_is_written(lang, shown):
    with translation.override(lang):
        assert spaced(numbers.NumberInput().format_value(Decimal("31730.5000"))) == shown
        assert numbers.NumberInput().format_value("көп") == "көп"


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_week_begins_on_monday(lang):
    with translation.override(lang):
        assert get_format("FIRST_DAY_OF_WEEK") == 1


def test_what_django_and_allauth_say_is_kazakh():
    with translation.override("kk"):
        assert gettext("Friday") == "Жұма"
        assert gettext("Forgot your password?") == "Құпиясөзді ұмыттыңыз ба?"
        assert gettext("The username and/or password you specified are not correct.").startswith(
            "Пайдаланушы"
        )
        assert ngettext("%(num)d day", "%(num)d days", 5) % {"num": 5} == "5 күн"
        with pytest.raises(ValidationError, match="мекенжайын енгізіңіз"):
            forms.EmailField().clean("x")
        with pytest.raises(ValidationError, match="Кемінде 12 таңба"):
            MinimumLengthValidator(12).validate("short")
