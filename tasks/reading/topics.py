"""Topics that a sentence says were considered at a sitting."""

import re
from collections.abc import Iterator

from tasks.reading.blocks import Block
from tasks.reading.enumerating import Place, members
from tasks.reading.happening import SITTING
from tasks.reading.headings import Part
from tasks.reading.patterns import whole
from tasks.reading.sentences import sentences
from tasks.reading.text import Text

_CONSIDERED_RU = whole(
    r"(?:был[иоа]?\s+)?(?:рассмотрен[ыоа]?|обсужден[ыоа]?|затронут[ыоа]?|подняты)|рассмотрел[аи]?|обсудил[аи]?",
    r"заслушан[ыоа]?|заслушал[аи]?|проанализирован[ыоа]?|обсуждал(?:ись|ся|ась|ось)|рассматривал(?:ись|ся|ась|ось)"
    r"|речь\s(?:шла|зашла|пойдет)|стал[аи]?\s+(?:темой|темами|предметом)(?:\s+(?:обсуждения|рассмотрения|разговора|дискуссии))?",
)
_CONSIDERED_KK = whole(
    r"талқы(?:ға|лауға)\s(?:түсті|салынды|шығарылды)|тыңдалды|әңгіме\sболды|талданды|таразыланды"
    "|қаралды|талқыланды|талқылады|қарастырылды|сөз болды|көтерілді|сөз қозғалды|айтылды|пысықталды"
)
#: «… следующие вопросы, связанные с» before the topics, «… сияқты мәселелер» behind them.
_QUESTIONS_RU = re.compile(
    r"[\s:]*(?:(?:ряд|несколько|следующие|актуальные|ключевые|основные|также|в том числе|и|\w+енные|\w+ские)\s+)*"
    r"вопрос(?:ы|ов|а|ам)?(?:\s*,\s*(?:связанны[ех]|касающи[ех]ся)\s+(?:с|со)?)?(?:\s+(?:о|об|по))?\s+"
)
_QUESTIONS_KK = re.compile(
    r"[\s,]*(?:(?:сияқты|секілді|және басқа(?: да)?|да|сынды|т\.б\.)\s+)*(?:(?:өзекті|маңызды|түрлі"
    r"|бірқатар|негізгі)\s+)?"
    r"(?:мәселе|сұрақ|тақырып)\w*(?:\s+да)?\s*$|\s+(?:да|де|туралы|жөнінде)\s*$"
)
_OPENING_RU = re.compile(r"[^,]*?(?<!\w)(?:заседани\w+|совещани\w+|встреч\w+|на нем)[\s,]*")
_OPENING_KK = re.compile(
    r"[^,]*?(?<!\w)(?:жиында|жиынында|отырыста|отырысында|кеңесте|кеңесінде|мәжілісте|кездесуде|барысында)[\s,]+"
    r"|[^,]*?(?<!\w)(?:отырысын|кеңесін|жиынын|мәжілісін|заседание)\s+өткіз\w+[\s,]+"
    r"|(?:сонымен бірге|сонымен қатар|сондай-ақ|бұдан бөлек|бұған қоса|одан бөлек|оған қоса|қатысушылар"
    r"|онда|мұнда)[\s,]+"
)
#: A sentence so begun goes on with the one before it.
_ANAPHOR = re.compile(
    r"(?:сонымен бірге|сонымен қатар|сондай-ақ|бұдан бөлек|бұған қоса|одан бөлек|также|кроме того"
    r"|помимо этого|на нем|на ней"
    r"|онда|мұнда|участники|отдельно|отдельное внимание)(?!\w)"
)
_TOOK_PART = re.compile(r"(?:участники|қатысушылар)(?!\w)")
_LISTED = re.compile(
    r"(?:(?:в|на)\s+)?(?:повестк[аеу](?:\s+дня)?|күн\s+тәртібін(?:де|е))[^:.]*?"
    r"(?::|\s-\s|(?<=тәртібіне)\s|(?<=тәртібінде)\s|вош[лелио]+|включ\w+|бойынша)\s*"
)
_PUT_ON = re.compile(
    r"\s+(?:мәселелері\s+)?(?:шығарылды|енгізілді|енді|қойылды|болды|тұрды|қаралды|талқыланды)[\s.]*$"
)
#: A line that says that topics follow: «… рассмотрены следующие вопросы:», «… мынадай мәселелер қаралды:».
_FOLLOW = whole(
    r"вопрос(?:ы|ам|ов)|темы|темам|рассмотрен[ыо]?|обсужден[ыо]?|рассмотрели|обсудили|заслушан[ыо]?|обсуждались|повестк\w+"
    r"|мәселе(?:лер)?|мәселелері|тақырыптар|қаралды|талқыланды|тыңдалды|күн тәртібі\w*"
)
_ORDERS = re.compile(r"поруч|тапсыр|жүкте|решени|шешім|задач|міндет")
#: Talks with a partner are no sitting.
_TALKS = whole(
    r"кездес\w+|встрет\w+|встреч\w+|тараптар|стороны|келіссөз\w*|переговор(?:ы|ов|ах)\s+(?:прош|состо)\w+"
)
_HAVING = re.compile(
    r"(?<!\w)(?:заслушав|обсудив|рассмотрев)(?:\s+(?:\w+\s+)?и\s+(?:обсудив|рассмотрев))?\s+(?:вопрос\w*\s+)?"
)
#: What another sitting considered: «Напомним, …».
_REMINDS = re.compile(r"(?:напомним|ранее|еске сал\w+|бұған дейін|айта кет\w+|осыған дейін)(?!\w)")
_LATER = re.compile(r"(?<!\w)(?:будет|будут)\s+(?:\w+\s+)?(?:рассмотр|обсужд|заслуш)|қаралады|талқыланады")
#: Where it was considered, and by whom, is no topic: «Вопрос обсудили на совещании у вице-премьера».
_NOT_TOPIC = re.compile(r"\s*(?:на|в ходе|в рамках|у|под|с участием|вчера|сегодня|накануне)\s")
#: The place may stand behind the topics: «… мәселесі Жобалық офис отырысында қаралды»; «мәселе кеңесте …» has none.
_PLACE_KK = re.compile(
    r"^(?P<topic>.*?)(?:(?<= )|^)(?:(?:мәселе|мәселесі|мәселелері|жайы|барысы|жобасы)\s|(?=мәселе\s))[^,]*?"
    r"(?:отырыс|кеңес|жиын|мәжіліс|кездесу)\w*[дт][ае]\s*$"
)
_LONGEST = 3_000


