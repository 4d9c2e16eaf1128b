"""Names of the register in every case of both languages, and bodies that the register does not know."""

import re

import pytest
import yaml

from tasks.reading.bodies import bodies
from tasks.reading.body import Body
from tasks.reading.register import ALIASES
from tasks.reading.text import Text, fold
from tests.tasks.reading.plain import ROOT, names, reading

CODES = [
    ("Министерству промышленности и строительства", "ru", "mic", "dative"),
    ("Министерством промышленности и строительства РК", "ru", "mic", "with"),
    ("Минпромстрою", "ru", "mic", "dative"),
    ("ӨҚМ-ге", "kk", "mic", "dative"),
    ("ӨҚМ", "kk", "mic", "plain"),
    ("Қазақстан Республикасының Өнеркәсіп және құрылыс министрлігіне", "kk", "mic", "dative"),
    ("Ұлттық экономика министрлiгi", "kk", "mne", "plain"),
    ("акимату г. Алатау", "ru", "akimat_alatau", "dative"),
    ("акиматом Алматинской области", "ru", "akimat_almaty_region", "with"),
    ("облыс әкімдігіне", "kk", "akimat_almaty_region", "dative"),
    ("Алматы облысының әкімдігімен", "kk", "akimat_almaty_region", "with"),
    ("АО «Caspian Group»", "ru", "caspian_group", "dative"),
    ("компании Caspian Group", "ru", "caspian_group", "dative"),
    ("Caspian Group компаниясына", "kk", "caspian_group", "dative"),
    ("«Alatau City Authority» мемлекеттік қорына", "kk", "aca", "dative"),
    ("фонду Alatau City Authority", "ru", "aca", "dative"),
    ("Алматинскому вентиляторному заводу", "ru", "almaty_fan_plant", "dative"),
]

AS_WRITTEN = [
    ("жауапты мемлекеттік органдарға", "kk", True),
    ("инвесторларға", "kk", True),
    ("облыс әкімдеріне", "kk", True),
    ("барлық орталық мемлекеттік органдар", "kk", True),
    ("заинтересованным государственным органам", "ru", True),
    ("акиматам областей", "ru", True),
    ("уполномоченному органу", "ru", True),
    ("Управлению земельных отношений Алматинской области", "ru", False),
    ("Министерству по чрезвычайным ситуациям", "ru", False),
    ("Қаржы министрлігінің Мемлекеттік кірістер комитетіне", "kk", False),
    ("«Қазақстан темір жолы» ұлттық компаниясына", "kk", False),
    ("АО «KEGOC»", "ru", False),
    ("первому заместителю акима области", "ru", False),
    ("Управлению пассажирского транспорта и автомобильных дорог", "ru", False),
    ("Управлению энергетики и ЖКХ", "ru", False),
    ("НПП «Атамекен»", "ru", False),
    ("акимату города Конаев", "ru", False),
    ("акимам городов Конаев и Алатау", "ru", True),
    ("центральным и местным исполнительным органам", "ru", True),
    ("всем акимам", "ru", True),
    ("Тұрғын үй-коммуналдық шаруашылық бөліміне", "kk", False),
    ("Сәулет және қала құрылысы бөліміне", "kk", False),
    ("«Халықаралық бағдарламалар орталығы» АҚ", "kk", False),
    ("Қонаев қаласының әкімдігіне", "kk", False),
    ("Жобалық офис мүшелеріне", "kk", True),
    ("Аумақтық органдарға", "kk", True),
]


_BARE = re.compile(r"(?<=[рыі])(?:ға|ге|не|на)$")


def _bodies(words: str, language: str) -> list[Body]:
    text = Text(words, language)
    return bodies(text, names().find(text), 0, len(words))


@pytest.mark.parametrize(("words", "language", "code", "case"), CODES)
def test_code_and_case(words: str, language: str, code: str | None, case: str) -> None:
    (body,) = _bodies(words, language)
    assert body.code == code and case in body.cases


@pytest.mark.parametrize(("words", "language", "is_group"), AS_WRITTEN)
def test_stays_as_written(words: str, language: str, is_group: bool) -> None:
    """In Kazakh without the ending of the case."""
    (body,) = _bodies(words, language)
    assert body.called(Text(words, language)) == (words if language == "ru" else _BARE.sub("", words))
    assert body.is_group is is_group


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("акиматам Алматинской области и города Алатау", "ru"),
        ("облыс пен қала әкімдіктеріне", "kk"),
        ("Алматы облысы мен Алатау қаласының әкімдіктеріне", "kk"),
    ],
)
def test_a_noun_may_be_shared(words: str, language: str) -> None:
    assert [body.code for body in _bodies(words, language)] == ["akimat_almaty_region", "akimat_alatau"]


def test_a_word_in_another_word_is_no_name() -> None:
    assert names().find(Text("Марсельеза, сомнения и маслихатовцы", "ru")) == []


@pytest.mark.parametrize(
    ("words", "districts"),
    [
        ("Gate, Golden, Growing және Green аудандары", ["gate", "golden", "growing", "green"]),
        ("Green District пен Golden ауданы", ["green", "golden"]),
        ("Hyundai Green Food Almaty", []),
        ("дистрикте Голден", ["golden"]),
        ("Golden Gate Bridge", []),
    ],
)
def test_districts(words: str, districts: list[str]) -> None:
    assert reading(words, "kk").districts == districts


def test_a_project_named_after_a_company_needs_a_word_of_the_project() -> None:
    assert reading("На заводе PepsiCo в Gate идут работы.").projects == ["pepsico_plant"]
    assert reading("Компания PepsiCo провела встречу.").projects == []
    assert reading("K-Park құрылысы басталды.", "kk").projects == ["k_park"]
    assert reading("PepsiCo және Mars сияқты ірі жобалар бар.", "kk").projects == [
        "pepsico_plant",
        "mars_project",
    ]


def test_aliases_are_of_the_register_and_of_one_code_each() -> None:
    aliases = yaml.safe_load(ALIASES.read_text(encoding="utf-8"))
    files = {
        "organisations": ("accounts/data/state_bodies.yaml", "accounts/data/companies.yaml"),
        "districts": ("districts/data/districts.yaml",),
        "projects": ("districts/data/projects.yaml",),
    }
    for part, paths in files.items():
        known = {
            row["code"] for path in paths for row in yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
        }
        assert set(aliases[part]) <= known
        names = [fold(name) for called in aliases[part].values() for name in set(map(fold, called))]
        assert len(names) == len(set(names))
