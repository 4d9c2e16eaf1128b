"""The term of an instruction: words that say by when, and the day that follows from them, if one does."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.reading.dates import MONTH, Day, days
from tasks.reading.numbers import COUNT, GLUED, number

_COUNT = rf"(?:(?P<count>\d{{1,3}}|(?:{COUNT})(?!\w))|(?P<half>жарты)(?!\w))?"
_BRACKET = r"(?:\s*\([^)]{1,20}\))?"
_KIND = r"(?P<kind>(?:календарн|рабоч|күнтізбелік|жұмыс)\w*\s+)?"
_UNIT = (
    r"(?P<unit>дн(?:ей|я)|день|сут(?:ок|ки)|недел\w*|декад\w*|месяц\w*|год(?!о)\w*|полугод\w*|полгода|лет"
    r"|күн\w*|апта\w*|ай(?:лық)?|жыл\w*)(?!\w)"
)
#: A count from the event: «в течение двух недель», «в 10-дневный срок», «бір ай ішінде», «екі апта мерзімде».
_RELATIVE = (
    re.compile(
        rf"(?:в течени[еи]|за|через|не (?:позднее|позже)(?:,? чем)?(?: через| за)?|не более,? чем за"
        r"|в срок (?:до|не более)"
        rf"|в ближайш(?:ий|ую)|в ближайшие(?=\s+(?:\d|{COUNT})))\s+{_COUNT}{_BRACKET}"
        rf"\s*(?:-?\w{{1,2}}\s+)?{_KIND}{_UNIT}"
    ),
    re.compile(
        rf"в\s+(?:(?P<count>\d{{1,3}})\s*-?\s*(?:х|ти|и)?\s*-?\s*|(?P<glued>{GLUED}))?"
        r"(?P<kind>рабоч\w*\s+)?(?P<unit>дневн\w*|суточн\w*|недельн\w*|месячн\w*|годичн\w*|декадн\w*|полугодов\w*)\s+срок\w*"
    ),
    re.compile(
        rf"{_COUNT}{_BRACKET}\s*-?\s*{_KIND}(?P<unit>күн\w*|тәулік\w*|апта\w*|ай\w{{0,4}}"
        rf"|жыл\w{{0,3}})\s+(?:мерзім\w*\s+)?(?:ішінде|мерзім(?:інде|де)?)(?!\w)"
    ),
    # «бір айда», «он күннен кешіктірмей», «екі аптадан кейін»: only with a number, and not «айда бір рет»
    re.compile(
        rf"(?<!\w)(?:(?P<count>\d{{1,3}}|{COUNT})|(?P<half>жарты)){_BRACKET}\s+{_KIND}(?P<unit>күн|тәулік|апта|ай|жыл)"
        r"(?:[дт][ае](?!\w)(?!\s+(?:\w+\s+)?рет)|[дтн][ае]н\s+(?:кешікт\w+|асырмай|қалдырмай|аспай\w*"
        r"|кеш емес|кейін|соң))"
    ),
    # a period that is given: «даю десять дней», «он күн беремін», «екі ай мерзім берілсін», «срок — 14 дней»
    re.compile(
        r"(?:(?<!\w)(?:даю|дает|дали?|дала|дано|дается|отвожу|отвел[аи]?|отведено|отводится|установлен\w*|определен\w*)\s+"
        rf"(?!\d)(?:[\w.\"«»-]+\s+){{0,7}}?|срок\w*\s*[-:]\s*)(?P<said>{_COUNT}{_BRACKET}\s*{_KIND}{_UNIT})"
    ),
    re.compile(
        rf"(?P<said>(?<!\w)(?P<count>\d{{1,3}}|{COUNT}){_BRACKET}\s+{_KIND}(?P<unit>күн|апта|ай))"
        r"\s+(?:(?:уақыт|мерзім)\s+)?(?:бер|белгілен|қой)\w+"
    ),
)
_RECURRENT = re.compile(r"(?<!\w)(?:еже\w+|кажд\w+|отчетн\w+|есепті|әр ай\w*)(?!\w)|\w\s+сайын")
_OF_MONTH = re.compile(
    r"(?<!\w)(?:до|к|не позднее|не позже)\s+(?P<ru>[1-9]|[12]\d|3[01])(?:-?(?:го|му))?\s+числ[ау]"
    r"(?:\s+(?:этого|текущего|сего)\s+месяца)?(?!\s+(?:месяца|следующ|кажд|[а-я]+[аяь](?!\w)\s+\d{4}))"
    r"|(?:осы|ағымдағы)?\s?айдың\s+(?P<kk>[1-9]|[12]\d|3[01])\s?-?\s?[а-яәі]{1,6}\s+(?:дейін|шейін|қарай|кешікт\w+)"
)
_LABELLED = (
    re.compile(rf"\W*{_COUNT}{_BRACKET}\s*{_KIND}{_UNIT}\W*$"),
    re.compile(rf"\W*(?P<glued>{GLUED})?(?P<unit>дневный|недельный|месячный|полугодовой)\W*$"),
)
#: After it the count begins at something else than the event.
_FROM_ELSEWHERE = re.compile(
    r"\s*,?\s*(?:до\s|(?:со дня|с даты|с момента|после|с начала)\s(?!\w*\s*(?:проведения\s"
    r"|настоящего\s)*(?:заседани|совещани|отырыс))"
    r"|\w*\s*(?:\w+\s){0,3}(?:күннен|күнінен|сәттен|сәтінен|кейін)\b)"
)
_TO_RU = re.compile(
    r"(?:(?:в\s)?срок\w*(?:\s*[-:])?\s*)?(?<!\w)(?:до|к|ко|не позднее"
    r"|не позже)\s+(?:дня\s)?(?:\d{1,2}[:.]\d{2}\s*(?:часов|ч\.)?,?\s*)?$"
    r"|(?<!\w)срок\w*(?:\s+исполнения)?\s*[-:]?\s*$|(?<!\w)мерзімі\s*[-:]?\s*$"
    r"|(?<!\w)(?:в (?:период|срок) )?с(?:о)?\s+\d{1,2}(?:-?го)?(?:\s+[а-я]+)?\s+по\s+$"
)
_TO_KK = re.compile(
    r"\s*(?:жыл(?:ға|дың|ғы)?|ж\.|күн(?:і|іне|ге)?|сағат\s[\d:.]+)?\s*-?\s*"
    r"(?:(?:[а-яәғқңөұүһі]{0,4}\s)?(?:дейін|шейін|қарай)(?:гі)?(?:\sмерзім(?:де|інде)?)?|кешікт\w+|асырмай|қалдырмай"
    r"|аспай\w*|(?:кеш|артық|кейін) емес|аралығында)"
)
#: The end of a period binds without giving a day; it stands in the draft as it is written.
_END_OF = re.compile(
    r"(?<!\w)(?:в\s+срок\s+)?(?:до|к|не\s+позднее|не\s+позже)\s+(?:самого\s+)?"
    r"(?:конц[ау]|начал[ау]|окончани[яю]|завершени[яю]|середин[ыеу])\s+(?:(?!год)[\w.-]+\s+){0,3}?"
    rf"(?:год\w*|г\.|полугоди\w+|квартал\w*|месяца|недел\w+|сезона|{MONTH})(?:\s+месяца)?"
    r"(?:\s+(?:\d{4}|текущего|этого|сего|следующего|т\.|с\.)\s*(?:год\w*|г\.|г(?!\w)))?"
    r"|(?<!\w)(?:(?:\d{4}\s*-?\s*жыл\w*|осы|ағымдағы|биылғы|үстіміздегі|келесі|келер|жылғы)\s+)*"
    r"(?:(?:i{1,3}v?|iv|[1-4](?:-?[а-яі]+)?|бірінші|екінші|үшінші|төртінші|оқу)\s+)?"
    rf"(?:жыл\w*|жартыжылды\w+|тоқсан\w*|ай(?:д\w+)?|апта\w*|{MONTH})(?:\s+айы\w*)?\s+"
    r"(?:(?:соңы|аяғы|басы|ортасы)\w*\s*(?:дейін|шейін|қарай|кешікт\w+|қалдырмай)|біткенше|бітпей|аяқталғанша)"
)
#: So do these.
_VAGUE = re.compile(
    r"(?<!\w)(?:(?:ежемесячно|ежеквартально|еженедельно|ежегодно|ежедневно|каждый месяц|каждую неделю"
    r"|раз в (?:квартал|месяц|неделю|полугодие))"
    r"(?:,?\s+(?:до|к|не позднее)\s+\d{1,2}(?:-?го|-?му)?\s*(?:числа"
    r"|числу)?(?:\s+месяца,?\s+следующего\s+за\s+отчетным(?:\s+\w+)?)?)?"
    r"|(?:до|к|не позднее)\s+\d{1,2}(?:-?го|-?му)?\s*числ[ау](?:\s+каждого\s+месяца)?"
    r"|на постоянной основе|постоянно(?!\s*действующ)|в (?:возможно |максимально "
    r"|предельно )?(?:кратчайш|коротк|сжат)\w+ срок\w*|незамедлительно|безотлагательно"
    r"|(?:весьма )?срочно(?!\w)"
    r"|(?:в|до|к|до конца|не позднее)\s+(?:i{1,3}|iv|[1-4]|первом|втором|третьем|четвертом)(?:-?м"
    r"|-?го)?\s+(?:квартал\w*|полугоди\w*)(?:\s+\d{4}\s*(?:год\w*|г\.)?)?"
    r"|(?:ай|тоқсан|апта|күн|жыл|жарты\s?жыл)\s+сайын(?:\s*,?\s*\d{1,2}\s*-?\s*\w{2,8}\s+дейін)?"
    r"|(?:күніне|аптасына|айына|тоқсанына|жылына|\w+\s(?:күнде|аптада|айда))\s+\w+\s+рет"
    r"|(?:әр|ай)\s+ай\w*\s+\d{1,2}\s*-?\s*\w{2,6}\s+дейін"
    r"|тұрақты\s+(?:негізде|түрде)|тұрақты(?=\s*[.;)]|\s*$)|постоянный(?=\s*[.;)]|\s*$)"
    r"|(?:ең\s+)?қысқа\s+мерзімде|(?:өте\s)?шұғыл(?:\sтүрде)?|дереу|кідіріссіз)"
)
#: Only a year or a month: a term too, but without a day.
_NO_DAY = re.compile(
    r"(?<!\w)(?:(?:до|к)\s+(?:(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр"
    r"|декабр)[а-я]{1,3}\s+)?(?:\d{4}\s+год[ау]|\d{4}\s*г\.)"
    r"|\d{4}\s+(?:жыл\w*)(?:\s+[а-яәғқңөұүһі]+(?:ға|ге|қа|ке))?\s+(?:дейін|шейін))"
)
_PLANNED = re.compile(
    r"\s*(?:жоспарланған|белгіленген|көзделген|есептелген|арналған|іске асырылатын|бекітілген)|дейінгі"
)
#: Such a day belongs to what is planned; a year alone also to the name of a plan: «Концепция развития до 2030 года».
_PLANNED_FOR = re.compile(
    r"(?:запланирован|намечен|предусмотрен|рассчитан|назначен|действу|продлен|срок(?:ом)? действия)\w*\s+$"
)
_PLAN_BEFORE = re.compile(
    r"(?:запланирован|намечен|предусмотрен|рассчитан|назначен|(?:план|концепци|программ|стратеги|схем"
    r"|прогноз|комплекс|дорожн\w+ карт)\w*(?:\s+[\w\"]+){0,6})\w*\s+$"
)
_PHRASE = re.compile(r"(?:в\s+)?срок(?:\s+исполнения)?\s*[-:]?\s*$")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that say by when: a day, a count of days or months from the event, or neither."""

    start: int
    end: int
    day: Day | None = None
    count: tuple[int, str] | None = None

    @property
    def is_certain(self) -> bool:
        """Whether it says more than that there is a term."""
        return bool(self.day or self.count)

    def due(self, event: date | None) -> date | None:
        """The day that the words give; None where they give none, or the event has no day to count from."""
        if self.day:
            due = self.day.after(event)
            return due if due and (event is None or due >= event) else None
        if self.count is None or event is None:
            return None
        return _moved(event, *self.count)


