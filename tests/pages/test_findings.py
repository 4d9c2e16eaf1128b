"""What was seen on a trip, by the pages: words, place, photo, the instruction given on it."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tasks.models import Finding, Instruction
from tests.factories import DistrictFactory, FindingFactory, MeetingFactory
from tests.pages.test_meetings import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(db):
    return MeetingFactory(title_kk="Жұмыс сапары", held=date(2026, 3, 3))


def photo(kind="PNG"):
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, kind)
    return SimpleUploadedFile(f"жол.{kind.lower()}", content.getvalue())


class TestFindings:
    def test_what_was_seen_with_its_photo(self, client, office, leadership, meeting):
        district = DistrictFactory()
        client.force_login(office)
        typed = {"text_kk": "Жол төселмеген", "place": "Жетіген", "district": district.pk, "photo": photo()}

        answer = client.post(at(meeting, "findings", "new"), typed)

        assert answer["Location"] == at(meeting) + "#findings"
        finding = Finding.objects.get()
        assert (finding.place, finding.district) == ("Жетіген", district)
        picture = client.get(at(meeting, "findings", finding.pk, "photo"))
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
        assert "sandbox" in picture["Content-Security-Policy"]

        given = {"text_kk": "Жол төсеу", "issuer": "deputy_prime_minister", "once": "b"}
        client.post(at(meeting, "findings", finding.pk, "instruction"), given)
        made = Instruction.objects.get()
        assert made.public_id in client.get(at(meeting)).content.decode()
        refused = client.post(at(meeting, "findings", finding.pk), {"remove": "1"}, follow=True)
        assert "негіздеме" in refused.content.decode()

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"text_kk": " "}, "Не анықталды"),
            ({"photo": SimpleUploadedFile("a.png", b"not a picture")}, "a.png"),
            ({"photo": SimpleUploadedFile("a.txt", "мәтін".encode())}, "фотосурет емес"),
        ],
    )
    def test_what_cannot_be_kept_is_said(self, client, office, meeting, wrong, words):
        client.force_login(office)

        page = client.post(at(meeting, "findings", "new"), {"text_kk": "Жол", "place": "Жетіген"} | wrong)

        assert words in page.content.decode()
        assert "Жетіген" in page.content.decode()
        assert not Finding.objects.exists()

    def test_a_photo_is_seen_by_the_house_alone(self, client, executor, office, meeting):
        client.force_login(office)
        client.post(at(meeting, "findings", "new"), {"text_kk": "Жол", "photo": photo("JPEG")})
        address = at(meeting, "findings", Finding.objects.get().pk, "photo")

        client.force_login(executor)
        assert client.get(address).status_code == 403

    def test_it_is_changed_and_its_photo_taken_out(self, client, office, meeting):
        finding = FindingFactory(meeting=meeting)
        client.force_login(office)
        page = at(meeting, "findings", finding.pk)
        client.post(page, {"text_kk": "Жол төселді", "photo": photo()})
        client.post(page, {"text_kk": "Жол төселді", "without_photo": "on"})

        finding.refresh_from_db()
        assert (finding.text_kk, finding.photo) == ("Жол төселді", None)
        client.post(page, {"remove": "1"})
        assert not Finding.objects.exists()
