"""Files of all papers: names, what is offered where PDF is off, what is not there."""

import pytest

from core.paper import pdf
from tests.factories import (
    MeetingFactory,
)
from tests.pages.board import told

pytestmark = pytest.mark.django_db


class TestFiles:
    def test_their_names_say_what_they_are(self, client, office):
        row, meeting = told("a"), MeetingFactory()
        client.force_login(office)

        for address, name in (
            (f"/kk/control/{row.public_id}/card.docx", f"{row.public_id}-kk.docx"),
            ("/ru/control/register.xlsx", "control-2026-02-03-ru.xlsx"),
            ("/en/control/certificate.docx", "certificate-2026-02-03-en.docx"),
            (f"/ru/meetings/{meeting.public_id}/protocol.docx", f"{meeting.public_id}-ru.docx"),
        ):
            answer = client.get(address)
            assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
            assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]

    def test_where_pdf_is_off_it_is_said_with_what_is_offered(self, client, office, monkeypatch):
        def lacks(name):
            raise OSError("cannot load library 'libpango-1.0-0'")

        monkeypatch.setattr(pdf, "import_module", lacks)
        row = told("a")
        client.force_login(office)

        for address in (
            f"/en/control/{row.public_id}/card",
            "/en/control/register",
            "/en/control/certificate",
        ):
            answer = client.get(f"{address}.pdf?q=a")
            assert answer.status_code == 503
            page = answer.content.decode()
            assert "libpango-1.0-0 and libpangoft2-1.0-0" in page
            assert f'href="{address}.docx?q=a"' in page

    @pytest.mark.parametrize(
        "name", ["register.csv", "register.PDF", "certificate.xlsx", "ALT-I-9999/card.xlsx"]
    )
    def test_there_is_no_other_form(self, client, office, name):
        client.force_login(office)

        assert client.get(f"/kk/control/{name}").status_code == 404

    @pytest.mark.parametrize("name", ["register.docx", "certificate.docx", "ALT-I-0001/card.docx"])
    def test_a_visitor_is_asked_to_sign_in(self, client, name):
        assert client.get(f"/kk/control/{name}").status_code == 302
