"""Enumerations parted to their members: at commas, and at the "and" where both halves can stand alone."""

import re
from collections.abc import Iterator

from tasks.reading.patterns import either
from tasks.reading.text import Text

_COMMA = r",\s+(?:а также\s+|сондай-ақ\s+)?|;\s+|\s+а также\s+|\s+сондай-ақ\s+"
_AND = re.compile(r"\s+(и|және|мен|пен|бен)\s+")
#: No members of their own, but an explanation of the one before.
_ADDED = re.compile(r"(?:в том числе|включая|а именно|в частности|оның ішінде|соның ішінде)(?!\w)")
#: A Kazakh word that shares its verb or noun with what follows the "and": an object, an adjective.
_OBJECT_KK = re.compile(
    r".*(?:[ындт][ды][ыі]|[ыі]н|н[ыі]|[ндт][ыі]ң|[дт][ае][ғг][ыі]|(?:қазір|кейін|ертең|жаз|күз|бүгін|алдың)[ғг][ыі]|қысқы|лық|лік)"
)
_ADJECTIVE_KK = re.compile(r".*(?:(?<!сіз)(?<!сыз)[лдт][ыі][қк]|[лдт][ыі])")
_ENDS_TOPIC = re.compile(r".*(?:[ую]|[ыі]|[ую](?:ды|ді|ын|ін))")
#: Russian nouns that a topic begins with.
_NOUN_RU = either(
    r"(?:\w+(?:ени[еяюй]|ани[еяюй]|ти[еяюй]|аци\w+|ств\w+|ржк\w+|йк\w+|готовк\w+|готовност\w+|работк\w+)|ход[аеу]?|мер[ыам]*",
    r"вопрос\w*|план\w*|проект\w*|перспектив\w+|защит\w+|подготовк\w+|готовност\w+|разработк\w+|переговор\w+|механизм\w*",
    r"порядок|порядка|режим\w*|зон[аы]|график\w*|итог\w*|проблем\w*|темп\w*|срок\w*|результат\w*|схем\w+|стоимост\w+",
    r"потребност\w+|тариф\w*|концепци\w+|запас\w*|услови\w+|этап\w*|рол[ьи]|качеств\w+|безопасност\w+|логистик\w+|состояни\w+)(?!\w)",
)
_ADJECTIVES_RU = re.compile(r"^(?:[\w-]+(?:[ыиоа]й|[оая]е|[ая]я|ые|(?<!н)ие|[ыи]х|ого|его|ую|юю)\s+)+")
Place = tuple[int, int]


def enumerated(text: Text, start: int, end: int, pattern: str) -> Iterator[Place]:
    """The passage parted at a pattern, outside of quotes and brackets."""
    place = start
    for cut in re.finditer(pattern, text.folded[start:end]):
        before = text.folded[place : start + cut.start()]
        if before.count('"') % 2 == 0 and before.count("(") <= before.count(")"):
            yield text.trim(place, start + cut.start())
            place = start + cut.end()
    yield text.trim(place, end)


def members(text: Text, start: int, end: int) -> Iterator[Place]:
    """The members of «A, B және C», «A, B и C»."""
    end = text.trim(start, end, ".;")[1]
    pieces = _whole(text, list(enumerated(text, start, end, _COMMA)))
    yield from pieces[:-1]
    yield from _last_two(text, *pieces[-1], is_list=len(pieces) > 1)


def _whole(text: Text, pieces: list[Place]) -> list[Place]:
    """A lone word and «в том числе …» are no members: they go with the piece before, in Kazakh with the next."""
    kept: list[Place] = []
    pending: int | None = None
    for start, end in pieces:
        is_lone = len(text.folded[start:end].split()) < 2
        if is_lone and text.is_kazakh(start, end) and end != pieces[-1][1]:
            pending = start if pending is None else pending
        elif kept and (is_lone or _ADDED.match(text.folded[start:end])):
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start if pending is None else pending, end))
            pending = None
    return kept or pieces


def _last_two(text: Text, start: int, end: int, *, is_list: bool) -> Iterator[Place]:
    """The last piece at its "and": that of a list always parts it, otherwise only where both halves are topics."""
    passage = text.folded[start:end]
    joints = [cut for cut in _AND.finditer(passage) if passage.count('"', 0, cut.start()) % 2 == 0]
    for cut in sorted(joints, key=lambda cut: cut[1] not in ("и", "және")):
        if _are_members(passage[: cut.start()], passage[cut.end() :], cut[1], is_list=is_list):
            yield start, start + cut.start()
            yield start + cut.end(), end
            return
    yield start, end


def _are_two_ru(left: str, right: str, *, is_list: bool) -> bool:
    """Two topics each begin with their noun; «строительство дорог и мостов», «развитие дорог и сетей» are one."""
    halves = [_ADJECTIVES_RU.sub("", half).split() for half in (left, right)]
    if all(_NOUN_RU.match(" ".join(half)) for half in halves):
        return True
    first, last, other = (_ending(word) for word in (halves[0][0], left.split()[-1], halves[1][0]))
    adjective = right.split()[0]
    is_adjective = adjective != halves[1][0]
    if is_adjective and adjective.endswith(("ый", "ая", "ое", "ые")) and len(halves[1]) > 1:
        return True
    if is_list:
        return other != last or (other == first and not is_adjective) or len(halves[0]) == 1
    return other == "ы" and last != "ы" and not is_adjective and len(halves[1]) > 1


def _ending(word: str) -> str:
    """The last letter as far as it tells the case: ы for и, а for я, nothing for a consonant."""
    return {"и": "ы", "я": "а", "ю": "у", "е": "о"}.get(word[-1], word[-1] if word[-1] in "ыауо" else "")


def _are_members(left: str, right: str, joint: str, *, is_list: bool) -> bool:
    """In Kazakh a topic ends with its noun, in Russian it begins with it; words that share a noun are one topic."""
    if is_list and len(left.split()) == len(right.split()) == 1:
        return True
    if len(left.split()) < 2 or len(right.split()) < (1 if is_list and joint == "и" else 2):
        return False
    if joint == "и":
        return _are_two_ru(left, right, is_list=is_list)
    last = left.split()[-1]
    if _OBJECT_KK.fullmatch(last):
        return False
    if joint == "және" and is_list:
        return True
    ends = [bool(_ENDS_TOPIC.fullmatch(half.split()[-1])) for half in (left, right)]
    return not _ADJECTIVE_KK.fullmatch(last) and (any(ends) if joint == "және" else all(ends))