def _moved(event: date, number: int, unit: str) -> date | None:
    """So many days, weeks or months later, at the end of a month that is too short."""
    try:
        if unit == "date":
            return _next_date(event, number)
        if unit != "month":
            return event + timedelta(days=number * (7 if unit == "week" else 1))
        years, month = divmod(event.month - 1 + number, 12)
        last = calendar.monthrange(event.year + years, month + 1)[1]
        return date(event.year + years, month + 1, min(event.day, last))
    except (OverflowError, ValueError):
        return None


def _next_date(event: date, number: int) -> date | None:
    """The first day with this number after the event."""
    days_after = (event + timedelta(days=after) for after in range(1, 63))
    return next((day for day in days_after if day.day == number), None)


def terms(folded: str, start: int, end: int, *, labelled: bool = False) -> list[Term]:
    """Terms of a passage in order. `labelled`: it stands after «Срок:», where a bare day is a term too."""
    found = [*_by_day(folded, start, end, labelled), *_by_count(folded, start, end, labelled)]
    found += [
        Term(m.start(), m.end()) for said in (_END_OF, _VAGUE) for m in said.finditer(folded, start, end)
    ]
    found += [
        Term(m.start(), m.end())
        for m in _NO_DAY.finditer(folded, start, end)
        if not _PLAN_BEFORE.search(folded, max(start, m.start() - 80), m.start())
    ]
    found += _by_date(folded, start, end)
    found.sort(key=lambda term: (term.start, not term.is_certain, -term.end))
    kept: list[Term] = []
    for term in found:
        if not kept or term.start >= kept[-1].end:
            kept.append(term)
    return kept


