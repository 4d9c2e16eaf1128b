"""A paper is pasted or chosen on a page, read, and decided item by item; what is wrong is said, nothing is lost."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks.models import Instruction, Meeting, Protocol
from tests.factories import MeetingFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
PAGE = "/kk/meetings/import/"
RELEASE = (Path("tasks/data") / "press-release-2025-09-29.kk.txt").read_text(encoding="utf-8-sig")
PROTOCOL = """Протокол заседания проектного офиса

г. Алматы, 3 марта 2026 года

1. Министерству промышленности и строительства в срок до 15 июня 2099 года утвердить проект водовода.
2. Принять к сведению доклад акимата."""
TYPED = {"text": RELEASE, "language": "kk", "kind": "press_release", "once": "once"}


@pytest.fixture
def desk(client, office, leadership):
    OrganisationFactory(
        code="mic",
        name_kk="Өнеркәсіп және құрылыс министрлігі",
        name_ru="Министерство промышленности и строительства",
        abbreviation_kk="ӨҚМ",
    )
    client.force_login(office)
    return client


def read(desk, **typed):
    answer = desk.post(PAGE, TYPED | typed)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer["Location"]


def buttons(desk, paper):
    """(page of registration, page of decision) of each item that waits."""
    page = desk.get(paper).content.decode()
    return [
        (address, f"{address}decide/")
        for address in re.findall(r'class="button[^"]*" href="(/kk/meetings/ALT-M-\d+/items/\d+/)"', page)
    ]


def test_a_pasted_release_is_shown_item_by_item_with_its_words_marked(desk):
    page = desk.get(read(desk)).content.decode()

    assert "Тексеру керек: 2." in page
    assert page.count('class="read-mark read-instruction"') == 2
    text = re.search(r'<div class="read-text".*?</div>', page, re.S)[0]
    assert "Өтеген батыр, Покровка" in text
    assert "Өнеркәсіп және құрылыс министрлігі" in page


def test_an_item_is_registered_with_what_was_read_of_it(desk):
    paper = read(desk, text=PROTOCOL, language="ru", kind="protocol")
    register, _decide = buttons(desk, paper)[0]

    form = desk.get(register).context["form"]
    assert form.initial["due"] == date(2099, 6, 15)
    assert form.initial["lead"].code == "mic"
    assert form.initial["issued"] == date(2026, 3, 3)
    assert "водовода" in form.initial["text_ru"]

    typed = {name: value for name, value in form.initial.items() if isinstance(value, str)}
    typed |= {"lead": "mic", "due": "2099-06-15", "issued": "2026-03-03", "issuer": "deputy_prime_minister"}
    answer = desk.post(register, typed)

    assert answer["Location"] == paper
    made = Instruction.objects.get()
    assert (made.original_due, made.executors.get().organisation.code) == (date(2099, 6, 15), "mic")
    assert f"/kk/control/{made.public_id}/put_on_control/" in desk.get(paper).content.decode()
    card = desk.get(f"/kk/control/{made.public_id}/").content.decode()
    assert "водовода" in re.search(r"<blockquote.*?</blockquote>", card, re.S)[0]


def test_a_registration_that_is_refused_keeps_what_was_typed(desk):
    register, _decide = buttons(desk, read(desk))[0]

    page = desk.post(register, {"text_kk": "Құрылысты жеделдету", "issuer": "Ешкім"}).content.decode()

    assert "Құрылысты жеделдету" in page
    assert "Қанат Бозымбаев ӨҚМ" in page  # the words of the paper stand above
    assert not Instruction.objects.exists()


def test_the_other_buttons_and_the_way_back(desk):
    paper = read(desk)
    (_one, decide), (_two, other) = buttons(desk, paper)

    desk.post(decide, {"as": "note"})
    desk.post(other, {"as": "dismiss"})
    assert buttons(desk, paper) == []
    assert "Қабылданбады" in desk.get(paper).content.decode()
    desk.post(other, {"as": "reopen"})
    assert len(buttons(desk, paper)) == 1
    again = desk.post(decide, {"as": "dismiss"}, follow=True).content.decode()
    assert "расталды" in again
    assert desk.post(decide, {"as": "nothing"}).status_code == 404
    states = Protocol.objects.get().items.order_by("order").values_list("kind", "state")
    assert set(states) >= {("note", "confirmed"), ("instruction", "proposed")}


def test_an_item_that_is_decided_is_not_asked_again(desk):
    paper = read(desk)
    (register, decide), _second = buttons(desk, paper)
    desk.post(decide, {"as": "note"})

    assert desk.get(register)["Location"].startswith(paper)


def test_the_same_text_is_known_and_imported_only_when_that_is_meant(desk):
    paper = read(desk)

    known = desk.post(PAGE, TYPED | {"once": "other"}).content.decode()
    assert paper in known
    assert "тізілімде бар" in known
    assert "Rhenus Logistics" in known  # the text is still there
    assert Meeting.objects.count() == 1

    assert desk.post(PAGE, TYPED | {"once": "third", "again": "on"})["Location"] != paper


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": " "}, "Мәтінді қойыңыз"),
        ({"language": "fr"}, "Құжат тілі"),
        ({"kind": "letter"}, "Бұл не"),
        ({"text": "Ауа райы жақсы болады."}, "Мәтінде іс-шараның түрі айтылмаған"),
        ({"file": SimpleUploadedFile("қаулы.docx", b"PK\x03\x04 broken")}, "қаулы.docx"),
        ({"file": SimpleUploadedFile("сурет.txt", b"\x00\x01\x02")}, "сурет.txt"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(desk, wrong, words):
    page = desk.post(PAGE, TYPED | wrong).content.decode()

    assert words in re.search(r'<div class="error-summary".*?</div>', page, re.S)[0]
    assert not Protocol.objects.exists()
    if "text" not in wrong:
        assert "Rhenus Logistics" in page


@pytest.mark.parametrize("typed", [{"text": "a;\n" * 10_001}, {"text": "a" * 1_000_001}])
def test_a_text_without_end_is_not_read(desk, typed):
    answer = desk.post(PAGE, TYPED | typed)

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"text"}
    assert not Protocol.objects.exists()


def word(text):
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    content = BytesIO()
    document.save(content)
    return SimpleUploadedFile("хаттама.docx", content.getvalue())


def test_a_docx_is_read_and_kept(desk):
    read(desk, text="", file=word(PROTOCOL), language="ru", kind="protocol")

    paper = Protocol.objects.get()
    assert paper.source_file.name == "хаттама.docx"
    assert "водовода" in paper.text
    assert paper.items.filter(kind="instruction").count() == 1


def test_a_txt_in_an_old_encoding_is_read(desk):
    old = SimpleUploadedFile("протокол.txt", PROTOCOL.encode("cp1251"))

    read(desk, text="", file=old, language="ru", kind="protocol")

    paper = Protocol.objects.get()
    assert (paper.source_file, "водовода" in paper.text) == (None, True)


def test_where_a_file_is_known_already_its_text_stands_in_the_form(desk):
    read(desk, text=PROTOCOL, language="ru", kind="protocol")

    page = desk.post(PAGE, TYPED | {"once": "other", "text": "", "language": "ru", "file": word(PROTOCOL)})

    assert "водовода" in page.content.decode()
    assert Protocol.objects.count() == 1


def test_a_paper_joins_a_meeting(desk):
    meeting = MeetingFactory()

    answer = desk.post(f"/kk/meetings/{meeting.public_id}/import/", TYPED)

    assert Protocol.objects.get().meeting == meeting
    assert meeting.public_id in answer["Location"]


def test_words_that_were_passed_over_are_marked_and_decided(desk):
    paper = read(desk)

    answer = desk.post(f"{paper}mark/", {"words": "экологиялық таза өндірістерді дамытуға"})
    assert desk.get(answer["Location"]).status_code == 200
    wrong = desk.post(f"{paper}mark/", {"words": "мұндай сөз жоқ"})
    assert "дәл бір рет кездеспейді" in wrong.content.decode()


def test_a_draft_is_taken_back_with_its_meeting(desk):
    paper = read(desk)

    assert desk.post(f"{paper}discard/")["Location"] == "/kk/meetings/"
    assert not Meeting.objects.exists()


def test_a_text_without_any_instruction_says_so(desk):
    paper = read(desk, text="Жобалық офис отырысы өтті. Ауа райы жақсы болды.")

    assert "тапсырма табылмады" in desk.get(paper).content.decode()


def test_a_page_costs_the_same_however_many_items_wait(desk, django_assert_num_queries):
    one, many = (
        read(desk, text=PROTOCOL + line * times, language="ru", kind="protocol", once=str(times))
        for line in ["\n3. Министерству промышленности и строительства утвердить план."]
        for times in (1, 8)
    )
    desk.get(one)
    with CaptureQueriesContext(connection) as asked:
        desk.get(one)
    with django_assert_num_queries(len(asked)):
        assert desk.get(many).content.decode().count("decide/") > 8
