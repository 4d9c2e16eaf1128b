"""Reporting periods and progress reports in the API."""

from typing import Any

from django.http import Http404
from rest_framework.routers import SimpleRouter

from core.api.views import CODE
from core.api.writing import Writing
from tasks.api.reporting import uploads
from tasks.api.reporting.bundles import BundleDeed
from tasks.api.reporting.serializers import ProgressReportSerializer, ReportingPeriodSerializer
from tasks.api.reporting.verbs import PeriodVerbs, ProgressVerbs
from tasks.filters_reporting import PeriodFilter, ProgressFilter
from tasks.models import ProgressReport, ReportingPeriod


class PeriodRegister(PeriodVerbs, Writing):
    """Months and quarters of which reports are owed, the latest first."""

    serializer_class = ReportingPeriodSerializer
    filterset_class = PeriodFilter
    lookup_field, lookup_value_regex = "code", CODE
    queryset = ReportingPeriod.objects.none()

    def get_queryset(self) -> Any:
        return ReportingPeriod.objects.visible_to(self.request.user)

    def get_object(self) -> ReportingPeriod:
        found = self.get_queryset().coded(self.kwargs["code"]).first()
        if found is None:
            raise Http404
        return found

    def row(self) -> ReportingPeriod:
        return self.get_object()


class ProgressRegister(BundleDeed, ProgressVerbs, Writing):
    """What organisations say of projects period by period, the latest first, for the organisation and the house."""

    serializer_class = ProgressReportSerializer
    filterset_class = ProgressFilter
    lookup_field, lookup_value_regex = "public_id", CODE
    queryset = ProgressReport.objects.none()
    parts = (
        *("project", "period", "organisation", "supersedes", "values", "milestones__milestone"),
        *("evidence__file", "uploads", "notes"),
    )
    write_scope = "reports"

    def get_queryset(self) -> Any:
        return ProgressReport.objects.visible_to(self.request.user).for_api()


def register(router: SimpleRouter) -> None:
    router.register("reporting-periods", PeriodRegister, basename="reporting-period")
    router.register("progress-reports", ProgressRegister, basename="progress-report")
    uploads.register(router)
