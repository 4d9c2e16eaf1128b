"""The first page of the admin: every number is the number of rows of the list it leads to."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg.types.range import DateRange

from core.admin.queues import QUEUES
from core.admin.texts import trilingual
from core.ledger import acting
from core.models import Change
from districts.services import change_stage, publishing
from tests import factories as make
from tests.admin.rows import ROWS
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def today() -> Any:
    return timezone.localdate()


def long_ago() -> Any:
    return today() - timedelta(days=500)


def now(**later: float) -> Any:
    return timezone.now() + timedelta(**later)


def two_figures() -> None:
    figure = make.FigureFactory(chosen=False)
    make.FigureFactory(project=figure.project, measure=figure.measure, value=7)


def two_claims() -> None:
    claim = make.ClaimFactory(chosen=False)
    make.ClaimFactory(project=claim.project, field=claim.field)


def refused(instruction: Any) -> None:
    instruction.executors.update(refused_on=today(), refused_reason="It is not ours.")


def proposed(instruction: Any) -> None:
    instruction.removal_proposed_by, instruction.removal_proposed_at = make.somebody(), now()
    instruction.save()


def ready_to_publish() -> None:
    publishing.make_ready(make.ProjectFactory(), by=make.UserFactory(role="office"))


def changed_in_draft() -> None:
    row = make.ProjectFactory(visibility="public")
    publishing.save_draft(row, {"name_en": "Another name"}, by=make.UserFactory(role="office"))


#: A row or two that wait in each queue.
WAITING: dict[str, Callable[[], Any]] = {
    "core.storedfile.unscanned": lambda: make.StoredFileFactory(scan_state="pending"),
    "core.storedfile.infected": lambda: make.StoredFileFactory(scan_state="infected"),
    "core.outbox.given_up": lambda: make.OutboxFactory(given_up_at=now()),
    "core.outbox.owed": make.OutboxFactory,
    "core.outbox.late": lambda: make.OutboxFactory(next_try_at=now(hours=-1)),
    "core.jobrun.unfinished": make.JobRunFactory,
    "core.change.yesterday": make.SourceFactory,
    "accounts.invitation.open": make.InvitationFactory,
    "accounts.invitation.lapsed": lambda: make.InvitationFactory(expires_at=now(days=-3)),
    "accounts.organisation.unsourced": lambda: make.OrganisationFactory(source=None),
    "accounts.apiclient.ending": lambda: make.ApiClientFactory(expires_at=now(days=3)),
    "alatau_portal.opendataedition.refused": lambda: make.OpenDataEditionFactory(refused_at=now()),
    "accounts.webhookendpoint.off": lambda: make.WebhookEndpointFactory(state="failing"),
    "accounts.webhookdelivery.dead": lambda: make.WebhookDeliveryFactory(state="dead"),
    "districts.place.unsourced": make.PlaceFactory,
    "districts.place.unmapped": make.PlaceFactory,
    "districts.project.no_district": lambda: make.ProjectFactory(district=None),
    "districts.project.no_milestone": make.ProjectFactory,
    "districts.project.no_party": make.ProjectFactory,
    "districts.project.suspended": lambda: make.ProjectFactory(
        suspended_since=today(), suspended_reason="no plot"
    ),
    "districts.milestone.silent": lambda: make.MilestoneFactory(
        baseline_day=long_ago(), baseline_precision="day", forecast_day=None, forecast_precision="unknown"
    ),
    "districts.figure.undecided": two_figures,
    "districts.claim.undecided": two_claims,
    "districts.figure.old": lambda: make.FigureFactory(
        chosen=True, as_of_day=long_ago(), as_of_precision="day"
    ),
    "districts.claim.old": lambda: make.ClaimFactory(
        chosen=True, as_of_day=long_ago(), as_of_precision="day"
    ),
    "districts.figure.unsourced": lambda: make.FigureFactory(source=None),
    "districts.claim.unsourced": lambda: make.ClaimFactory(source=None),
    "districts.publishedfigure.undated": lambda: make.PublishedFigureFactory(
        said_on_day=None, said_on_precision="unknown", said_on_text=""
    ),
    "districts.publishedfigure.unsourced": lambda: make.PublishedFigureFactory(source=None),
    "districts.landplot.old": lambda: make.LandPlotFactory(as_of_day=long_ago(), as_of_precision="day"),
    "districts.landplot.unmapped": make.LandPlotFactory,
    "districts.plotallocation.lapsed": lambda: make.PlotAllocationFactory(
        during=DateRange(long_ago(), today())
    ),
    "investors.opportunity.over": lambda: make.opportunity_in("open", closes_on=today() - timedelta(days=1)),
    "investors.investor.old": lambda: make.InvestorFactory(as_of_day=long_ago(), as_of_precision="day"),
    "investors.talk.no_outcome": make.TalkFactory,
    "investors.enquiry.waiting": lambda: make.EnquiryFactory(promised_on=today() + timedelta(days=5)),
    "investors.enquiry.overdue": lambda: make.EnquiryFactory(promised_on=today() - timedelta(days=1)),
    "investors.enquiry.erasure": lambda: make.EnquiryFactory(
        erasure_asked_at=now(), promised_on=today() + timedelta(days=5)
    ),
    "investors.contact.over": lambda: make.ContactFactory(retention_until=today() - timedelta(days=1)),
    "tasks.instruction.overdue": lambda: make.instruction_in("on_control", due=today() - timedelta(days=1)),
    "tasks.instruction.soon": lambda: make.instruction_in("on_control", due=today() + timedelta(days=3)),
    "tasks.instruction.refused": lambda: refused(make.instruction_in("on_control")),
    "tasks.instruction.reported": lambda: make.instruction_in("reported"),
    "tasks.instruction.proposed": lambda: proposed(make.instruction_in("reported")),
    "tasks.extension.asked": make.ExtensionFactory,
    "tasks.executionreport.waiting": lambda: make.instruction_in("reported"),
    "tasks.escalation.unacknowledged": make.EscalationFactory,
    "tasks.figuredispute.open": make.FigureDisputeFactory,
    "tasks.progressreport.waiting": lambda: make.progress_in("submitted"),
    "tasks.reportingperiod.past_grace": lambda: make.ReportingPeriodFactory(
        starts=date(2019, 1, 1), due_on=date(2019, 2, 28), grace_until=date(2019, 3, 7)
    ),
    "tasks.holdinterval.office": lambda: make.instruction_in("reported"),
    "accounts.substitution.now": lambda: make.SubstitutionFactory(
        during=DateRange(today(), today() + timedelta(days=5))
    ),
    "districts.publication.ready": ready_to_publish,
    "districts.publication.changed": changed_in_draft,
    "districts.document.unscanned": lambda: make.DocumentFactory(file__scan_state="pending"),
    "districts.document.undated": lambda: make.DocumentFactory(
        published_day=None, published_precision="unknown"
    ),
    "investors.request.late": lambda: make.RequestFactory(holder="office", promised_on=date(2019, 1, 9)),
    "tasks.instruction.no_term": make.InstructionFactory,
    "tasks.instruction.no_lead": make.InstructionFactory,
}


def numbers(response: Any) -> list[Any]:
    groups = [response.context[name] for name in ("waits", "quality", "machine")]
    return [number for group in groups for number in group] + [response.context["all_changes"]]


def rows_of(client: Any, link: str) -> int:
    """The ledger's list is not counted: it is counted here."""
    return client.get(link).context["cl"].queryset.count()