def _by_day(folded: str, start: int, end: int, labelled: bool) -> Iterator[Term]:
    for day in days(folded, start, end):
        before = folded[max(start, day.start - 40) : day.start]
        if opening := _TO_RU.search(before.rstrip('"')):
            first = day.start - len(before) + opening.start()
            if not _PLANNED_FOR.search(folded, max(start, first - 80), first):
                yield Term(first, day.end, day)
            continue
        after = _TO_KK.match(folded, day.end, end)
        if after and not folded[day.start : after.end()].endswith("дейінгі"):
            if not _PLANNED.match(folded, after.end(), end):
                yield Term(day.start, after.end(), day)
        elif labelled:
            yield Term(day.start, day.end, day)


def _by_date(folded: str, start: int, end: int) -> Iterator[Term]:
    """«Не позднее 20-го числа», «айдың 20-сына дейін», unless it recurs or belongs to a month that is named."""
    if _RECURRENT.search(folded, start, end):
        return
    for match in _OF_MONTH.finditer(folded, start, end):
        yield Term(match.start(), match.end(), count=(int(match["ru"] or match["kk"]), "date"))


def _by_count(folded: str, start: int, end: int, labelled: bool) -> Iterator[Term]:
    for pattern in [*_RELATIVE, *_LABELLED] if labelled else _RELATIVE:
        for match in pattern.finditer(folded, start, end):
            found = match.groupdict()
            if _is_inside(folded, match):
                continue
            count = None if _FROM_ELSEWHERE.match(folded, match.end(), end) else _count(found)
            group = "said" if found.get("said") else 0
            said, begin, stop = match[group], match.start(group), match.end(group)
            yield Term(
                begin + len(said) - len(said.lstrip(" .,:;-")),
                stop - len(said) + len(said.rstrip(" .,:;-)")),
                count=count,
            )


