"""Where the thing that an entry of the ledger tells of is read."""

from collections.abc import Callable
from typing import Any

from accounts.models import Organisation
from alatau_portal.pages import addresses
from alatau_portal.pages.changes.entry import Entry
from alatau_portal.pages.changes.rows import TOLD
from core.models import LegalAct, Source
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

#: Where the thing itself is read. A row that is gone leads nowhere.
ADDRESSES: dict[type[Any], Callable[[Entry], str]] = {
    Project: lambda entry: addresses.project(entry.about["ref"]),
    StageChange: lambda entry: addresses.project(entry.about["ref"], "stages"),
    ProjectParty: lambda entry: addresses.project(entry.about["ref"]),
    Milestone: lambda entry: addresses.project(entry.about["ref"], "milestones"),
    MilestoneMove: lambda entry: addresses.project(entry.about["ref"], "milestones"),
    District: lambda entry: addresses.district(entry.about["ref"]),
    Figure: lambda entry: addresses.figure(
        entry.new["measure"], entry.about["ref"], entry.about["place_code"]
    ),
    Claim: lambda entry: addresses.claim(entry.about["ref"], entry.about["place_code"]),
    PublishedFigure: lambda entry: addresses.page("published-figures"),
    LandPlot: lambda entry: addresses.page("invest-plot", entry.about["ref"]),
    Opportunity: lambda entry: addresses.page("invest-opportunity", entry.about["ref"]),
    Document: lambda entry: addresses.page("document", entry.about["ref"]),
    Investor: lambda entry: addresses.investor(entry.about["ref"]),
    Organisation: lambda entry: "",
    Talk: lambda entry: addresses.dated(f"talk-{entry.about['ref']}"),
    Meeting: lambda entry: addresses.dated(entry.about["ref"]),
    Instruction: lambda entry: addresses.dated(entry.about["ref"]),
    Publication: lambda entry: "",
    Source: lambda entry: addresses.source(entry.about["ref"]),
    LegalAct: lambda entry: addresses.act(entry.about["ref"]),
}


def address(change: Any) -> str:
    return ADDRESSES[TOLD[change.relation].model](Entry(change)) if change.about else ""