def test_every_queue_has_its_rows_here():
    known = {f"{model._meta.label_lower}.{one.code}" for model, queues in QUEUES.items() for one in queues}

    assert known == set(WAITING)


@pytest.mark.parametrize("queue", WAITING)
def test_a_number_is_the_number_of_rows_of_its_list(browse, office, queue):
    for factory in ROWS.values():  # rows that are in no queue, or in others
        factory()
    label, _dot, code = queue.rpartition(".")
    client = browse(office)
    before = {number.link: number.size for number in numbers(client.get("/admin/"))}
    WAITING[queue]()

    found = {number.link: number.size for number in numbers(client.get("/admin/"))}
    link = next(link for link in found if link.endswith(f"/{label.replace('.', '/')}/?waits={code}"))

    assert found[link] > before.get(link, 0)
    assert rows_of(client, link) == found[link]


def test_a_missing_translation_is_counted_and_listed(browse, office):
    make.PlaceFactory(name_en="Zhetigen")
    make.PlaceFactory(name_kk="", name_en="")
    make.PlaceFactory(name_en="")
    client = browse(office)

    register = dict(client.get("/admin/").context["translations"])["places"]

    assert [(number.title, number.size) for number in register] == [("kk", 1), ("ru", 0), ("en", 2)]
    for number in register:
        assert rows_of(client, number.link) == number.size


