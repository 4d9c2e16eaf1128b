"""Nouns that a state body, a company, an official or a group is called by, and the cases they stand in."""

import re
from functools import lru_cache
from typing import NamedTuple

from tasks.reading.endings import hard

#: One body or one office each; in the plural, or without a name of its own, a group.
_RU = (
    "министерств агентств комитет департамент управлени акимат аким аппарат фонд компани предприяти организаци орган "
    "госорган ведомств инвестор застройщик подрядчик генподрядчик субподрядчик девелопер заказчик дирекци центр банк "
    "холдинг палат институт университет служб инспекци прокуратур полици оператор проектировщик разработчик "
    "недропользовател корпораци обществ товариществ министр вице-министр председател руководител "
    "руководств заместител "
    "начальник директор глав офис комисси штаб групп маслихат администраци ассоциаци предпринимател производител "
    "поставщик резидент участник член исполнител структур завод объединени академи совет секретариат "
    "владел собственник "
    "балансодержател сторон партнер представител отдел сектор архитектор подразделени учреждени "
    "перевозчик энергопередающ монополист"
).split()
_KK = (
    "министрлік агенттік комитет департамент басқарма әкімдік әкім аппарат қор компания кәсіпорын "
    "кәсіпорн ұйым орган "
    "ведомство инвестор құрылысшы мердігер девелопер дирекция орталық банк холдинг палата институт "
    "университет инспекция "
    "прокуратура полиция оператор жобалаушы субъект субъекті мүше комиссия штаб кеңсе офис мәслихат "
    "корпорация министр "
    "вице-министр төраға басшы басшылық орынбасар директор құрылым мекеме зауыт ассоциация кәсіпкер "
    "тапсырысшы беруші "
    "топ өкіл әріптес тарап серіктес резидент қатысушы қызмет пайдаланушы орындаушы серіктестік қоғам иелер өндіруші "
    "жеткізуші бөлім хатшылық академия"
).split()
_FORMS = "ао тоо нао ргп гкп кгу ргу нк спк гу кгп ип жшс ақ ұк рмк кмм кмк кеақ мм мкк окбп".split()
#: They stand for the body whose name is beside them: «компании Caspian Group», «ACA қорына».
TRANSPARENT = frozenset(
    "компани фонд предприяти организаци руководств завод корпораци обществ товариществ холдинг банк инвестор "
    "компания қор кәсіпорын ұйым басшылық зауыт корпорация серіктестік қоғам".split()
) | frozenset(_FORMS)
#: They are one named body only where a name follows; alone they say no more than what kind of body is meant.
GENERIC = frozenset(
    "компани предприяти организаци орган госорган ведомств инвестор застройщик подрядчик генподрядчик "
    "субподрядчик девелопер заказчик "
    "оператор проектировщик разработчик недропользовател предпринимател производител поставщик "
    "резидент участник член "
    "исполнител структур владел собственник балансодержател сторон партнер представител перевозчик "
    "монополист руководител "
    "компания кәсіпорын кәсіпорн ұйым ведомство құрылысшы мердігер жобалаушы субъект субъекті мүше "
    "басшы құрылым мекеме кәсіпкер "
    "тапсырысшы беруші өкіл әріптес тарап серіктес қатысушы пайдаланушы орындаушы иелер өндіруші жеткізуші".split()
)
#: Heads that begin a name of a body, so that a capital letter before them may be its first word.
PROPER = frozenset(
    "министрлік агенттік комитет департамент басқарма әкімдік әкім қор компания орталық банк палата "
    "институт университет "
    "инспекция дирекция корпорация холдинг зауыт серіктестік қоғам академия мәслихат министр "
    "вице-министр аппарат қызмет бөлім бөлімше мекеме басшы басшылық топ штаб комиссия хатшылық офис кеңсе".split()
) | frozenset(_FORMS)

