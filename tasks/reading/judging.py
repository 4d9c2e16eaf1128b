"""What sounds like an instruction and is none: background, notes, questions, decisions about the paper itself."""

import re
from datetime import date, timedelta

from tasks.reading.dates import days
from tasks.reading.text import Text

NOTED = re.compile(
    r"принять к сведению|принять во внимание|взять на заметку|принято к сведению|принимается к сведению"
    r"|назарға ал(?:ынсын|ынды|у)|назарда ұста(?:лсын)|мәлімет(?:ке|\sүшін)?\s(?:алынсын|қабылдансын)"
    r"|ақпарат(?:\sретінде|қа)?\s(?:қабылдансын|алынсын)|қаперге алынсын|ескерілсін|тыңдалсын"
)
#: Who watches over the paper is said in every protocol; nobody is to do anything more than that.
CONTROL = re.compile(
    r"^\W*бақылау(?:ды)?\s(?=\S+\s(?:\S+\s)?жүктел)|(?:координаци\w+|контроль)\s(?:и\s\w+\s)?возлож|контроль\s(?:оставл|сохран)"
    r"|контроль за исполнением|контроль\s(?:за|над)\s(?:\S+\s){0,4}?"
    r"(?:выполнени\w+|реализаци\w+|протокол\w*|поручени\w+|решени\w+)\s(?:\S+\s){0,4}?(?:возлож|осуществл)"
    r"|(?:хаттама|тапсырма|шешім|қаулы)\S*\s(?:\S+\s){0,3}?орындал\S+\s(?:\S+\s){0,2}?бақыла\S+"
)
_BEFORE = re.compile(
    r"(?<!\w)(?:ранее|прежде|до этого|напомним|напоминаем|напомнил\w*|как известно|уже|тогда же"
    r"|в прошлом|прошлой|назад|в свое время|когда-то|некогда|прошлого года|прошлогодн\w+"
    r"|в прошлый раз|на (?:прошлом|предыдущем|прошлой)"
    r"|предыдущ\w+"
    r"|в своем послании|по словам экспертов|котор(?:ый|ая|ое|ые|ую|ых)|как|кто|кем|о чем|который ранее"
    r"|бұған дейін|бұрын|бұдан бұрын\w*|еске сал\w+|еске түсір\w+|айта кет\w+|айта кету керек"
    r"|естеріңізге|өткен жыл\w*|былтыр\w*|өткен (?:отырыс|кеңес|жолы|айда|аптада)\w*|алдыңғы"
    r"|мұның алдында|осыған дейін)(?!\w)"
)
#: An order that was given before, whatever the verb it is told with.
EARLIER = re.compile(
    r"(?<!\w)(?:ранее|прежде|тогда же|уже)\s+(?:\S+\s){0,3}?(?:поруч|дан[оыа]?(?!\w)|постав|рекоменд)"
    r"|поручал(?:ось|ась|ись)|должн[аоы]?\s+был|должен\s+был|следовало|тиіс\s+(?:болған|еді|болатын)"
    r"|тапсырған\s+(?:болатын|еді|бола)|тапсырылған\s+(?:болатын|еді)"
)
#: It says itself that what must be done was instructed: «по его поручению», «такое поручение дал», «бұл – тапсырмам».
BY_ORDER = re.compile(
    r"по (?:его|ее|поручению|указанию)(?:\s(?:поручению|указанию))?"
    r"|(?:такое|это|соответствующее) (?:поручение|указание|задание|требование)"
    r"|это\s(?:-\s)?(?:мое|его|ее)?\s?(?:поручение|требование)"
    r"|(?:оның|менің|осындай|бұл) тапсырма\w*|тапсырмасы(?:мен)?(?!\w)"
)
#: Who is meant was named in the sentence before.
PRONOUN = re.compile(
    r"(?:ему|ей)\s+(?:же\s+|также\s+){0,2}(?:надлежит|необходимо|предстоит|следует|нужно|поручено)"
    r"|(?:сондай-ақ\s+)?оған\s+(?:да\s+)?(?=.*(?:тапсырылды|қажет|жүктелді))"
)
_MONTH = re.compile(
    r"(?<!\w)в\s+(январе|феврале|марте|апреле|мае|июне|июле|августе|сентябре|октябре|ноябре"
    r"|декабре)(?!\w)(?!\s+(?:текущего|сего))|(?<!\w)(?<!\d\s)(қаңтар|ақпан|наурыз|сәуір|мамыр|маусым"
    r"|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)(?:да|де|та|те|\s+айында)(?!\w)"
)
_MONTHS = (
    "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре қаңтар ақпан наурыз "
    "сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
).split()
#: So many letters behind the verb a year may still say when it was instructed.
_NEAR = 80
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)\s*(?:год|жыл|г\.|ж\.)")
_NOT = re.compile(r"(?<!\w)(?:не|если|чтобы|бы|егер)\s+$")
#: «Предложил поручить», «намерен поручить»: nothing is instructed yet; «решил поручить» is an instruction.
_MEANS_TO = re.compile(
    r"(?<!\w)(?!реш)(?:\w+[аеи]л[аи]?|намерен\w*|готов\w*|може[тм]|могут|планиру\w+|хо[чт]\w+"
    r"|обеща\w+|предлага\w+"
    r"|собира\w+|просит|будет|будут)\s+$"
)
_INFINITIVE = re.compile(r"\w+ть(?!\w)")
_HEAD_OF_STATE = re.compile(
    r"(?<!\w)(?:(?:глава государства|президент)(?:\s(?:страны|республики|казахстана|рк"
    r"|республики казахстан))?|(?:мемлекет басшысы|қр президенті"
    r"|президент))(?:\s[\w-]+){0,3}\s+(?:\S+\s+){0,3}$"
)
LIKE_ORDER = re.compile(
    r"(?<!\w)(?:необходимо|надлежит|следует|нужно|должн[аоы]|должен|обязан\w*|поруч(?:ил|ено|ает|аю)\w*"
    r"|требует\w*|предстоит|на необходимост\w+|тиіс(?:тіг\w+)?|қажет(?:тіг\w+)?|керек(?:тіг\w+)?"
    r"|тапсыр(?:ды|ылды|амын|ады)"
    r"|міндетте\w+|жүктел\w+|ескертті|шақырды|призвал[аи]?|предупредил[аи]?|попросил[аи]?)(?!\w)"
    r"|[^\W\d_]{2,}(?:[ыі]ңыз(?:дар)?|[ыі]ңіз(?:дер)?|[ая]ңыз(?:дар)?|[еө]ңіз(?:дер)?|йте|ите(?:сь)?|ьте(?:сь)?)(?!\w)"
)