def test_texts_that_stand_as_issued_are_no_debt(browse, office):
    make.LegalActFactory(title_kk="", title_ru="О статусе", title_en="")

    assert "legal acts" not in dict(browse(office).get("/admin/").context["translations"])


def test_every_register_with_texts_has_the_filter(browse, office):
    for label, factory in ROWS.items():
        row = factory()
        if not trilingual(type(row)):
            continue
        page = browse(office).get(f"/admin/{label.replace('.', '/').lower()}/", {"untranslated": "en"})
        assert page.status_code == 200, label


def test_what_changed_says_who_what_and_why_and_leads_to_the_history(browse, office):
    project = make.ProjectFactory(name_en="K-Park")
    change_stage(project, "preparation", by=office, basis="decree 1")

    act = browse(office).get("/admin/").context["changes"][0]

    assert (act.who, act.verb, act.note, act.called) == (
        str(office),
        "changed the stage",
        "decree 1",
        "K-Park",
    )
    assert act.link == f"/admin/districts/project/{project.pk}/history/"


def test_one_act_is_one_line_however_many_rows_it_touched(browse, office):
    with acting(office, "amend", "all at once"):
        for _number in range(30):
            make.SourceFactory()

    acts = browse(office).get("/admin/").context["changes"]

    assert [(act.note, act.others) for act in acts if act.note] == [("all at once", [("sources", 29)])]


def test_personal_values_are_not_told(browse, office):
    make.UserFactory(full_name="Secret Name", username="secret")

    page = browse(office).get("/admin/").content.decode()

    assert "Secret Name" not in page
    assert "secret" not in page


def test_what_is_older_than_yesterday_is_not_news(browse, office):
    make.SourceFactory()
    as_owner("ALTER TABLE core_change DISABLE TRIGGER ALL")
    as_owner("UPDATE core_change SET at = at - interval '3 days'")
    as_owner("ALTER TABLE core_change ENABLE TRIGGER ALL")
    assert Change.objects.exists()

    response = browse(office).get("/admin/")

    assert response.context["changes"] == []
    assert response.context["all_changes"].size == 0


def test_a_job_that_did_not_run_is_late(browse, office):
    def state() -> tuple[bool, bool]:
        jobs = {job.code: job for job in browse(office).get("/admin/").context["jobs"]}
        return jobs["clear_sessions"].ended is None, jobs["clear_sessions"].late

    assert state() == (True, True)
    run = make.JobRunFactory(job="clear_sessions", finished_at=now(hours=-2))
    assert state() == (False, False)
    type(run).objects.update(finished_at=now(days=-3))
    assert state() == (False, True)


def test_it_costs_few_queries_however_many_rows_there_are(browse, office, auditor):
    for factory in ROWS.values():
        factory()
    client = browse(auditor)
    client.get("/admin/")
    few = _queries(client)
    for _more in range(3):  # what changed since yesterday looks at 400 changes: of fewer kinds then
        for label, factory in ROWS.items():
            if label != "districts.District":
                factory()

    assert _queries(client) <= few <= 20


def _queries(client: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/admin/").status_code == 200
    return len(queries)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_it_is_read_in_kazakh_and_russian(browse, office, language):
    client = browse(office)
    client.post("/i18n/setlang/", {"language": language, "next": "/admin/"})

    page = client.get("/admin/").content.decode()

    assert {"kk": "Бүгін", "ru": "Сегодня"}[language] in page