_ENDING_KK = re.compile(
    r"-?(?P<plural>[лдт][ае]р)?(?P<owned>(?:с?[ыі])?)"
    r"(?P<case>[ндт][ыі]ң|[қк][ае]|н[ае]|[ае]|[дтн][ыі]|н|н?[дт][ае]|н?[дтн][ае]н|[мп]ен|н?[дт][ае][қк][ыі])?"
)
_FEMININE = frozenset("палат служб прокуратур групп структур сторон глав".split())
_ENDINGS_RU = {
    "plain": "- и а я о ы ь й ый ия",
    "dative": "у ю е и ам ям ому ему ей ой ии ию иям",
    "with": "ом ем ей ой ами ями ыми ими ием иями",
    "of": "и ей ой а я ы й ов ев ии ия ий",
    "other": "у ю е ах ях ию",
}
ALL_CASES = frozenset({"dative", "with", "of", "plain", "other"})
_PLURAL_RU = {"ам", "ям", "ами", "ями", "ах", "ях", "ов", "ев", "иям", "иями"}


class Head(NamedTuple):
    """A noun that a body is called by, and the cases that this form of it may stand in."""

    stem: str
    cases: frozenset[str]
    is_plural: bool


@lru_cache(maxsize=20_000)
def head_of(word: str, kazakh: bool) -> Head | None:
    """What a word is as the noun of a body; None for other words."""
    whole = hard(word)
    for stem in _FORMS:
        if whole == hard(stem) or whole.startswith(f"{hard(stem)}-"):
            return Head(stem, cases_of_ending(whole[len(stem) :]), False)
    for stem in sorted(_KK if kazakh else _RU, key=len, reverse=True):
        beginning = hard(stem)
        if whole.startswith(beginning):
            rest = whole[len(beginning) :]
            if kazakh and (match := _ENDING_KK.fullmatch(rest)):
                return Head(stem, _cases_kk(rest), bool(match["plural"]))
            if not kazakh and (cases := _cases_ru(stem, rest)):
                is_plural = rest in _PLURAL_RU or (rest in ("и", "ы") and not stem.endswith("и"))
                return Head(stem, cases, is_plural)
    return None


def _cases_ru(stem: str, rest: str) -> frozenset[str]:
    """Cases of an ending; -и is a dative of «компания», not of «участники»; -е one of «палата», not of «акимате»."""
    if rest == "и" and not stem.endswith("и"):
        return frozenset({"plain", "of"})
    if rest == "а" and stem in _FEMININE:
        return frozenset({"plain"})
    if rest == "е" and stem not in _FEMININE:
        return frozenset({"other"})
    return frozenset(case for case, endings in _ENDINGS_RU.items() if (rest or "-") in endings.split())


def _cases_kk(rest: str) -> frozenset[str]:
    """Cases of an ending in hard letters (ғ as қ, г as к, б as п)."""
    match = _ENDING_KK.fullmatch(rest)
    case = match["case"] if match else None
    if match is None:
        return frozenset()
    if not case:
        return frozenset({"plain"})
    if case.endswith("ң"):
        return frozenset({"of"})
    if case in ("мен", "пен"):
        return frozenset({"with"})
    if case in ("қа", "ке", "на", "не", "а", "е"):
        return frozenset({"dative"})
    return frozenset({"other"})


def cases_of_ending(rest: str) -> frozenset[str]:
    """Cases of what is tied to an abbreviation or a foreign name («-ге», «ға»); all of them where nothing is."""
    return (_cases_kk(hard(rest)) or ALL_CASES) if rest else ALL_CASES


def ending_length(word: str) -> int:
    """How many letters of a Kazakh noun of a body are the ending of its case: 2 of «инвесторларға»; 0 if unknown."""
    head = head_of(word, kazakh=True)
    if head is None or "plain" in head.cases:
        return 0
    whole = hard(word)
    match = _ENDING_KK.fullmatch(whole[len(head.stem) :])
    case = (match["case"] or "") if match else ""
    return len(case) + (whole[: len(whole) - len(case)].endswith("-"))
