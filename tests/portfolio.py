"""Projects with what is invested in them, and days that pass over the ledger."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from districts import services
from tests.database import as_owner
from tests.factories import FigureFactory, ProjectFactory, SourceFactory

PUBLIC = {"visibility": "public"}


def invested(value, day, project=None, **facts):
    facts = {"measure": "investment", "unit": "money", "currency": "USD", "chosen": True, **PUBLIC, **facts}
    project = project or ProjectFactory(**PUBLIC)
    figure = FigureFactory(project=project, value=value, **facts)
    figure.as_of = day
    figure.save()
    return project


def superseded(office, **facts):
    """A plant whose figure of June 2025 gave way to one of December, both as visible as `facts` say."""
    project = ProjectFactory(**PUBLIC)
    said = {
        "project": project,
        "measure": "investment",
        "unit": "money",
        "currency": "USD",
        **PUBLIC,
        **facts,
    }
    services.record_figure(
        by=office, code="june", value=Decimal(160), as_of="2025-06", source=SourceFactory(), **said
    )
    later(office, project, **facts)
    return project


def later(office, project, **facts):
    said = {"measure": "investment", "unit": "money", "currency": "USD", **PUBLIC, **facts}
    services.record_figure(
        by=office,
        project=project,
        code="december",
        value=Decimal(368),
        as_of="2025-12-22",
        source=SourceFactory(),
        **said,
    )


def days_pass(number):
    """All that was written until now was written so many days ago."""
    as_owner("ALTER TABLE core_change DISABLE TRIGGER ALL")
    as_owner("UPDATE core_change SET at = at - make_interval(days => %s)", number)
    as_owner("ALTER TABLE core_change ENABLE TRIGGER ALL")


def ago(days):
    return (timezone.localdate() - timedelta(days=days)).isoformat()
