"""How numbers, sums and dates are written in Kazakh, Russian and English.

Plain functions of a value and a language code: pages, the API, exports and mails write the same way.
"""

from datetime import date
from decimal import Decimal

NBSP = "\u00a0"
MINUS = "\u2212"

#: Grouping and decimal sign of each language.
SEPARATORS = {"kk": (NBSP, ","), "ru": (NBSP, ","), "en": (",", ".")}

#: Where a value is not exact. Kazakh forms are chosen to need no case ending on the number.
QUALIFIED = {
    "about": {"kk": "шамамен {}", "ru": "около {}", "en": "about {}"},
    "almost": {"kk": "{} дерлік", "ru": "почти {}", "en": "almost {}"},
    "at_least": {"kk": "кемінде {}", "ru": "не менее {}", "en": "at least {}"},
    "up_to": {"kk": "ең көбі {}", "ru": "до {}", "en": "up to {}"},
}

#: Currencies that have a name of their own in a text; the others keep their code.
CURRENCIES = {"KZT": {"kk": "теңге", "ru": "тенге", "en": "tenge"}}

SCALES = [
    (Decimal(10) ** 12, {"kk": "трлн", "ru": "трлн", "en": "tn"}),
    (Decimal(10) ** 9, {"kk": "млрд", "ru": "млрд", "en": "bn"}),
    (Decimal(10) ** 6, {"kk": "млн", "ru": "млн", "en": "m"}),
]

MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split(),
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split(),
    "en": ("January February March April May June July August September October November December").split(),
}
MONTHS_RU_GENITIVE = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
).split()
MONTHS_KK_LOCATIVE = (
    "қаңтардағы ақпандағы наурыздағы сәуірдегі мамырдағы маусымдағы "
    "шілдедегі тамыздағы қыркүйектегі қазандағы қарашадағы желтоқсандағы"
).split()

#: Winter is where December is: the year printed is the year of the stored day.
SEASONS = {
    "kk": ("қыс", "көктем", "жаз", "күз"),
    "ru": ("зима", "весна", "лето", "осень"),
    "en": ("winter", "spring", "summer", "autumn"),
}
SEASONS_RU_ACCUSATIVE = ("зиму", "весну", "лето", "осень")
SEASONS_KK_LOCATIVE = ("қыстағы", "көктемдегі", "жаздағы", "күздегі")

DATE_NOT_PUBLISHED = {
    "kk": "күні жарияланбаған",
    "ru": "дата не опубликована",
    "en": "date not published",
}


def language(code: str | None) -> str:
    """The language of the three that `code` (kk, ru-RU, en-gb, None) stands for; Kazakh otherwise."""
    short = (code or "")[:2].lower()
    return short if short in SEPARATORS else "kk"


def number(value: int | float | str | Decimal, lang: str | None) -> str:
    """All digits that matter, grouped: 31730.5 is «31 730,5» in kk and ru, “31,730.5” in en."""
    group, point = SEPARATORS[language(lang)]
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    whole, _, fraction = f"{abs(exact):,f}".partition(".")
    fraction = fraction.rstrip("0")
    written = whole.replace(",", group) + (point + fraction if fraction else "")
    return MINUS + written if exact < 0 else written


def number_range(low: Decimal | int, high: Decimal | int, lang: str | None) -> str:
    return f"{number(low, lang)}–{number(high, lang)}"


def qualifier_words(qualifier: str, lang: str | None) -> tuple[str, str]:
    """What stands before a qualified value, and what after it; both empty when it is exact."""
    before, _, after = QUALIFIED.get(qualifier, {}).get(language(lang), "{}").partition("{}")
    return before.strip(), after.strip()


def qualified(written: str, qualifier: str, lang: str | None) -> str:
    """A written value with its “about”, “almost”, “at least” or “up to”; as it is when exact."""
    before, after = qualifier_words(qualifier, lang)
    return " ".join(part for part in (before, written, after) if part)


