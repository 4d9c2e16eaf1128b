"""Of every kind of object one own and one foreign: what stands in the hole of an address, by kind."""

from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator

from accounts.services.sessions import sessions_of
from investors.receipts import status_token
from tests import factories as make
from tests.matrix.world import People, stored

DUE, LATER = date(2099, 3, 2), date(2099, 4, 1)
#: What stands in a hole that names no object of anybody.
MISSING = {"receipt": "ZZZZ-ZZZZ-ZZZZ", "mark": "f" * 24, "upload": "00000000-0000-4000-8000-000000000000"}


class Rows:
    """`own[kind]` and `foreign[kind]`, as an address names them."""

    def __init__(self, people: People) -> None:
        self.people, body = people, people.body
        self.own: dict[str, str] = {}
        self.foreign: dict[str, str] = {}
        ours = {"lead": body["mic"], "co": body["akimat_almaty_region"], "company": body["caspian_group"]}
        theirs = {"lead": body["stranger"], "co": body["stranger"], "company": body["foreign"]}
        for said, bodies in ((self.own, ours), (self.foreign, theirs)):
            side = "own" if said is self.own else "foreign"
            project = _projects(said, side, **bodies)
            _instruction(said, side, people, **bodies)
            _progress(said, side, project, bodies["co"])
            _meeting(said, side)
            _room(said, side, bodies["company"])
            signed = people.row["executor" if side == "own" else "stranger"]
            _personal(said, signed, bodies["lead"])
        self._open()
        del self.foreign["receipt_link"]  # whoever has the link has the right

    def _open(self) -> None:
        """What everybody may know of."""
        self.own |= {
            "district": make.DistrictFactory().code,
            "source": make.SourceFactory().code,
            "act": make.LegalActFactory().code,
            "period": "2026-01",
            "published_figure": str(make.PublishedFigureFactory(visibility="public").pk),
        }
        self.foreign["published_figure"] = str(make.PublishedFigureFactory().pk)


def _projects(said: dict[str, str], side: str, lead: Any, co: Any, company: Any) -> Any:
    project = make.ProjectFactory(code=f"project-{side}")
    for organisation, role in ((lead, "operator"), (co, "public_authority"), (company, "investor")):
        if not project.parties.filter(organisation=organisation).exists():
            make.ProjectPartyFactory(project=project, organisation=organisation, role=role)
    public = {"project": project, "visibility": "public"}
    figure = make.FigureFactory(chosen=True, **public)
    make.FigureFactory(chosen=True, measure="investment", unit="money", currency="USD", **public)
    plot = make.LandPlotFactory()
    make.allocation_in("allocated", plot=plot, project=project)
    dispute = make.FigureDisputeFactory(
        figure=figure, organisation=lead, source_file=stored(f"{side}/dispute")
    )
    is_own = side == "own"
    opportunity = make.opportunity_in("open", visibility="investor") if is_own else make.OpportunityFactory()
    said |= {
        "organisation": lead.code,
        "project": project.public_id,
        "figure": str(figure.pk),
        "claim": str(make.ClaimFactory(chosen=True, **public).pk),
        "plot": plot.public_id,
        "document": make.DocumentFactory(file=stored(f"{side}/document"), **public).public_id,
        "investor": make.InvestorFactory(organisation=company).organisation.code,
        "opportunity": opportunity.public_id,
        "dispute": dispute.public_id,
        "publication": str(make.PublicationFactory(object_id=project.pk).pk),
    }
    return project


def _instruction(said: dict[str, str], side: str, people: People, lead: Any, co: Any, company: Any) -> None:
    issuer = people.body["deputy_prime_minister"]
    row = make.instruction_in("in_execution", lead=lead, issuer=issuer, due=DUE)
    if co != lead:
        make.ExecutorFactory(instruction=row, organisation=co)
    report = make.ExecutionReportFactory(instruction=row, organisation=lead)
    proof = make.EvidenceFactory(report=report, kind="act", url="", file=stored(f"{side}/act"))
    report.state, report.submitted_on = "submitted", make.DUE
    report.save()
    asked = make.ExtensionFactory(instruction=row, organisation=lead, old_due=DUE, new_due=LATER)
    said |= {"instruction": row.public_id, "proof": str(proof.pk), "extension": asked.public_id}


def _progress(said: dict[str, str], side: str, project: Any, body: Any) -> None:
    """A report that was handed in, and one of another project that is a draft, with a photo."""
    period = make.ReportingPeriodFactory(starts=date(2026, 1, 1))
    facts = {"period": period, "organisation": body}
    sent = make.ProgressReportFactory(project=project, **facts)
    make.answered(sent)
    photo = stored(f"{side}/photo.png")
    proof = make.EvidenceFactory(progress=sent, report=None, kind="photo", url="", file=photo)
    for state in ("complete", "submitted"):
        make.enter_progress(sent, state)
    draft = make.ProgressReportFactory(**facts)
    upload = make.UploadFactory(report=draft)
    said |= {
        "report": sent.public_id,
        "report_photo": str(proof.pk),
        "draft": draft.public_id,
        "upload": str(upload.client_uuid),
        "upload_key": str(upload.pk),
        "duty": str(project.reporting_duties.get().pk),
    }


def _meeting(said: dict[str, str], side: str) -> None:
    meeting = make.MeetingFactory()
    paper = make.ProtocolFactory(meeting=meeting, number="", text="")
    item = make.ProtocolItemFactory(protocol=paper, state="proposed", kind="unclear")
    photo = stored(f"{side}/finding.png")
    said |= {
        "meeting": meeting.public_id,
        "paper": str(paper.pk),
        "item": str(item.pk),
        "finding": str(make.FindingFactory(meeting=meeting, photo=photo).pk),
    }


def _room(said: dict[str, str], side: str, company: Any) -> None:
    request = make.RequestFactory(organisation=company)
    sent = make.MessageFactory(request=request, side="office")
    receipt = make.EnquiryFactory().receipt
    said |= {
        "request": request.public_id,
        "request_file": str(make.MessageFileFactory(message=sent, file=stored(f"{side}/message")).pk),
        "receipt": receipt,
        "receipt_link": status_token(receipt),
    }


def _personal(said: dict[str, str], person: Any, body: Any) -> None:
    """What is nobody's but the person's."""
    key = {"type": "webauthn", "data": {"name": "key", "credential": {}}}
    hook = make.WebhookEndpointFactory(user=person)
    make.WebhookDeliveryFactory(endpoint=hook)
    said |= {
        "webhook": hook.public_id,
        "feed": str(make.CalendarFeedFactory(owner=person, organisation=body).pk),
        "notice": str(make.NoticeFactory(recipient=person).pk),
        "client": str(make.ApiClientFactory(owner=person, role=person.role, organisation=body).pk),
        "view": str(make.SavedViewFactory(owner=person).pk),
        "key": str(Authenticator.objects.create(user=person, **key).pk),
    }


def mark_of(person: Any, client: Any) -> str:
    """The name of the session of this browser, which stands in the address of its end."""
    return next(one.mark for one in sessions_of(person, client.session.session_key) if one.is_here)
