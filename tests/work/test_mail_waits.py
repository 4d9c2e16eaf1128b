"""Mail whose server is away waits where the office sees it, and goes out later."""

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from core.jobs import deliver_outbox
from core.models import Outbox
from tests.failing import frozen_server
from tests.work.test_outbox import let_leases_run_out, owe

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("answers", [False, True])
def test_mail_waits_for_a_server_that_is_away_or_hangs_and_goes_out_when_it_is_back(client, office, answers):
    owe(1)
    with frozen_server() as port:
        smtp = {"host": "127.0.0.1", "port": port if answers else 1, "timeout": 0.2}
        backend = "django.core.mail.backends.smtp.EmailBackend"
        with override_settings(MAILERS={"default": {"BACKEND": backend, "OPTIONS": smtp}}):
            deliver_outbox()
    row = Outbox.objects.get()
    assert (row.delivered_at, row.tries) == (None, 1)
    assert row.last_error and row.next_try_at > timezone.now()
    client.force_login(office)
    waiting = client.get("/admin/core/outbox/?delivered_at__isempty=1").content.decode()
    assert row.key in waiting

    let_leases_run_out()
    deliver_outbox()

    assert len(mail.outbox) == 1
