"""Words by which Kazakh instructions are known."""

import re

from tasks.reading.patterns import whole

_TASK = r"(?:тапсырма(?:лар|сын)?|нұсқау|міндет(?:тер|тері|ін|і)?|талап)"

TRIGGER = whole(
    "тапсыр(?:ды|дық|ады|амын|ылды|ылады|ылсын)|тапсырып отыр(?:мын)?",
    r"тапсырма(?:лар)?(?:ын)?\s(?:\S+\s)?(?:берді|береді|беремін|берілді|бердік)",
    "жүкте(?:ді|ймін|йді|лді|леді|лсін)",
    "міндетте(?:ді|ймін|йді|лді|леді|лсін)",
    rf"{_TASK}\s(?:қойды|қойылды|қоямын|қойып отыр|жүктеді|жүктелді|берді|берілді|етті|етемін)",
    "ұсынылсын|ұсыныс жасалды|кеңес берілсін",
)
IMPERATIVE = re.compile(r"[^\W\d_]{2,}(?:сын|сін)")
NEEDED = whole("тиіс|қажет|керек|міндетті|жөн", after="(?:ті|тігін)?")
OBJECT = re.compile(r"[^\W\d_]{2,}(?:[ую]ды|[ую]ді)")
ACTION = re.compile(r"[^\W\d_]{3,}[ую]")
PAUSE = re.compile(r"\s*[,;]|\s+(?:және|сондай-ақ|ал)\s")
PASSIVE = re.compile(r"(?:[ыі]л|[лн]|[аеыі]н)(?:сын|сін)$")
#: Verbs whose own root ends like a passive.
NOT_PASSIVE = re.compile(r"(?:ұсын|сен|жүгін|ал|қал|бол|кел|орналас|біл)(?:сын|сін)$")
DECIDING = whole(
    "бекітілсін|мақұлдансын|келісілсін|құрылсын|танылсын|ұзартылсын|алып тасталсын|алынсын|енгізілсін|қабылдансын",
    "белгіленсін|тағайындалсын|сайлансын|қолдау тапсын|қолдансын|саналсын|есептелсін|шығарылсын",
    "кейінге қалдырылсын|аяқталсын",
)
#: Where the words of the speaker end: «…», – деді ол.
SPEECH = re.compile(
    r"[\"\s,]*\s-\s(?:деді|деп|дейді|деген|делін|атап|мәлімде|қосты|түйін|айтты)|\"\s*(?:,\s*)?(?:деді|деп|дейді)(?!\w)"
)
TOGETHER = re.compile(
    r"(?:\s*\([^()]*\))*[\s,]*(?P<firmly>бірлес\w*|біріг\w*|қатысуымен)?(?(firmly)|бірге)(?!\w)"
)
#: With those above one is told of the result; they are no addressees of it.
REPORTING = re.compile(
    r"есеп|ақпарат|ұсыныс|мәлімет|баянда|хабарла|жолда|жібер|ұсын|енгіз|қарау|қолда|көмек|жәрдем|бекіт|келіс"
)
ABOVE = frozenset(
    "government president prime_minister deputy_prime_minister government_apparatus project_office council".split()
)
#: Of whom something is demanded.
FROM = re.compile(r"[дтн][ае]н$")
#: After a noun of action: what it is that was instructed.
ABOUT = frozenset("туралы жөнінде бойынша қатысты міндеті міндетін".split())
BARE = re.compile(r"(?:бірқатар|нақты|тиісті|бірнеше|тың|жаңа|қосымша|осындай|\s)*")