def _is_inside(folded: str, match: re.Match[str]) -> bool:
    """Part of a longer word or number: «полторы недели», «бір жарым ай»."""
    begun = match.start() + len(match.group()) - len(match.group().lstrip())
    before = folded[max(0, begun - 12) : begun]
    return before[-1:].isalnum() or bool(re.search(r"(?:жарым|полтор[аы]|полутора)\s*-?\s*$", before))


def _count(said: dict[str, str | None]) -> tuple[int, str] | None:
    """(number, day | week | month), or None for working days and for units without a number that means one."""
    kind, unit = said.get("kind") or "", said["unit"] or ""
    if kind.startswith(("рабоч", "жұмыс")):
        return None
    word = said.get("count") or said.get("glued")
    if said.get("half") or unit.startswith(("полугод", "полгод")):
        is_half_year = unit.startswith(("полугод", "полгод", "жыл"))
        return (6 * (number(word) if word else 1), "month") if is_half_year else None
    many = number(word) if word else 1
    if unit.startswith(("недел", "апта")):
        return many, "week"
    if unit.startswith(("месяц", "месяч", "ай")):
        return many, "month"
    if unit.startswith(("год", "лет", "жыл")):
        return (many * 12, "month") if word else None
    if unit.startswith("декад"):
        return many * 10, "day"
    return (many, "day") if word or unit.startswith(("сут", "тәулік")) else None
