"""One row of every model that the admin shows, and which of them it lets be added or mended."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from core.models import Change
from tests import factories as make


def handed_in() -> Any:
    """A draft is its organisation's own."""
    report = make.ExecutionReportFactory()
    report.state, report.submitted_on = "submitted", make.DUE
    report.save()
    return report


ROWS: dict[str, Callable[..., Any]] = {
    "core.Source": make.SourceFactory,
    "core.LegalAct": make.LegalActFactory,
    "core.CalendarDay": make.CalendarDayFactory,
    "core.StoredFile": make.StoredFileFactory,
    "core.Outbox": make.OutboxFactory,
    "core.JobRun": make.JobRunFactory,
    "core.AccessLog": make.AccessLogFactory,
    "core.Change": lambda: (make.SourceFactory(), Change.objects.first())[1],
    "accounts.Organisation": make.OrganisationFactory,
    "accounts.User": make.UserFactory,
    "accounts.Invitation": make.InvitationFactory,
    "accounts.ApiClient": make.ApiClientFactory,
    "accounts.Substitution": make.SubstitutionFactory,
    "accounts.WebhookEndpoint": make.WebhookEndpointFactory,
    "accounts.WebhookDelivery": make.WebhookDeliveryFactory,
    "districts.District": make.DistrictFactory,
    "districts.Place": make.PlaceFactory,
    "districts.Project": make.ProjectFactory,
    "districts.Milestone": make.MilestoneFactory,
    "districts.Figure": make.FigureFactory,
    "districts.Claim": make.ClaimFactory,
    "districts.PublishedFigure": make.PublishedFigureFactory,
    "districts.LandPlot": make.LandPlotFactory,
    "districts.PlotAllocation": make.PlotAllocationFactory,
    "districts.Document": make.DocumentFactory,
    "districts.Publication": make.PublicationFactory,
    "investors.Investor": make.InvestorFactory,
    "investors.Opportunity": make.OpportunityFactory,
    "investors.Talk": make.TalkFactory,
    "investors.Request": make.RequestFactory,
    "investors.Enquiry": make.EnquiryFactory,
    "investors.Contact": make.ContactFactory,
    "investors.ConsentText": make.ConsentTextFactory,
    "investors.ConsentRecord": make.ConsentRecordFactory,
    "tasks.Meeting": make.MeetingFactory,
    "tasks.Protocol": make.ProtocolFactory,
    "tasks.Instruction": make.InstructionFactory,
    "tasks.Extension": make.ExtensionFactory,
    "tasks.ExecutionReport": handed_in,
    "alatau_portal.OpenDataEdition": make.OpenDataEditionFactory,
    "tasks.Contribution": make.ContributionFactory,
    "tasks.HoldInterval": make.HoldIntervalFactory,
    "tasks.ReminderRule": make.ReminderRuleFactory,
    "tasks.Reminder": make.ReminderFactory,
    "tasks.Escalation": make.EscalationFactory,
    "tasks.ReportingDuty": make.ReportingDutyFactory,
    "tasks.ReportingPeriod": make.ReportingPeriodFactory,
    "tasks.ProgressReport": lambda: make.progress_in("submitted"),
    "tasks.Plan": make.PlanFactory,
    "tasks.FigureDispute": make.FigureDisputeFactory,
}
#: What the machine or a verb writes is looked at; users come by invitation; there are four districts, for ever.
LOOKED_AT = {
    *("core.StoredFile", "core.Outbox", "core.JobRun", "core.Change", "core.AccessLog"),
    *("tasks.Extension", "tasks.ExecutionReport", "tasks.Contribution", "tasks.HoldInterval"),
    *("tasks.Reminder", "tasks.Escalation", "tasks.ReportingPeriod", "tasks.ProgressReport"),
    *("tasks.FigureDispute", "districts.PlotAllocation", "districts.Publication", "investors.Request"),
    "alatau_portal.OpenDataEdition",
    *("accounts.WebhookEndpoint", "accounts.WebhookDelivery"),
    *("investors.Enquiry", "investors.ConsentText", "investors.ConsentRecord"),
}
NOT_ADDED = LOOKED_AT | {"accounts.User", "districts.District"}
REMOVABLE = {
    "core.CalendarDay",
    "districts.Place",
    "districts.Milestone",
    "districts.Figure",
    "districts.Claim",
}


def address(model: str, page: str, *args: Any) -> str:
    return reverse(f"admin:{model.replace('.', '_').lower()}_{page}", args=args)