def topics_told(text: Text, found: list[Block], protocol: bool) -> list[Place]:
    """The topics of all sentences; those of the headline only where no sentence has any."""
    titled: list[Place] = []
    told: list[Place] = list(_below(text, found))
    if told:
        return told
    goes_on = False
    for start, end in _sentences(text, found):
        topics = list(_of_sentence(text, start, end, goes_on, protocol)) if end - start < _LONGEST else []
        goes_on = bool(topics)
        is_title = not told and text.folded[end - 1] not in '.!?"'
        (titled if is_title else told).extend(topics)
    return told or titled


def _below(text: Text, found: list[Block]) -> Iterator[Place]:
    """The items under a line that says that topics follow."""
    inside = False
    for block in found:
        words = text.folded[block.start : block.end]
        if inside and block.kind == "item":
            yield block.start, block.end
        else:
            last = words[max(words.rfind(". ", 0, -1), 0) :]
            inside = last.endswith(":") and bool(_FOLLOW.search(last)) and not _ORDERS.search(last)


def _sentences(text: Text, found: list[Block]) -> Iterator[Place]:
    """Those of lines and items, and «Обсудив …, решили:»."""
    for block in found:
        if block.kind in ("line", "item"):
            yield from sentences(text, block.start, block.end)
        elif block.part is Part.DECIDED:
            yield from sentences(text, text.line_start(block.start - 1), block.start)


def _of_sentence(text: Text, start: int, end: int, goes_on: bool, protocol: bool) -> Iterator[Place]:
    folded = text.folded[start:end]
    if _REMINDS.match(folded) or _LATER.search(folded):
        return
    if listed := _LISTED.match(folded):
        tail = _PUT_ON.search(folded)
        yield from members(text, start + listed.end(), start + tail.start() if tail else end)
    elif having := _HAVING.search(folded):
        stop = folded.find(",", having.end())
        if SITTING.search(folded) or not folded.endswith("."):
            yield from members(text, start + having.end(), start + stop if stop > 0 else end)
    elif _is_at_sitting(text, start, end, goes_on, protocol):
        if said := _CONSIDERED_RU.search(folded):
            yield from _russian(text, start, end, said)
        elif (said := _CONSIDERED_KK.search(folded)) and not _is_only_said(folded, said):
            yield from _kazakh(text, start, start + said.start())


def _is_only_said(folded: str, said: re.Match[str]) -> bool:
    """«… деген тілек айтылды»: no topic, unless it was told about something («… туралы айтылды»)."""
    is_told = said.group() == "айтылды"
    return is_told and not re.search(r"(?:туралы|жөнінде|жайында|мәселе\w*)\s+$", folded[: said.start()])


def _is_at_sitting(text: Text, start: int, end: int, goes_on: bool, protocol: bool) -> bool:
    """The sentence names the sitting, goes on with one that did, or follows upon it."""
    if protocol or SITTING.search(text.folded, start, end):
        return True
    if _TALKS.search(text.folded, start, end):
        return False
    if goes_on and _ANAPHOR.match(text.folded, start):
        return True
    if _TOOK_PART.match(text.folded, start):
        return bool(SITTING.search(text.folded, 0, start))
    previous = text.folded[max(0, start - 300) : start].rstrip().rstrip(".!?")
    return bool(SITTING.search(re.split(r"[.!?]\s|\n", previous)[-1]))


def _russian(text: Text, start: int, end: int, said: re.Match[str]) -> Iterator[Place]:
    """The topics behind the verb, or before it: «вопросы … были рассмотрены»."""
    begin, stop = start + said.end(), end
    if not text.folded[begin:stop].strip(" .") or _NOT_TOPIC.match(text.folded, begin, stop):
        begin, stop = start, start + said.start()
        if opening := _OPENING_RU.match(text.folded, begin, stop):
            begin = opening.end()
    if questions := _QUESTIONS_RU.match(text.folded, begin, stop):
        begin = questions.end()
    if len(text.folded[begin:stop].split()) < 2 and begin == start:
        return
    begin += len(text.folded[begin:stop]) - len(text.folded[begin:stop].lstrip(" :"))
    yield from members(text, begin, stop)


def _kazakh(text: Text, start: int, stop: int) -> Iterator[Place]:
    if place := _PLACE_KK.search(text.folded[start:stop]):
        stop = start + place.end("topic")
        if not place["topic"].strip():
            return
    tail = _QUESTIONS_KK.search(text.folded[start:stop])
    stop = start + tail.start() if tail else text.trim(start, stop, ",")[1]
    while opening := _OPENING_KK.match(text.folded, start, stop):
        start = opening.end()
    yield from members(text, start, stop)
