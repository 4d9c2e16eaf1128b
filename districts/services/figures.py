"""What is said of districts and projects, and which of two statements is shown. Doors call these only."""

from decimal import Decimal

from django.db import transaction

from accounts.models import User
from core import ledger
from core.choices import Confidence, Qualifier, Visibility
from core.dates import PartialDate, last_day
from core.models import Source
from core.text import Text
from districts.models import Claim, Figure, Project
from districts.policies import require
from districts.services.actors import Actor, Dated

#: What makes two figures say the same thing.
SAME_FIGURE = ["district", "project", "measure"]


@transaction.atomic
def record_instead(
    figure: Figure,
    *,
    by: Actor,
    value: Decimal,
    as_of: Dated,
    source: Source | None,
    note: Text,
    value_max: Decimal | None = None,
    qualifier: str = Qualifier.EXACT,
) -> Figure:
    """Another value of the same subject, measure and unit, shown from now on; as visible as this one, and from then.

    The figure itself is kept, not chosen any more.
    """
    require(by, "record_instead")
    figure = Figure.objects.select_for_update().get(
        pk=figure.pk
    )  # nobody publishes it or takes it down meanwhile
    new = Figure(  # type: ignore[misc]  # `as_of` and `note` are three columns each
        district=figure.district,
        project=figure.project,
        measure=figure.measure,
        unit=figure.unit,
        currency=figure.currency,
        visibility=figure.visibility,
        published_at=figure.published_at,
        value=value,
        value_max=value_max,
        qualifier=qualifier,
        as_of=PartialDate.parse(as_of),
        source=source,
        confidence=Confidence.MEDIUM,
        note=note,
    )
    new.full_clean()
    with ledger.acting(by, "record_instead", str(note)):
        new.save()
        return _choose(new, SAME_FIGURE, by, str(note))


@transaction.atomic
def choose_figure(figure: Figure, *, by: Actor, note: str = "") -> Figure:
    """Show this figure of its subject and measure; the one that was shown is kept, not chosen any more."""
    require(by, "choose")
    return _choose(figure, SAME_FIGURE, by, note)


@transaction.atomic
def choose_claim(claim: Claim, *, by: Actor, note: str = "") -> Claim:
    """Show this claim about its subject and field; the one that was shown is kept, not chosen any more."""
    require(by, "choose")
    return _choose(claim, ["district", "project", "organisation", "field"], by, note)


@transaction.atomic
def record_figure(
    *,
    by: Actor,
    code: str,
    project: Project,
    measure: str,
    value: Decimal,
    unit: str,
    as_of: Dated,
    source: Source | None,
    currency: str = "",
    note: Text | None = None,
    visibility: str = Visibility.INTERNAL,
    acted_for: User | None = None,
) -> Figure:
    """A number that was reported, and shown from now on unless what is shown is of a later day.

    Of what was shown before nothing is lost: it is kept, not chosen any more.
    """
    require(acted_for or by, "record_figure")
    Project.objects.select_for_update().get(pk=project.pk)  # of two at once, each sees what the other chose
    figure = Figure(  # type: ignore[misc]  # `as_of` and `note` are three columns each
        code=code,
        project=project,
        measure=measure,
        value=value,
        unit=unit,
        currency=currency,
        as_of=PartialDate.parse(as_of),
        source=source,
        confidence=Confidence.HIGH,
        note=note,
        visibility=visibility,
    )
    figure.full_clean()
    shown = Figure.objects.filter(project=project, measure=measure, chosen=True).first()
    with ledger.acting(by, "record_figure"):
        figure.save()
        if shown and shown.as_of and last_day(shown.as_of) > last_day(figure.as_of):
            return figure
        return _choose(figure, SAME_FIGURE, by, "")


@transaction.atomic
def retract_figure(figure: Figure, *, by: Actor, acted_for: User | None = None) -> Figure:
    """It is not shown any more, and nothing in its place; it is kept."""
    require(acted_for or by, "record_figure")
    row = Figure.objects.select_for_update().get(pk=figure.pk)
    row.chosen = False
    with ledger.acting(by, "retract_figure"):
        row.save(update_fields=["chosen"])
    return row


def _choose[S: (Figure, Claim)](statement: S, same: list[str], by: Actor, note: str) -> S:
    """All that was said of the same is locked in one order: of two at once, the later choice stands."""
    columns = [type(statement)._meta.get_field(name).attname for name in same]  # type: ignore[union-attr]
    alike = type(statement).objects.filter(**{column: getattr(statement, column) for column in columns})
    rows = {row.pk: row for row in alike.order_by("pk").select_for_update()}
    with ledger.acting(by, "choose", note):
        for row in rows.values():
            if row.chosen and row.pk != statement.pk:
                row.chosen = False
                row.save(update_fields=["chosen"])
        chosen = rows[statement.pk]
        if not chosen.chosen:
            chosen.chosen = True
            chosen.save(update_fields=["chosen"])
    return chosen
