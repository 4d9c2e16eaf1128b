"""Points for readings made by hand: what is right, what is missing, what was invented."""

import pytest

from tasks.corpus import Span, specimen
from tasks.scoring import COUNTED, matched, same_name, score, score_all

TEXT = """Заседание 1 марта 2026 года. Рассмотрен вопрос дорог.
Министерству транспорта и инвесторам до 5 апреля представить план дорог.
Акимату города Алатау убрать снег.
"""
TOPIC = "вопрос дорог"
ROADS = "Министерству транспорта и инвесторам до 5 апреля представить план дорог."
SNOW = "Акимату города Алатау убрать снег."


def of(words):
    start = TEXT.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def expected():
    return specimen(
        "roads",
        {
            "language": "ru",
            "genre": "protocol",
            "text": TEXT,
            "expected": {
                "event": {"kind": "council", "date": "2026-03-01"},
                "districts": ["gate"],
                "agenda": [TOPIC],
                "instructions": [
                    {
                        "words": ROADS,
                        "addressees": ["mot", "инвесторам"],
                        "lead": "mot",
                        "due": "2026-04-05",
                        "due_text": "до 5 апреля",
                    },
                    {
                        "words": SNOW,
                        "addressees": [["akimat_alatau", "аким"]],
                        "lead": "akimat_alatau",
                        "due": None,
                    },
                ],
            },
        },
    )


def reading():
    """The right answer."""
    due = {"due": "2026-04-05", "due_text": "5 апреля"}
    return {
        "event": {"kind": "council", "date": "2026-03-01", "chair": None, "place": None},
        "districts": ["gate"],
        "projects": [],
        "agenda": [of(TOPIC)],
        "instructions": [
            {**of(ROADS), "addressees": ["инвесторы", "mot"], "lead": "mot", **due},
            {**of(SNOW), "addressees": ["аким"], "lead": "аким", "due": None, "due_text": None},
        ],
    }


def test_the_right_answer_has_every_point():
    result = score(expected(), reading())

    assert result.failures == []
    assert {part: result.of[part] for part in COUNTED} == {
        "kind": 1,
        "date": 1,
        "agenda": 1,
        "instructions": 2,
        "addressees": 2,
        "lead": 2,
        "due": 2,
    }
    assert result.total == 100
    assert result.passes


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda answer: answer["event"].update(kind=None), "kind"),
        (lambda answer: answer["event"].update(date=None), "date"),
        (lambda answer: answer["event"].update(chair="Кто-то"), "chair"),
        (lambda answer: answer.update(districts=[]), "districts"),
        (lambda answer: answer.update(projects=["k_park"]), "projects"),
        (lambda answer: answer.update(agenda=[]), "agenda"),
        (lambda answer: answer["agenda"].append(of("Заседание")), "agenda"),
        (lambda answer: answer["instructions"][0].update(addressees=["mot"]), "addressees"),
        (lambda answer: answer["instructions"][1].update(addressees=["аким", "mot"]), "addressees"),
        (lambda answer: answer["instructions"][0].update(lead=None), "lead"),
        (lambda answer: answer["instructions"][0].update(due=None), "due"),
        (lambda answer: answer["instructions"][0].update(due_text="до 5 мая"), "due words"),
        (lambda answer: answer["instructions"].append({**of("Рассмотрен"), "due": None}), "instructions"),
    ],
)
def test_a_fault_costs_one_point_of_its_part(change, part):
    answer = reading()
    change(answer)

    result = score(expected(), answer)

    assert [story.split(":")[0] for story in result.failures] == [part]
    assert result.of[part] - result.points[part] == 1


def test_an_instruction_not_found_costs_all_that_belongs_to_it():
    answer = reading()
    del answer["instructions"][0]

    result = score(expected(), answer)

    lost = {part for part in COUNTED if result.of[part] > result.points[part]}
    assert lost == {"instructions", "addressees", "lead", "due"}
    assert result.invented_dates == []


@pytest.mark.parametrize(
    ("change", "invented"),
    [
        (lambda answer: answer["event"].update(date="2026-03-02"), True),
        (lambda answer: answer["instructions"][1].update(due="2026-04-05"), True),
        (lambda answer: answer["instructions"][0].update(due="2026-05-05"), True),
        (lambda answer: answer["instructions"][0].update(due="2026-03-01"), False),
        (lambda answer: answer["instructions"].append({**of("Рассмотрен"), "due": "2026-03-01"}), True),
    ],
)
def test_a_date_is_invented_where_the_text_has_none(change, invented):
    answer = reading()
    change(answer)

    result = score(expected(), answer)

    assert bool(result.invented_dates) is invented
    assert not (result.passes and invented)


def test_an_instruction_that_is_not_there_is_told():
    answer = reading()
    answer["instructions"].append({**of("Рассмотрен"), "due": None})

    assert score(expected(), answer).invented_instructions == ["«Рассмотрен»"]


@pytest.mark.parametrize(
    ("found", "pairs"),
    [
        ([Span(0, 10)], {0: 0}),
        ([Span(5, 15)], {0: 0}),
        ([Span(6, 16)], {}),
        ([Span(0, 21)], {}),
        ([Span(3, 10), Span(0, 9)], {0: 1}),
        ([Span(20, 30), Span(1, 10)], {1: 0, 0: 1}),
    ],
)
def test_spans_match_when_half_of_either_is_common(found, pairs):
    assert matched([Span(0, 10), Span(20, 30)], found) == pairs


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("инвесторлар", "инвесторларға", True),
        ("ТОО «Жетысу Курылыс»", "ТОО Жетысу Курылыс (по согласованию)", True),
        ("Министерству культуры", "Министерство культуры", True),
        ("KEGOC", "АО «KEGOC»", True),
        ("mot", "mof", False),
        ("akimat_alatau", "akimat_almaty_region", False),
        ("Министерству культуры", "Министерству обороны", False),
        ("инвесторам", "крупным инвесторам", False),
        ("KTZ-ға", "KTZ", True),
    ],
)
def test_a_name_is_the_same_in_any_case(one, other, same):
    assert same_name(one, other) is same


def test_points_of_many_texts_add_up_under_their_names():
    answer = reading()
    answer["event"]["kind"] = None

    whole = score_all([expected(), expected()], lambda text, language: answer)

    assert (whole.points["kind"], whole.of["kind"]) == (0, 2)
    assert whole.failures == ["roads: kind: None, expected council"] * 2
    assert whole.percent("due") == 100
