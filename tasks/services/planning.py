"""The plan of a project, period by period."""

from decimal import Decimal

from django.db import transaction

from core import ledger
from districts.models import Project
from tasks.models import Plan, ReportingPeriod
from tasks.policies import require
from tasks.reporting_choices import Metric
from tasks.services.steps import Actor, said

#: Of money, where nobody names another.
TENGE = "KZT"


@transaction.atomic
def set_plan(
    *,
    by: Actor,
    project: Project,
    period: ReportingPeriod,
    metric: str,
    value: Decimal,
    weight: Decimal = Decimal(1),
    currency: str = "",
) -> Plan:
    """Set, or change, what is to be reached by the end of the period. Money is in tenge unless told otherwise."""
    principal = require(by, "set_plan")
    Project.objects.select_for_update().get(pk=project.pk)  # two at the same moment: one after the other
    row = Plan.objects.filter(project=project, period=period, metric=metric).first() or Plan(
        project=project, period=period, metric=metric
    )
    row.value, row.weight = value, weight
    row.currency = currency or (TENGE if metric == Metric.SPENT else "")
    row.full_clean()
    with ledger.acting(by, "set_plan", said(principal)):
        row.save()
    row.refresh_from_db()
    return row