def is_background(text: Text, start: int, verb: int, event: date | None, is_presidential: bool) -> bool:
    """Whether the verb of instructing tells of the past: by a word before it, an earlier day or year, or who it is."""
    before = text.folded[start:verb]
    if _BEFORE.search(_same_clause(before)) or _NOT.search(before):
        return True
    if _MEANS_TO.search(before) and _INFINITIVE.match(text.folded, verb):
        return True
    if not is_presidential and _HEAD_OF_STATE.search(before):
        return True
    if event is None:
        return False
    if any(_MONTHS.index(said[1] or said[2]) % 12 + 1 != event.month for said in _MONTH.finditer(before)):
        return True
    earlier = event - timedelta(days=1)
    if any(
        (day.exact or event) < earlier
        for day in days(text.folded, start, verb)
        if not _is_of_act(text, day.end)
    ):
        return True
    told = before + _INFINITIVE.split(text.folded[verb : verb + _NEAR], maxsplit=1)[0]
    return any(
        int(year) < event.year
        for year in _YEAR.findall(told)
        if re.search(rf"в\s(?:\w+\s)?{year}|{year}\s*жыл(?:ы|дың|да)\s", told)
    )


def _is_of_act(text: Text, place: int) -> bool:
    """An earlier day that belongs to a law or a decree says nothing of when the instruction was given."""
    return bool(
        re.match(r"(?:да|де|та|те)?[ғг][ыі]|\s*(?:г\.|года)?\s*№", text.folded[place : place + 12])
    ) or bool(
        re.search(
            r"(?:от|указ\w*|закон\w*|протокол\w*)\s+[\d.\s\w]{0,25}$", text.folded[max(0, place - 40) : place]
        )
    )


def _same_clause(before: str) -> str:
    """The words since the last clause that was opened and closed: «…, который …, поручил» stands outside of it."""
    pieces = before.split(",")
    kept = [
        piece
        for number, piece in enumerate(pieces)
        if number == len(pieces) - 1 or not re.match(r"\s*(?:\w{1,3}\s)?(?:котор\w+|как)(?!\w)", piece)
    ]
    return ",".join(kept)


def is_question(text: Text, start: int, end: int) -> bool:
    return text.folded[start:end].rstrip(' "').endswith("?")


def is_presidential(text: Text) -> bool:
    """Whether the text is about the head of state himself: then what he instructs is its news."""
    beginning = text.folded[:250]
    return bool(
        re.search(
            r"(?<!\w)(?:глава государства|президент(?! им)|мемлекет басшысы|токаев|тоқаев)(?!\w)", beginning
        )
    ) and not re.search(r"премьер|министр|аким|әкім", beginning[:120])