def money(amount: int | str | Decimal, currency: str, lang: str | None) -> str:
    """The exact sum: «88 800 000 000 теңге», «368 000 000 USD». Cents only where there are any."""
    exact = Decimal(str(amount))
    group, point = SEPARATORS[language(lang)]
    written = number(exact, lang)
    if exact != exact.to_integral_value():
        sign, digits = (MINUS, f"{-exact:,.2f}") if exact < 0 else ("", f"{exact:,.2f}")
        written = sign + digits.replace(",", "\0").replace(".", point).replace("\0", group)
    return f"{written} {currency_name(currency, lang)}"


def money_short(amount: int | str | Decimal, currency: str, lang: str | None) -> str:
    """«88,8 млрд теңге» where that says the same; the exact sum where shortening would round it."""
    exact = Decimal(str(amount))
    for size, names in SCALES:
        scaled = exact / size
        if abs(exact) >= size and scaled == scaled.quantize(Decimal("0.01")):
            return f"{number(scaled, lang)}{NBSP}{names[language(lang)]} {currency_name(currency, lang)}"
    return money(exact, currency, lang)


def currency_name(currency: str, lang: str | None) -> str:
    return CURRENCIES.get(currency, {}).get(language(lang), currency)


def day_text(day: date, lang: str | None) -> str:
    return partial_date(day, "day", "", lang)


def partial_date(day: date | None, precision: str, text: str, lang: str | None) -> str:
    """A date as exactly as it is known: day, month, season or year.

    What is not known stays as the source printed it, or is said to be unpublished.
    """
    lang = language(lang)
    if day is None or precision not in PRECISIONS:
        return text or DATE_NOT_PUBLISHED[lang]
    return PRECISIONS[precision][lang](day)


def as_of(day: date | None, precision: str, text: str, lang: str | None) -> str:
    """The date of a figure, in a phrase: «2025 ж. 22 қыркүйектегі дерек», «на 22 сентября 2025 г.»."""
    lang = language(lang)
    if day is None or precision not in PRECISIONS:
        return text or DATE_NOT_PUBLISHED[lang]
    return AS_OF[lang](day, precision)


def _season(day: date) -> int:
    return day.month % 12 // 3


def _as_of_kk(day: date, precision: str) -> str:
    month, season = MONTHS_KK_LOCATIVE[day.month - 1], SEASONS_KK_LOCATIVE[_season(day)]
    when = {
        "day": f"{day.year} ж. {day.day} {month}",
        "month": f"{day.year} ж. {month}",
        "season": f"{day.year} ж. {season}",
        "year": f"{day.year} жылғы",
    }[precision]
    return f"{when} дерек"


def _as_of_ru(day: date, precision: str) -> str:
    if precision == "season":
        return f"на {SEASONS_RU_ACCUSATIVE[_season(day)]} {day.year} г."
    return f"на {PRECISIONS[precision]['ru'](day)}"


def _as_of_en(day: date, precision: str) -> str:
    return f"as of {PRECISIONS[precision]['en'](day)}"


PRECISIONS = {
    "day": {
        "kk": lambda day: f"{day.year} ж. {day.day} {MONTHS['kk'][day.month - 1]}",
        "ru": lambda day: f"{day.day} {MONTHS_RU_GENITIVE[day.month - 1]} {day.year} г.",
        "en": lambda day: f"{day.day} {MONTHS['en'][day.month - 1]} {day.year}",
    },
    "month": {
        "kk": lambda day: f"{day.year} ж. {MONTHS['kk'][day.month - 1]}",
        "ru": lambda day: f"{MONTHS['ru'][day.month - 1]} {day.year} г.",
        "en": lambda day: f"{MONTHS['en'][day.month - 1]} {day.year}",
    },
    "season": {
        "kk": lambda day: f"{day.year} ж. {SEASONS['kk'][_season(day)]}",
        "ru": lambda day: f"{SEASONS['ru'][_season(day)]} {day.year} г.",
        "en": lambda day: f"{SEASONS['en'][_season(day)]} {day.year}",
    },
    "year": {
        "kk": lambda day: f"{day.year} ж.",
        "ru": lambda day: f"{day.year} г.",
        "en": lambda day: f"{day.year}",
    },
}
AS_OF = {"kk": _as_of_kk, "ru": _as_of_ru, "en": _as_of_en}
