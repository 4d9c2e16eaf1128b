"""Numbers written in words, as counts and as days of a month: «двадцать пять», «жиырма бесінші», «двадцатого»."""

import re

_COUNTS = """
1 один одного одной одну бір | 2 два двух две екі | 3 три трех үш | 4 четыре четырех төрт | 5 пять пяти бес
6 шесть шести алты | 7 семь семи жеті | 8 восемь восьми сегіз | 9 девять девяти тоғыз | 10 десять десяти он
11 одиннадцать одиннадцати | 12 двенадцать двенадцати | 14 четырнадцать четырнадцати | 15 пятнадцать пятнадцати
20 двадцать двадцати жиырма | 30 тридцать тридцати отыз | 40 сорок сорока қырық | 45 сорокапяти
50 пятьдесят пятидесяти елу | 60 шестьдесят шестидесяти алпыс | 90 девяносто тоқсан
"""
_ORDINALS = """
1 перв бірінші | 2 втор екінші | 3 треть үшінші | 4 четверт төртінші | 5 пят бесінші | 6 шест алтыншы
7 седьм жетінші | 8 восьм сегізінші | 9 девят тоғызыншы | 10 десят оныншы | 11 одиннадцат | 12 двенадцат
13 тринадцат | 14 четырнадцат | 15 пятнадцат | 16 шестнадцат | 17 семнадцат | 18 восемнадцат | 19 девятнадцат
20 двадцат жиырмасыншы | 30 тридцат отызыншы
"""


def _by_word(table: str) -> dict[str, int]:
    rows = (row.split() for row in re.split(r"[|\n]", table.strip()))
    return {word: int(number) for number, *words in rows for word in words}


_COUNT = _by_word(_COUNTS)
_ORDINAL = _by_word(_ORDINALS)
_TENS = {word: number for word, number in _COUNT.items() if number in (10, 20, 30, 40, 50, 60)}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


#: A count in words: one word, or tens and a unit.
COUNT = rf"(?:(?:{_any(_TENS)})\s+)?(?:{_any(_COUNT)})"
#: The numbers that are written together with their unit: «двухнедельный».
GLUED = _any(_COUNT)
#: The beginning of an ordinal.
NTH = _any(_ORDINAL)
#: A day of a month in words: «двадцать пятого», «жиырма бесінші».
ORDINAL = rf"(?:(?:{_any(_TENS)})\s+)?(?:(?:{_any(_ORDINAL)})(?:ого|ому|его|ему|ое|ье|ый|ий)?)"
#: The same behind a Kazakh month: «мамырдың жиырма бесіне».
OWNED = rf"(?:(?:{_any(_TENS)})\s+)?(?:{_any(_COUNT)}|{_any(_ORDINAL)})(?=с?[ыі]н)"


def number(words: str) -> int:
    """The number that digits or words say: «25», «двадцать пять», «жиырма бесінші», «пятого»."""
    if words.isdigit():
        return int(words)
    return sum(_one(word) for word in words.split())


def _one(word: str) -> int:
    if word in _COUNT:
        return _COUNT[word]
    stem = max((stem for stem in _ORDINAL if word.startswith(stem)), key=len)
    return _ORDINAL[stem]
