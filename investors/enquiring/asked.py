"""What the address of the form names, and what the answers are as columns of an enquiry."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from districts.choices import Sector
from districts.models import District, LandPlot
from investors.choices import EnquiryStart
from investors.enquiring.forms import Step
from investors.enquiring.state import State
from investors.models import Opportunity

ABOUT: dict[str, Any] = {"plot": LandPlot, "opportunity": Opportunity}
#: Parameter of the address → field of the second step.
NEEDS = {
    "hectares": "hectares",
    "power": "power_mw",
    "power_mw": "power_mw",
    "water": "water_m3_day",
    "water_m3_day": "water_m3_day",
    "jobs": "jobs",
}


def about(named: Mapping[str, str], user: Any) -> dict[str, Any]:
    """The plot and the opportunity that the reader came from, as far as he may know of them."""
    found = {
        name: model.objects.visible_to(user).filter(public_id=named[name]).select_related("district").first()
        for name, model in ABOUT.items()
        if named.get(name)
    }
    return {name: row for name, row in found.items() if row}


def asked(query: QueryDict, user: Any) -> State:
    """A new form, with what the page that led here knows already."""
    named = {name: query.get(name, "").replace("\x00", "")[:40] for name in ABOUT}
    rows = about(named, user)
    state = State(about={name: row.public_id for name, row in rows.items()})
    what: dict[str, list[str]] = {f"about_{name}": ["on"] for name in rows}
    district = query.get("district", "") or next((row.district.code for row in rows.values()), "")
    if "\x00" not in district and District.objects.filter(code=district[:20]).exists():
        what["district"] = [district]
    if sectors := [code for code in query.getlist("sector") if code in Sector.values]:
        what["sectors"] = sectors
    for parameter, name in NEEDS.items():
        if typed := query.get(parameter, "")[:20]:
            what[name] = [typed]
    if query.get("rail") in {"1", "true", "on"}:
        what["rail"] = ["true"]
    if starts := _start(query.get("starts", "") or query.get("by", "")):
        what["starts"] = [starts]
    if what:
        state.answers["what"] = what
    return state


def _start(told: str) -> str:
    """The code itself, or that of a day or a month by which something is needed."""
    if told in EnquiryStart.values:
        return told
    try:
        day = date.fromisoformat(told[:10] if len(told) > 7 else f"{told}-01")
        days = (day - timezone.localdate()).days
    except ValueError:
        return ""
    steps = [(183, EnquiryStart.HALF_YEAR), (366, EnquiryStart.YEAR), (731, EnquiryStart.TWO_YEARS)]
    return next((str(start) for most, start in steps if days <= most), str(EnquiryStart.LATER))


def facts_of(forms: Mapping[str, Step], rows: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the enquiry."""
    who, what, text = (forms[code].cleaned_data for code in ("who", "what", "text"))
    district = District.objects.filter(code=what["district"]).first() if what["district"] else None
    return {
        **who,
        **{
            name: what[name] for name in ("sectors", "hectares", "power_mw", "water_m3_day", "jobs", "starts")
        },
        **{name: row for name, row in rows.items() if what.get(f"about_{name}")},
        "district": district,
        "rail": {"true": True, "false": False}.get(what["rail"]),
        "text": text["text"],
    }
