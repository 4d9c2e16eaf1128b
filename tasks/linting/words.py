"""Words by which the linter knows a vague task, and what makes one measurable. Beginnings of folded words."""

import re

from core.text import fold


def _beginning(*stems: str) -> re.Pattern[str]:
    """A word that begins so, or is so where the stem ends with a dot; a space: any ending and spaces between."""
    parts = (re.escape(fold(stem)).replace(r"\ ", r"\w*\s+").replace(r"\.", r"(?!\w)") for stem in stems)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})")


#: A verb that says to try harder, and not what will be there when it is done.
VAGUE = _beginning(
    "қамтамасыз ет",
    "жеделдет",
    "тездет",
    "күшейт",
    "жандандыр",
    "жалғастыр",
    "арттыр",
    "жақсарт",
    "жетілдір",
    "ықпал ет",
    "жәрдемдес",
    "назарда ұста",
    "бақылауда ұста",
    "көңіл бөл",
    "шара қабылда",
    "пысықта",
    "қарастыр",
    "обеспеч",
    "ускор",
    "усил",
    "активизир",
    "продолж",
    "повыс",
    "улучш",
    "совершенствова",
    "содейств",
    "способствова",
    "оказать содействие",
    "держать на контроле",
    "взять на контроль",
    "уделить внимание",
    "уделить особое внимание",
    "принять мер",
    "принять необходимые мер",
    "проработа",
    "рассмотреть возможност",
    "ensure",
    "speed up",
    "accelerate",
    "strengthen",
    "continue",
    "improve",
    "support",
)
#: A paper, a thing or an end that somebody can be shown.
MEASURED = _beginning(
    "есеп",
    "акті.",
    "актіс",
    "актіні",
    "актілер",
    "шарт",
    "келісім",
    "меморандум",
    "кесте",
    "хаттама",
    "қаулы",
    "бұйрық",
    "жарлық",
    "заң",
    "ұсыныс",
    "ақпарат",
    "анықтама",
    "қорытынды",
    "рұқсат",
    "тізбе",
    "тізім",
    "смета",
    "жарғы",
    "жол карта",
    "аяқтал",
    "аяқта",
    "пайдалануға бер",
    "іске қос",
    "қол қой",
    "бекіт",
    "енгіз",
    "ұсын",
    "жариялан",
    "тапсырыл",
    "салынды",
    "қосыл",
    "отчет",
    "акт.",
    "акта.",
    "акты.",
    "договор",
    "соглашени",
    "график",
    "протокол",
    "постановлени",
    "приказ",
    "указ.",
    "указа.",
    "закон",
    "предложени",
    "информаци",
    "справк",
    "заключени",
    "разрешени",
    "перечен",
    "список",
    "устав",
    "дорожн",
    "заверш",
    "окончен",
    "введен",
    "ввести в эксплуатаци",
    "сдан",
    "сдать",
    "запущен",
    "подписа",
    "утвержд",
    "утверд",
    "внесен",
    "внести",
    "представ",
    "опубликова",
    "построен",
    "подключен",
    "report",
    "contract",
    "agreement",
    "schedule",
    "decree",
    "permit",
    "signed",
    "approved",
    "submitted",
    "published",
    "built",
    "completed",
    "finished",
    "commissioned",
)
_DIGIT = re.compile(r"\d")
#: A name that has a number in it says which thing, not how much of it: «Iconic Building-1».
_NAMED = re.compile(r"[^\W\d_]+-\d+")


def is_vague(text: str) -> bool:
    return bool(VAGUE.search(fold(text)))


def is_measured(text: str) -> bool:
    """Whether it names a figure, a day, a paper or an end: something that can be shown to be there."""
    return bool(_DIGIT.search(_NAMED.sub("", text)) or MEASURED.search(fold(text)))


#: What tells one thing from another of the same wording: numbers, names in Latin letters, quotes or capitals.
_TELLING = re.compile(
    r"«[^»]{1,80}»|“[^”]{1,80}”|\"[^\"]{1,80}\"|[\w№-]*\d[\w.,/-]*|[A-Za-z][A-Za-z-]+|(?<![.!?…]\s)(?<=\s)[А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+"
)
_STEM = 5  # letters by which two cases of a name are one: «Қонаев», «Қонаевтан»


def telling(text: str) -> set[str]:
    """The numbers and names of a text, comparable across its cases."""
    found: set[str] = set()
    for words in _TELLING.findall(text):
        for word in re.findall(r"[\w/-]+", fold(words)):
            found.add(word if any(letter.isdigit() for letter in word) else word[:_STEM])
    return found
