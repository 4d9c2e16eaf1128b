"""The way of an enquiry through its pages: three steps, a look over the answers, the receipt, the state."""

import re
import time

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.bin import is_bin
from core.models import Outbox
from investors.models import Enquiry, EnquiryFile
from investors.services import enquiries
from tests.factories import ConsentTextFactory, DistrictFactory, LandPlotFactory

pytestmark = pytest.mark.django_db
HERE = "/en/invest/enquiry/"
WHO = {
    "organisation_name": "Silk Road Cold Chain",
    "country": "SG",
    "website": "silkroad.example",
    "person_name": "Mei Lin",
    "email": "mei@example.org",
}
WHAT = {"sectors": ["energy", "transport"], "hectares": "12,5", "power_mw": "40", "rail": "true"}
TEXT = {"text": "Do you have ten hectares with power?\nWe begin in spring.", "consent": "on"}


@pytest.fixture(autouse=True)
def words():
    return ConsentTextFactory()


@pytest.fixture(autouse=True)
def no_haste(monkeypatch):
    monkeypatch.setattr("investors.enquiring.steps.QUICKEST", 0)


def state_of(response):
    return re.search(r'name="state" value="([^"]+)"', response.content.decode())[1]


def step_of(response):
    return re.search(r'name="step" value="([^"]+)"', response.content.decode())[1]


def answer(client, page, go="next", **typed):
    step = step_of(page)
    return client.post(HERE, {"state": state_of(page), "step": step, "go": go, **typed})


def to_the_end(client, **text):
    page = client.get(HERE)
    for typed in (WHO, WHAT, TEXT | text):
        page = answer(client, page, **typed)
    return page


def test_three_steps_and_the_receipt(client):
    page = to_the_end(client)
    assert step_of(page) == "check"
    assert "Silk Road Cold Chain" in page.content.decode()

    sent = answer(client, page, go="send")
    enquiry = Enquiry.objects.get()
    assert sent.status_code == 302
    done = client.get(sent.url)
    assert enquiry.receipt in done.content.decode()
    assert (enquiry.sectors, str(enquiry.hectares), enquiry.rail) == (["energy", "transport"], "12.50", True)
    assert (enquiry.website, enquiry.domain) == ("https://silkroad.example", "silkroad.example")
    assert enquiry.language == "en"


def test_sent_again_it_is_the_same_receipt(client):
    page = to_the_end(client)
    first, second = (answer(client, page, go="send") for _ in range(2))

    assert first.url == second.url
    assert Enquiry.objects.count() == Outbox.objects.count() == 1


def test_what_was_typed_survives_faults_and_the_way_back(client):
    page = answer(client, client.get(HERE), **WHO | {"email": "mei at example"})
    told = page.content.decode()
    assert step_of(page) == "who"
    assert 'value="Mei Lin"' in told
    assert 'value="mei at example"' in told
    assert "Write an e-mail address" in told

    page = answer(client, page, **WHO)
    page = answer(client, page, go="who", **WHAT)
    assert 'value="mei@example.org"' in page.content.decode()
    page = answer(client, page, **WHO)
    assert 'value="12,5"' in page.content.decode()


def test_another_language_keeps_what_was_typed(client):
    page = client.get(HERE)
    typed = {"state": state_of(page), "step": "who", "go": "stay", **WHO, "email": "unfinished"}
    page = client.post("/ru/invest/enquiry/", typed)

    assert 'value="unfinished"' in page.content.decode()
    assert "errorlist" not in page.content.decode()


def test_the_file_waits_and_is_sent(client):
    page = to_the_end(client, file=SimpleUploadedFile("plan.txt", b"Our plan"))
    assert EnquiryFile.objects.count() == 1
    assert "plan.txt" in page.content.decode()

    answer(client, page, go="send")
    enquiry = Enquiry.objects.get()
    assert (enquiry.file_name, enquiry.file.name) == ("plan.txt", f"{enquiry.receipt}.txt")
    assert not EnquiryFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("plan.exe", b"MZ\x90\x00", "not of an allowed kind"),
        ("plan.pdf", b"<html>", "is not what its name says"),
        ("plan.txt", b"", "is empty"),
        ("plan.txt", b"a" * (10 * 2**20 + 1), "is larger than 10 MB"),
    ],
)
def test_a_wrong_file_is_refused_beside_its_field(client, name, content, told):
    page = to_the_end(client, file=SimpleUploadedFile(name, content))

    assert step_of(page) == "text"
    assert told in page.content.decode()
    assert "We begin in spring." in page.content.decode()
    assert not EnquiryFile.objects.exists()


def test_without_consent_nothing_is_taken(client):
    page = client.get(HERE)
    for typed in (WHO, WHAT, {"text": "A question"}):
        page = answer(client, page, **typed)

    assert step_of(page) == "text"
    assert "Without your consent" in page.content.decode()


def test_a_text_of_consent_that_changed_is_shown_anew(client):
    page = to_the_end(client)
    ConsentTextFactory(text_en="I agree to the new text.")
    page = answer(client, page, go="send")

    assert "I agree to the new text." in page.content.decode()
    assert "has changed" in page.content.decode()
    assert not Enquiry.objects.exists()
    page = answer(client, page, **TEXT)
    assert answer(client, page, go="send").status_code == 302


