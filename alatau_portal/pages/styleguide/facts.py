"""Examples of states, figures, claims, instructions and talks: rows in memory, through their own components."""

from decimal import Decimal
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from alatau_portal.pages.frame import Fact
from alatau_portal.pages.parts import Addressee
from alatau_portal.pages.styleguide.example import DATE, SOURCE, TEXT, UNTRANSLATED, Example
from core.choices import Basis, Confidence, Qualifier, Visibility
from districts.choices import ClaimField, Measure, Unit
from districts.models import Claim, Figure
from investors.models import Talk
from tasks.choices import InstructionState
from tasks.models import Instruction

#: Columns that say how far a row has come, or who may see it.
STATES = {"status", "state", "stage", "visibility", "scan_state"}
CLAIM, INSTRUCTION = "components/claim.html", "components/instruction.html"
FACT = "pages/styleguide/fact.html"


def states(language: str) -> dict[str, Any]:
    """Every state of every model, each set of choices once."""
    found: dict[tuple[Any, ...], str] = {}
    for model in apps.get_models():
        for field in model._meta.fields:
            if field.name in STATES and field.choices:
                found.setdefault(tuple(field.choices), f"{model._meta.verbose_name}: {field.verbose_name}")
    return {"states": [(name, choices) for choices, name in found.items()]}


def figure(**facts: Any) -> Figure:
    """Published and chosen unless told otherwise."""
    given = {"measure": Measure.AREA, "value": Decimal("1234.5"), "unit": Unit.HECTARE, "as_of": DATE}
    made = Figure(**{**given, "visibility": Visibility.PUBLIC, "chosen": True, **facts})
    made.sources = [SOURCE]
    return made


def fact(**facts: Any) -> Any:
    def make(language: str) -> dict[str, Any]:
        one = figure(**facts)
        return {"fact": Fact(Measure(one.measure), one, [])}

    return make


def unknown(language: str) -> dict[str, Any]:
    return {"fact": Fact(Measure.AREA, None, [])}


def contradicted(language: str) -> dict[str, Any]:
    other = figure(value=Decimal(1200), chosen=False, qualifier=Qualifier.ABOUT)
    return {"facts": [Fact(Measure.AREA, figure(), [other])]}


def claim(**facts: Any) -> Any:
    given = {"field": ClaimField.STATUS, "text": TEXT, "as_of": DATE, "visibility": Visibility.PUBLIC}

    def make(language: str) -> dict[str, Any]:
        made = Claim(**{**given, "chosen": True, **facts})
        made.sources = [SOURCE]
        return {"claim": made}

    return make


def instruction(overdue: bool = False, **facts: Any) -> Any:
    def make(language: str) -> dict[str, Any]:
        made = Instruction(text=TEXT, issued=DATE, **facts)
        made.issuer = Organisation(name=TEXT)
        made.addressees = [Addressee(TEXT, True, TEXT), Addressee(UNTRANSLATED, False, TEXT)]
        made.issuer_is_visible, made.project_is_visible = True, False
        made.overdue, made.sources = overdue, [SOURCE]
        return {"instruction": made}

    return make


def talk(language: str) -> dict[str, Any]:
    return {"talk": Talk(organisation=Organisation(name=TEXT), subject=TEXT, held=DATE, source=SOURCE)}


MONEY = {"measure": Measure.INVESTMENT, "unit": Unit.MONEY, "currency": "USD", "value": Decimal(368_000_000)}
OURS = dict.fromkeys(("basis_kk", "basis_ru", "basis_en"), Basis.OURS)
EXAMPLES = [
    Example(_("Every state, by shape and by word"), "pages/styleguide/tag.html", states),
    Example(_("Known"), FACT, fact()),
    Example(_("Not published"), FACT, unknown),
    Example(_("With a word of the source before the number"), FACT, fact(qualifier=Qualifier.ALMOST)),
    Example(_("From … to …"), FACT, fact(value_max=Decimal(2000))),
    Example(_("A sum of money"), FACT, fact(**MONEY)),
    Example(_("Seen by staff only"), FACT, fact(visibility=Visibility.INTERNAL, note=TEXT)),
    Example(_("In a table"), "pages/styleguide/figure_row.html", contradicted, wide=True),
    Example(_("Other figures"), "components/other_figures.html", contradicted),
    Example(_("What a source says"), CLAIM, claim()),
    Example(_("Our translation, not chosen, for staff"), CLAIM,
            claim(chosen=False, visibility=Visibility.INTERNAL, note=TEXT, **OURS)),
    Example(_("Not translated"), CLAIM, claim(text=UNTRANSLATED)),
    Example(_("Sources"), "components/source_list.html", lambda language: {"sources": [SOURCE]}),
    Example(_("An instruction without a term"), INSTRUCTION, instruction(), wide=True),
    Example(_("An overdue instruction"), INSTRUCTION,
            instruction(overdue=True, due=DATE.day, state=InstructionState.IN_EXECUTION), wide=True),
    Example(_("An instruction in a few lines"), "components/order_brief.html", instruction()),
    Example(_("How sure"), "components/confidence.html", lambda language: {"level": Confidence.MEDIUM}),
    Example(_("A talk"), "components/talk.html", talk),
    Example(_("Date of the data"), "components/freshness.html", lambda language: {"data_as_of": DATE}),
    Example(_("Translated, not translated, unknown"), "pages/styleguide/unknown.html",
            lambda language: {"text": TEXT, "untranslated": UNTRANSLATED}),
]  # fmt: skip
