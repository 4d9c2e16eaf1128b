"""Protocols: headings, items, lists below their addressees, labels, tables."""

from tests.tasks.reading.plain import reading

HEAD = "ПРОТОКОЛ\nзаседания Проектного офиса\n\nг. Астана\n3 марта 2026 года\n\n"

PROTOCOL = (
    HEAD
    + """Председательствовал: Бозумбаев К.А.
Присутствовали: по списку

Повестка дня:
1. О ходе строительства (докладчик – Иванов И.И.)
2. Разное

РЕШИЛИ:
1. Принять к сведению информацию акимата.
2. Утвердить план работ.
3. МПС (Иванову И.И.), МНЭ:
3.1. до 1 апреля 2026 года внести предложения;
3.2. в недельный срок провести сверку.
4. Завершить проектирование сетей.
Ответственные: акимат области, МФ (созыв)
Срок: 15 мая 2026 года
5. Контроль за исполнением возложить на Аппарат Правительства.

Секретарь: Петров П.П.
"""
)


def test_a_protocol() -> None:
    found = reading(PROTOCOL)
    assert found.as_json()["event"] == {
        "kind": "project_office",
        "date": "2026-03-03",
        "chair": "Бозумбаев К.А.",
        "place": "г. Астана",
    }
    assert [topic.text for topic in found.agenda] == ["О ходе строительства", "Разное"]
    assert [(task.addressees, task.lead, str(task.due)) for task in found.instructions] == [
        (["mic", "mne"], "mic", "2026-04-01"),
        (["mic", "mne"], "mic", "2026-03-10"),
        (["akimat_almaty_region", "mof"], "mof", "2026-05-15"),
    ]
    assert found.instructions[2].text.startswith("Завершить") and found.instructions[2].text.endswith(
        "2026 года"
    )
    assert [span.text for span in found.notes] == ["Принять к сведению информацию акимата."]
    assert len(found.decisions) == 2
    assert [span.text for span in found.participants] == ["по списку"]


def test_a_table_with_bars_and_a_table_in_lines() -> None:
    bars = "№ | Поручение | Ответственные | Срок\n1 | Внести план | МПС, МНЭ (свод) | 01.04.2026\n"
    lines = "№\nПоручение\nОтветственные\nСрок\n\n1\nВнести план\nМПС, МНЭ (свод)\n01.04.2026\n"
    tabs = bars.replace(" | ", "\t")
    for table in (bars, lines, tabs):
        (task,) = reading(HEAD + table).instructions
        assert (task.addressees, task.lead, str(task.due)) == (["mic", "mne"], "mne", "2026-04-01")
        assert task.text.startswith("Внести план")


def test_a_header_in_two_columns_is_no_table() -> None:
    assert reading("ПРОТОКОЛ\n\nг. Астана\t\t3 марта 2026 года\n").instructions == []


def test_a_broken_line_goes_on() -> None:
    text = HEAD + "1. Министерству промышленности\nи строительства до 1 апреля 2026\nгода внести план.\n"
    (task,) = reading(text).instructions
    assert task.addressees == ["mic"] and str(task.due) == "2026-04-01"
    assert task.text.endswith("внести план.")


def test_an_item_without_addressees_is_not_lost() -> None:
    found = reading(HEAD + "РЕШИЛИ:\n1. Внести план до 1 апреля.\n")
    assert found.instructions == [] and len(found.unrecognised) == 1


def test_a_list_within_the_line() -> None:
    text = HEAD + "1. МПС: 1) до 1 мая внести план; 2) провести сверку.\n"
    assert [(task.text, task.addressees) for task in reading(text).instructions] == [
        ("до 1 мая внести план;", ["mic"]),
        ("провести сверку.", ["mic"]),
    ]


def test_numbers_that_begin_again_end_the_agenda() -> None:
    text = (
        "Отырыс хаттамасы\n2026 жылғы 3 наурыз\n\nКҮН ТӘРТІБІ:\n1. Жол туралы\n2. Су туралы\n\n"
        "1. Көлік министрлігі жолды 1 маусымға дейін жөндесін.\n"
    )
    found = reading(text, "kk")
    assert len(found.agenda) == 2
    assert [(task.addressees, str(task.due)) for task in found.instructions] == [(["mot"], "2026-06-01")]


def test_the_head_does_not_swallow_the_items() -> None:
    for head in ("Секретарь: Петров П.П.\n", "Присутствовали: по списку\n", "Присутствовали:\nИванов И.И.\n"):
        text = HEAD + head + "\n1. МПС:\n1) до 1 мая 2026 года внести план;\n2) провести сверку.\n"
        assert [task.addressees for task in reading(text).instructions] == [["mic"], ["mic"]], head


def test_nothing_in_an_empty_text() -> None:
    for text in ("", " \n", "."):
        assert reading(text).as_json()["instructions"] == []
