"""What the reader may know of the row behind an entry of the ledger, as it is now: its names, its source."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import Organisation
from alatau_portal.pages.parts import SOURCE
from core.choices import Operation
from core.models import Change, LegalAct, Source
from core.policies import sees_everything
from core.text import LANGUAGES
from districts.models import (
    Claim,
    District,
    Document,
    Figure,
    LandPlot,
    Milestone,
    MilestoneMove,
    Project,
    ProjectParty,
    Publication,
    PublishedFigure,
    StageChange,
)
from investors.models import Investor, Opportunity, Talk
from tasks.models import Instruction, Meeting


def _text(column: str, name: str = "name") -> dict[str, Any]:
    return {f"{name}_{language}": f"{column}_{language}" for language in LANGUAGES}


def _in_project(path: str = "project") -> dict[str, Any]:
    return {
        "ref": f"{path}__public_id",
        "district": f"{path}__district__code",
        "project": F(f"{path}_id"),
        **_text(f"{path}__name"),
    }


OF_COMPANY = {
    "ref": "organisation__code",
    "organisation": F("organisation_id"),
    **_text("organisation__name"),
}
STATEMENT = {
    **_in_project(),
    "district": Coalesce("district__code", "project__district__code"),
    "place_code": "district__code",
    **_text("district__name", "place"),
    **SOURCE,
}
#: By model: the columns of its subject. `ref` makes the address, `part` is named beside it.
COLUMNS: dict[type[Any], dict[str, Any]] = {
    Project: {"ref": "public_id", "district": "district__code", **_text("name"), **SOURCE},
    StageChange: {**_in_project(), **SOURCE},
    ProjectParty: {
        **_in_project(),
        "organisation": F("organisation_id"),
        **_text("organisation__name", "part"),
        **SOURCE,
    },
    Milestone: {**_in_project(), **_text("name", "part"), **SOURCE},
    MilestoneMove: {**_in_project("milestone__project"), **_text("milestone__name", "part")},
    District: {"ref": "code", "district": "code", **_text("name"), **SOURCE},
    Figure: STATEMENT,
    Claim: {**STATEMENT, "organisation": F("organisation_id"), **_text("organisation__name", "part")},
    PublishedFigure: {"ref": F("pk"), "district": "district__code", **_text("source__about"), **SOURCE},
    LandPlot: {"ref": "public_id", "district": "district__code", **_text("name"), **SOURCE},
    Opportunity: {"ref": "public_id", "district": "district__code", **_text("name"), **SOURCE},
    Document: {"ref": "public_id", "project": F("project_id"), **_text("name"), **SOURCE},
    Investor: {**OF_COMPANY, **SOURCE},
    Organisation: {"ref": "code", **_text("name"), **SOURCE},
    Talk: {**OF_COMPANY, "ref": F("pk"), "district": "district__code", **SOURCE},
    Meeting: {"ref": "public_id", **_text("title"), **SOURCE},
    Instruction: {"ref": "public_id", "district": "district__code", **_text("text"), **SOURCE},
    Publication: {"ref": "model", "key": "object_id", **_text("tombstone")},
    Source: {"ref": "code", **_text("about")},
    LegalAct: {"ref": "code", **_text("title"), **SOURCE},
}
#: What says from when on who might read a row.
SHOWN = [("level", "visibility"), ("since", "published_at")]
#: What may be invented, row by row.
INVENTED = (Instruction, Meeting, LandPlot, Opportunity, Document)
#: What a row may belong to; it is told only while that was open to the reader too.
OWNERS = {"project": Project, "organisation": Organisation}


def subject_of(model: type[Any], user: Any) -> QuerySet:
    """Rows of the model that the reader may see, with all that a sentence needs of them as `json`."""
    columns = dict(COLUMNS[model])
    if not sees_everything(user):
        for name, owner in OWNERS.items():
            if name in columns:
                columns[f"{name}_was"] = ArraySubquery(visibility_of(owner, OuterRef(columns[name].name)))
    return _visible(model, user).annotate(json=JSONObject(**columns))


def _visible(model: type[Any], user: Any) -> Any:
    """Without what is invented: it is no news of the city."""
    if model is MilestoneMove:
        return MilestoneMove.objects.filter(milestone__in=Milestone.objects.visible_to(user).real())
    rows = model.objects.visible_to(user)
    if model is Publication:  # what the public reads in the place of what was taken down
        return Publication.objects.tombstones()
    if model is ProjectParty:
        rows = rows.filter(organisation__in=Organisation.objects.visible_to(user))
    if model in (Project, StageChange, ProjectParty, Milestone, Figure, Claim):
        return rows.real()
    return rows.filter(is_demo=False) if model in INVENTED else rows


def visibility_of(model: type[Any], key: Any) -> QuerySet:
    """Since when a row has had which visibility, oldest first; `key` is one, or a reference to one."""
    moved = Q(old__has_any_keys=["visibility", "published_at"])
    changed = Q(op=Operation.CREATED) | Q(op=Operation.CHANGED) & moved
    history = Change.objects.filter(changed, relation=model._meta.db_table, row_key=key)
    told = {name: KeyTextTransform(column, "new") for name, column in SHOWN}
    return history.order_by("id").values_list(JSONObject(place="id", **told), flat=True)
