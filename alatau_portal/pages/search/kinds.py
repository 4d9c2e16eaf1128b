"""What can be searched, as far as a reader may see it. The airfield is military: nobody finds it here."""

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast

from accounts.models import Organisation
from alatau_portal.pages.search.rows import Kind, folded, labels, text, three
from core.choices import ActKind
from core.filters import today
from core.models import LegalAct, Source
from districts.choices import ClaimField, Measure, PlaceKind, ProjectKind
from districts.models import Claim, District, Figure, LandPlot, Place, PlaceBound, Project, ProjectParty
from investors.models import Investor, Opportunity, Talk
from tasks.choices import MeetingKind
from tasks.models import AgendaItem, Instruction, Meeting

#: What the city is called, beside its figures and statements.
CITY = Value("Alatau City Алатау қаласы город Алатау")
AS_OF = {"day": "as_of_day", "precision": "as_of_precision", "printed": "as_of_text"}


def _districts(user: Any) -> Kind:
    return Kind(
        District.objects.visible_to(user),
        key="code",
        names=[*three("name"), *three("label"), "code"],
        more=[*three("profile"), *three("location")],
        title=text("name"),
        body=text("profile"),
    )


def _projects(user: Any) -> Kind:
    parties = ProjectParty.objects.filter(
        project=OuterRef("pk"), until=None, organisation__in=Organisation.objects.visible_to(user)
    )
    return Kind(
        Project.objects.visible_to(user).real(),
        key="public_id",
        names=[*three("name"), "public_id"],
        more=[
            *three("purpose"),
            *three("note"),
            labels("kind", ProjectKind),
            _joined(parties, "organisation__search"),
        ],
        title=text("name"),
        body=text("purpose"),
        facts={"status": "status", "district": text("district__name")},
    )


def _plots(user: Any) -> Kind:
    """Those that are invented, too: they say so."""
    return Kind(
        LandPlot.objects.visible_to(user).with_availability(today()),
        key="public_id",
        names=[*three("name"), "public_id", "cadastral_number"],
        more=[*three("purpose"), *three("note"), *three("district__name")],
        title=text("name"),
        body=text("purpose"),
        facts={"district": text("district__name"), "availability": "availability", "demo": "is_demo"},
    )


def _opportunities(user: Any) -> Kind:
    """Those that are invented, too: they say so."""
    return Kind(
        Opportunity.objects.visible_to(user),
        key="public_id",
        names=[*three("name"), "public_id"],
        more=[*three("offered"), *three("sought"), *three("district__name")],
        title=text("name"),
        body=text("offered"),
        facts={"district": text("district__name"), "state": "state", "demo": "is_demo"},
    )


def _organisations(user: Any) -> Kind:
    part = ProjectParty.objects.filter(
        organisation=OuterRef("pk"), until=None, project__in=Project.objects.visible_to(user).real()
    ).order_by("pk")
    investor = Investor.objects.visible_to(user).filter(organisation=OuterRef("pk"))
    return Kind(
        Organisation.objects.visible_to(user),
        key="code",
        names=[*three("name"), *three("abbreviation"), "bin"],
        more=["search", *three("about")],
        title=text("name"),
        body=text("about"),
        facts={
            "kind": "kind",
            "investor": Exists(investor),
            "project": Subquery(part.values("project__public_id")[:1]),
        },
    )


def _figures(user: Any) -> Kind:
    columns = ("measure", "value", "value_max", "qualifier", "unit", "currency")
    subject = [
        *three("project__name"),
        *three("district__name"),
        *three("district__label"),
        "project__public_id",
    ]
    return Kind(
        Figure.objects.visible_to(user).real().filter(chosen=True),
        key="pk",
        names=[labels("measure", Measure)],
        more=[*subject, CITY, "printed", *three("note")],
        title=text("project__name"),
        facts={
            **{column: column for column in columns},
            **AS_OF,
            "project": "project__public_id",
            "district": "district__code",
            "place": text("district__name"),
        },
    )


def _claims(user: Any) -> Kind:
    subject = [*three("project__name"), *three("district__name"), *three("organisation__name")]
    return Kind(
        Claim.objects.visible_to(user).real(),
        key="pk",
        names=three("text"),
        more=[*subject, labels("field", ClaimField), *three("note")],
        title=text("text"),
        facts={
            "field": "field",
            "chosen": "chosen",
            "project": "project__public_id",
            "district": "district__code",
            "of": text("project__name"),
            "place": text("district__name"),
        },
    )


def _instructions(user: Any) -> Kind:
    return Kind(
        Instruction.objects.visible_to(user),
        key="public_id",
        names=[*three("text"), "public_id", "number"],
        more=[*three("later")],
        title=text("text"),
        facts={"state": "state", "number": "number"},
    )


def _meetings(user: Any) -> Kind:
    agenda = AgendaItem.objects.filter(meeting=OuterRef("pk")).annotate(said=folded(" ", three("title")))
    return Kind(
        Meeting.objects.visible_to(user),
        key="public_id",
        names=[*three("title"), "public_id"],
        more=["search", labels("kind", MeetingKind), _joined(agenda, "said")],
        title=text("title"),
        body=text("place"),
        facts={"day": "held_day", "precision": "held_precision", "printed": "held_text"},
    )


def _talks(user: Any) -> Kind:
    return Kind(
        Talk.objects.visible_to(user),
        key="pk",
        names=[*three("organisation__name"), *three("subject")],
        more=three("outcome"),
        title=text("subject"),
        facts={
            "organisation": text("organisation__name"),
            "day": "held_day",
            "precision": "held_precision",
            "printed": "held_text",
        },
    )


def _acts(user: Any) -> Kind:
    return Kind(
        LegalAct.objects.visible_to(user),
        key="code",
        names=["number", *three("title")],
        more=[labels("kind", ActKind), Cast("signed_on", CharField()), *three("note")],
        title=text("title"),
        facts={"kind": "kind", "number": "number", "signed_on": "signed_on"},
    )


def _sources(user: Any) -> Kind:
    return Kind(
        Source.objects.visible_to(user),
        key="code",
        names=["code", "publisher", "title"],
        more=three("about"),
        title=text("about"),
        facts={
            "publisher": "publisher",
            "day": "published_day",
            "precision": "published_precision",
            "printed": "published_text",
        },
    )


def _places(user: Any) -> Kind:
    bounds = PlaceBound.objects.filter(place=OuterRef("pk")).order_by("district__south_order")
    return Kind(
        Place.objects.visible_to(user).exclude(kind=PlaceKind.AIRFIELD),
        key="code",
        names=[*three("name"), Cast("other_names", TextField())],
        more=[labels("kind", PlaceKind), *three("note")],
        title=text("name"),
        facts={"kind": "kind", "district": Subquery(bounds.values("district__code")[:1])},
    )


def _joined(rows: Any, column: str) -> Func:
    """A column of all these rows as one text."""
    words = ArraySubquery(rows.order_by().values(column))
    return Func(words, Value(" "), function="array_to_string", output_field=TextField())


#: In the order in which they stand on the page.
KINDS: dict[str, Callable[[Any], Kind]] = {
    "districts": _districts,
    "projects": _projects,
    "plots": _plots,
    "opportunities": _opportunities,
    "organisations": _organisations,
    "figures": _figures,
    "instructions": _instructions,
    "meetings": _meetings,
    "talks": _talks,
    "acts": _acts,
    "statements": _claims,
    "places": _places,
    "sources": _sources,
}
#: Where a name that was mistyped is looked for.
NAMED = ("districts", "projects", "plots", "opportunities", "organisations", "acts", "places")