def test_the_address_fills_in_what_it_knows(client):
    DistrictFactory(code="gate")
    page = client.get(f"{HERE}?district=gate&sector=energy&hectares=7&rail=1&plot=ALT-L-9999&sector=magic")
    page = answer(client, page, **WHO)
    told = page.content.decode()

    assert '<option value="gate" selected>' in told
    assert 'value="7"' in told
    assert "ALT-L-9999" not in told


def test_a_plot_that_the_reader_came_from_is_named_until_it_is_unticked(client):
    public = {"visibility": "public"}
    shown = LandPlotFactory(name_en="North field", district=DistrictFactory(code="gate"), **public)
    hidden = LandPlotFactory(name_en="Secret field")
    needs = "power_mw=8&water_m3_day=300&rail=true&starts=2099-01-01&opportunity=ALT-O-9"
    told = client.get(f"{HERE}?plot={hidden.public_id}").content.decode()
    assert "Secret field" not in told + answer(client, client.get(HERE), **WHO).content.decode()

    page = answer(client, client.get(f"{HERE}?plot={shown.public_id}&{needs}"), **WHO)
    words = page.content.decode()
    assert f"About the plot: North field ({shown.public_id})" in words
    assert '<option value="gate" selected>' in words
    assert '<option value="later" selected>' in words
    page = answer(client, page, **WHAT, about_plot="on")
    page = answer(client, page, **TEXT)
    answer(client, page, go="send")
    assert Enquiry.objects.get().plot == shown


def test_the_steps_cost_few_queries(client, django_assert_max_num_queries):
    plot = LandPlotFactory(visibility="public")
    with django_assert_max_num_queries(8):
        page = client.get(f"{HERE}?plot={plot.public_id}")
    for typed in (WHO, WHAT):
        with django_assert_max_num_queries(8):
            page = answer(client, page, **typed)
    with django_assert_max_num_queries(10):
        page = answer(client, page, **TEXT)
    with django_assert_max_num_queries(45):
        answer(client, page, go="send")


def test_a_text_far_too_long_is_refused_and_kept_in_its_field(client):
    page = client.get(HERE)
    for typed in (WHO, WHAT, TEXT | {"text": "long " * 4000}):
        page = answer(client, page, **typed)

    assert step_of(page) == "text"
    assert "longer than 5000" in page.content.decode()
    assert "long " * 4000 in page.content.decode()


def test_what_is_written_is_escaped_wherever_it_is_shown(client):
    script = '"><script>alert(1)</script>'
    page = client.get(HERE)
    page = answer(client, page, **WHO | {"organisation_name": script, "person_name": script})
    page = answer(client, page, **WHAT)
    page = answer(client, page, **TEXT | {"text": script})

    assert step_of(page) == "check"
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert" in page.content.decode()


def test_a_number_of_a_person_in_the_text_is_warned_of(client):
    number = next(number for digit in range(10) if is_bin(number := f"49123130001{digit}"))

    assert "personal number (IIN)" in to_the_end(client, text=f"My number is {number}.").content.decode()


def test_a_state_that_is_not_ours_begins_anew(client):
    page = client.post(HERE, {"state": "forged", "step": "check", "go": "send"})

    assert page.status_code == 400
    assert step_of(page) == "who"


def test_a_program_that_is_too_quick_or_fills_in_everything_sends_nothing(client, monkeypatch):
    page = to_the_end(client)
    trapped = answer(client, page, go="send", fax="123")
    monkeypatch.setattr("investors.enquiring.steps.QUICKEST", 4)
    hasty = answer(client, page, go="send")

    assert step_of(trapped) == step_of(hasty) == "check"
    assert not Enquiry.objects.exists()
    with time_machine.travel(time.time() + 5, tick=False):
        assert answer(client, page, go="send").status_code == 302


def test_one_form_that_a_program_sends_a_hundred_times_is_one_enquiry(client):
    page = to_the_end(client)
    sent = {"state": state_of(page), "step": "check", "go": "send"}
    answers = {client.post(HERE, sent, REMOTE_ADDR=f"10.{n}.0.1").url for n in range(100)}

    assert len(answers) == 1
    assert Enquiry.objects.count() == Outbox.objects.count() == 1


def test_who_sends_too_much_is_told_when_again_and_loses_nothing(client, monkeypatch):
    monkeypatch.setattr(enquiries, "PER_NETWORK", 1)
    assert answer(client, to_the_end(client), go="send").status_code == 302
    page = answer(client, to_the_end(client), go="send")

    assert page.status_code == 429
    assert int(page["Retry-After"]) > 0
    assert "Silk Road Cold Chain" in page.content.decode()
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("typed", ["1e50", "1e999999", "9" * 30, "NaN", "Infinity", "-1", "²"])
@pytest.mark.parametrize("name", ["hectares", "power_mw", "water_m3_day", "jobs"])
def test_a_number_that_is_none_is_told_beside_its_field(client, name, typed):
    page = answer(client, answer(client, client.get(HERE), **WHO), **WHAT | {name: typed})

    assert (page.status_code, step_of(page)) == (200, "what")
    assert page.context["form"].errors[name]
