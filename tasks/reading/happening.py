"""Words that tell of a sitting or a trip, and the sentences of a text that may do so."""

import re
from collections.abc import Iterator

from tasks.reading.blocks import Block
from tasks.reading.patterns import either, whole
from tasks.reading.sentences import sentences
from tasks.reading.text import Text

SITTING = whole(r"заседани\w+|совещани\w+|отырыс\w*|жиын\w*|мәжіліс\w*|кеңес(?:інде|те|ті|тің|і)?")
#: A trip, whoever goes; seeing a place is one only where an official does.
TRIP = either(
    r"рабоч\w+\s+(?:поездк|визит)\w*|рабочим\s+визитом|объезд\w*|жұмыс\s+сапар\w*|жұмыс\s+бабымен",
    r"аралады|аралап|посетил\w*|осмотрел\w*|ознакомил\w*\s+с\s+ход|барысымен\s+танысты",
)
OUTING = either(
    TRIP.pattern,
    r"выездн\w+\s+(?:совещани|осмотр|заседани)\w*|побывал\w*|ознакомил\w*\s+с\s+(?:строит|работ|объект)",
    r"барып\s+көр\w+|танысты|сапарлады|сапары\s+барысында|барды(?!\w)",
)
WORKING = whole(r"рабоч\w+|жұмыс")
OCCASION = either(
    SITTING.pattern,
    OUTING.pattern,
    r"встреч|кездес|церемони|открыти|салтанат|ашылу|форум|презентаци|поездк|сапар|делегаци",
)
OFFICIAL = re.compile(
    r"(?<!\w)(?:(?:вице-)?премьер|вице-министр|министр(?!лі|ств)|аким(?!ат)|әкім(?!ді|ші)|президент"
    r"|глава|мемлекет басшысы"
    r"|заместител|орынбасар)"
)
PAST = re.compile(
    r"(?<!\w)(?!алматы(?!\w))[^\W\d_]{2,}(?:[аеиоуыя]л(?:[аои]|ся|ась|ось|ись)?|[дт][ыі])(?!\w)"
)
HELD = whole(
    "состоял(?:ось|ась|ся|ись)|провел[аи]?|прош(?:ло|ла|ел|ли)|проведен[оа]?|посетил[аи]?|осмотрел[аи]?|побывал[аи]?",
    r"ознакомил(?:ся|ась|ись)|совершил[аи]?|принял[аи]?\s+участие|обсудил[аи]?|рассмотр\w+|встретил(?:ся|ась)",
    "подвел[аи]?|открыл(?:ся|ась|и|ось)?|открыт[аоы]?|заложен[аоы]?|введен[аоы]?|отметили|подписал[аи]?",
    "запустил[аи]?|запущен[аоы]?|өтті|өткен|өткізді|өткізіп|өткізілді|аралады|аралап|барды|барып|болды|танысты|танысып",
    "кездесті|қатысты|қатысып|талқылады|қаралды|ашылды|қаланды|тексерді|тексеріп|жүргізді|көрді|қабылдады",
)
#: Another event than the one the text is about.
OTHER = whole(
    r"ранее|прежде|напомним|следующ\w+|предыдущ\w+|в прошлом|на прошлой",
    r"планируется|состоится|намечен\w*|запланирован\w*",
    r"бұған дейін|бұрын|еске сал\w+|айта кет\w+|келесі|алдағы|өтеді|жоспарланған|былтыр",
    r"өткен (?:жылы|айда|аптада|жолы)",
)


def told(text: Text, found: list[Block]) -> Iterator[tuple[int, int]]:
    """Places of the sentences of the text, rows of tables left out."""
    for block in found:
        if block.kind != "row":
            yield from sentences(text, block.start, block.end)
