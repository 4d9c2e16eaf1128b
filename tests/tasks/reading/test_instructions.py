"""Who is to do what by when, sentence by sentence; and what only sounds so."""

import pytest

from tests.tasks.reading.plain import reading

DATED = "3 марта 2026 года состоялось совещание.\n\n"
Said = tuple[list[str], str | None, str | None]


def _read(sentence: str, language: str = "ru") -> list[Said]:
    found = reading(DATED + sentence, language).instructions
    return [(task.addressees, task.lead, str(task.due) if task.due else None) for task in found]


ONE = [
    ("Он поручил акимату области до 1 июня завершить работы.", "ru", ["akimat_almaty_region"], "2026-06-01"),
    ("Министерству финансов поручено изыскать средства.", "ru", ["mof"], None),
    (
        "Акимату города Алатау дано поручение в месячный срок провести опрос.",
        "ru",
        ["akimat_alatau"],
        "2026-04-03",
    ),
    ("Перед Министерством энергетики поставлена задача устранить дефицит.", "ru", ["moe"], None),
    ("Вице-премьер обязал подрядчика устранить брак.", "ru", ["подрядчика"], None),
    ("Он потребовал от Министерства транспорта ускорить ремонт.", "ru", ["mot"], None),
    ("«Поручаю Министерству юстиции внести проект до 5 мая», – сказал он.", "ru", ["moj"], "2026-05-05"),
    ("Министерство финансов пусть до 15 мая доложит.", "ru", ["mof"], "2026-05-15"),
    ("Министерству юстиции – подготовить проект.", "ru", ["moj"], None),
    ("Ол ӨҚМ-ге 1 маусымға дейін жұмысты аяқтауды тапсырды.", "kk", ["mic"], "2026-06-01"),
    ("Қаржы министрлігіне қаражат бөлу тапсырылды.", "kk", ["mof"], None),
    ("Облыс әкімдігіне жолды жөндеу жүктелді.", "kk", ["akimat_almaty_region"], None),
    ("Мердігерлерге кемшілікті жоюды міндеттеді.", "kk", ["Мердігерлер"], None),
    ("«Әділет министрлігі екі апта ішінде жобаны енгізсін», – деді ол.", "kk", ["moj"], "2026-03-17"),
    ("Көлік министрлігіне жолды жөндеу жөнінде тапсырма берді.", "kk", ["mot"], None),
]

TWO = [
    (
        "Он поручил МПС до 1 мая утвердить план, а акимату области – провести опрос.",
        "ru",
        [(["mic"], "mic", "2026-05-01"), (["akimat_almaty_region"], "akimat_almaty_region", None)],
    ),
    (
        "Ол ӨҚМ-ге жоспарды бекітуді, ал Қаржы министрлігіне бір ай ішінде қаражат бөлуді тапсырды.",
        "kk",
        [(["mic"], "mic", None), (["mof"], "mof", "2026-04-03")],
    ),
    (
        "Поручаю МПС до 1 мая представить график и до 1 июня завершить работы.",
        "ru",
        [(["mic"], "mic", "2026-05-01"), (["mic"], "mic", "2026-06-01")],
    ),
]

NOTHING = [
    ("Ранее он поручал акимату области завершить работы до 1 июня.", "ru"),
    ("Напомним, Глава государства поручил ускорить работу.", "ru"),
    ("В прошлом году акимату поручено построить дорогу.", "ru"),
    ("Во исполнение поручения Премьер-Министра акимат строит дорогу.", "ru"),
    ("Акимат, которому поручили проект, работает.", "ru"),
    ("Министерству не поручали эту работу.", "ru"),
    ("Кто поручил акимату строить дорогу?", "ru"),
    ("Если министр поручит, работа начнётся.", "ru"),
    ("Министр дал ряд поручений.", "ru"),
    ("Завод планируют сдать до 1 июня 2027 года.", "ru"),
    ("Бұған дейін ол ӨҚМ-ге жұмысты аяқтауды тапсырған болатын.", "kk"),
    ("Бірқатар тапсырма берді.", "kk"),
    ("Мемлекет басшысының тапсырмасына сәйкес жұмыс жүріп жатыр.", "kk"),
    ("Әкімдікке кілт тапсырылды.", "kk"),
    ("Еске салсақ, Президент қаланы дамытуды тапсырды.", "kk"),
    ("Зауыт 1 маусымға дейін іске қосылады.", "kk"),
]


@pytest.mark.parametrize(("sentence", "language", "addressees", "due"), ONE)
def test_one(sentence: str, language: str, addressees: list[str], due: str | None) -> None:
    (found,) = _read(sentence, language)
    assert (found[0], found[2]) == (addressees, due)


@pytest.mark.parametrize(("sentence", "language", "expected"), TWO)
def test_clauses(sentence: str, language: str, expected: list[Said]) -> None:
    assert _read(sentence, language) == expected


@pytest.mark.parametrize(("sentence", "language"), NOTHING)
def test_nothing(sentence: str, language: str) -> None:
    assert _read(sentence, language) == []


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("МПС, МНЭ (созыв), акимату области", "mne"),
        ("МПС, МНЭ, акимату области (свод – МНЭ)", "mne"),
        ("МПС (Иванову И.И.) (свод), МНЭ, акимату области", "mic"),
        ("МПС, МНЭ, акимату области", "mic"),
    ],
)
def test_lead(words: str, lead: str) -> None:
    ((addressees, found, _),) = _read(f"Поручить {words} до 1 июня внести предложения.")
    assert addressees == ["mic", "mne", "akimat_almaty_region"] and found == lead


def test_a_group_leads_only_where_nobody_is_named() -> None:
    assert _read("Он поручил инвесторам и МПС ускорить работы.") == [(["инвесторам", "mic"], "mic", None)]
    assert _read("Он поручил инвесторам ускорить работы.") == [(["инвесторам"], None, None)]


def test_together_with() -> None:
    ((addressees, lead, _),) = _read("Поручить МПС совместно с МНЭ и акиматом области внести план.")
    assert addressees == ["mic", "mne", "akimat_almaty_region"] and lead == "mic"
    ((addressees, lead, _),) = _read("Ол МНВО-мен бірлесіп ӨҚМ-ге жоспар әзірлеуді тапсырды.", "kk")
    assert set(addressees) == {"mic", "mshe"} and lead == "mic"


def test_what_was_not_understood_is_shown() -> None:
    found = reading(DATED + "По его словам, необходимо удвоить темпы.")
    assert found.instructions == [] and [span.text for span in found.unrecognised] == [
        "По его словам, необходимо удвоить темпы."
    ]
