"""Words without their endings: whether two words are one word in two cases, and which case a word stands in."""

import re
from functools import lru_cache

#: Letters that a Kazakh ending changes (әкімдік, әкімдігі) are compared as one.
_HARD = str.maketrans("ғгб", "қкп")

_PLURAL = r"(?:[лдт][ае]р)?"
_OWNED = r"(?:с?[ыі])?"
_KAZAKH_CASE = (
    r"(?:[ндт][ыі]ң|[қк][ае]|н[ае]|[ае]|[ндт][ыі]|н|н?[дт][ае]|[дтн][ае]н|нн?[ае]н|[мп]ен"
    r"|н?[дт][ае][қк][ыі])?"
)
_RUSSIAN = (
    "а я о е у ю ы и ь й ом ем ам ям ами ями ах ях ов ев ей ий ый ой ого его ому ему ым им ую юю ая яя "
    "ое ее ые ие ых их "
    "ыми ими ою ею ию ия иям иями иях ием ии ией"
).replace("г", "к")
_ENDING = re.compile(rf"-?(?:{_PLURAL}{_OWNED}{_KAZAKH_CASE}|{'|'.join(_RUSSIAN.split())})")


@lru_cache(maxsize=20_000)
def hard(word: str) -> str:
    return word.translate(_HARD)


@lru_cache(maxsize=100_000)
def same(one: str, other: str) -> bool:
    """Whether two folded words differ in their endings only."""
    one, other = hard(one), hard(other)
    if one == other:
        return True
    stem = next(
        (i for i, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1),
        min(len(one), len(other)),
    )
    shorter = min(len(one), len(other))
    least = shorter if shorter <= 4 else max(3 if shorter == 5 else 4, shorter - 4)
    cuts = range(stem, max(least, stem - 2) - 1, -1)
    return any(_ENDING.fullmatch(one[cut:]) and _ENDING.fullmatch(other[cut:]) for cut in cuts)


def is_form(word: str, stem: str) -> bool:
    """Whether the word is this stem with an ending; the stem is cut where no case changes it."""
    word, stem = hard(word), hard(stem)
    return word.startswith(stem) and bool(_ENDING.fullmatch(word[len(stem) :]))


_DATIVE_KK = re.compile(r".*(?:[ғгқк][ае]|[ыі]на|[ыі]не)")
_WITH_KK = re.compile(r".*[мбп]ен")
_OF_KK = re.compile(r".*[ндт][ыі]ң")
_OTHER_KK = re.compile(r".*(?:[ндт][ыі]|[ыі]н|[дт][ае]|[дтн][ае]н|[дт][ае]ғы|[дт][ае]гі)")


def case_kk(word: str) -> str:
    """dative, with, of, other or plain: the case of a Kazakh word (or of an abbreviation with an ending)."""
    for name, pattern in (("of", _OF_KK), ("with", _WITH_KK), ("dative", _DATIVE_KK)):
        if pattern.fullmatch(word):
            return name
    return "other" if _OTHER_KK.fullmatch(word) else "plain"


_DATIVE_RU = re.compile(r".*(?:[уюе]|[аия]м|ии|[оеы]й|[ое]му|ым|им)")
_WITH_RU = re.compile(r".*(?:[аяы]ми|ими|[оеи]м|[оеи]?ей|ой|ым)")


def is_dative_ru(word: str) -> bool:
    return bool(_DATIVE_RU.fullmatch(word))


def is_with_ru(word: str) -> bool:
    return bool(_WITH_RU.fullmatch(word))
