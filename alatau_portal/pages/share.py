"""Pictures for links that are shared: what a visitor may read of a page, drawn; whoever asks is a visitor."""

from collections.abc import Callable, Iterable
from math import cos, radians
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from shapely import unary_union
from shapely.geometry import shape

from alatau_portal.pages.counters import counted
from alatau_portal.pages.frame import latest, today
from alatau_portal.pages.site_map import VISITOR
from alatau_portal.schematic import colour_of
from alatau_portal.share_picture import MAP_HEIGHT, MAP_WIDTH, Outline, Picture, draw
from alatau_portal.templatetags.pages import measured
from core import formats, ledger
from core.geometry import is_geometry
from districts.choices import Measure
from districts.models import District, Figure, LandPlot, Project
from districts.plot_choices import Availability
from investors.models import Opportunity

#: Of the home page, which is of the whole city.
HOME = ("home", "city")
#: For how long others may keep a picture, in seconds: what is taken down is gone after it.
KEPT = 60
#: The box of the map is larger than what is drawn in it, by so much.
AIR = 1.03


@login_not_required
@require_safe
def picture(request: HttpRequest, kind: str, key: str, language: str) -> HttpResponse:
    """404 for what is not published, now or in the past; nobody keeps that answer."""
    with translation.override(language):
        told = None if ledger.instant.get() else KINDS[kind](key)
    if told is None:
        raise Http404
    response = HttpResponse(draw(told), content_type="image/png")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


def address(kind: str, key: str, language: str | None = None) -> str:
    """The whole address, for those elsewhere who read the head of the page."""
    spoken = formats.language(language or get_language())
    return settings.PUBLIC_URL + reverse("share-picture", args=[kind, key, spoken])


def _home(key: str) -> Picture | None:
    if key != HOME[1]:
        return None
    rows = counted(VISITOR)
    projects = sum(row.number for row in rows if row.register == "project")
    investors = sum(row.number for row in rows if row.register == "investor")
    districts = _districts()
    return Picture(
        title=_("Four districts, one plan"),
        eyebrow=_("Portal of the project office"),
        lines=_said(_projects(projects), _investors(investors), _("every figure with its date and source")),
        foot=_foot(district.as_of for district in districts),
        outlines=_outlines(districts),
    )


def _district(key: str) -> Picture | None:
    districts = _districts()
    district = next((one for one in districts if one.code == key), None)
    if district is None:
        return None
    projects = Project.objects.visible_to(VISITOR).real().filter(district=district).count()
    area = Figure.objects.visible_to(VISITOR).filter(district=district, measure=Measure.AREA).first()
    return Picture(
        title=str(district.name),
        eyebrow=str(district.profile),
        lines=_said(str(district.location), _projects(projects), _figure(area)),
        foot=_foot([district.as_of]),
        colour=colour_of(district.code),
        outlines=_outlines(districts, district.code),
    )


def _project(key: str) -> Picture | None:
    project = _one(Project.objects.select_related("district", "source"), key)
    if project is None:
        return None
    money = Figure.objects.visible_to(VISITOR).filter(project=project, measure=Measure.INVESTMENT).first()
    return _of(
        project,
        eyebrow=capfirst(project.get_kind_display()),
        lines=_said(f"{_('Status')}: {project.get_status_display()}", _figure(money)),
        foot=_foot([project.source.published] if project.source else [], has_map=bool(project.district)),
    )


def _plot(key: str) -> Picture | None:
    plot = _one(LandPlot.objects.with_availability(today()).select_related("district"), key)
    if plot is None:
        return None
    area = "" if plot.area_ha is None else f"{formats.number(plot.area_ha, get_language())} {_('ha')}"
    state = str(Availability(plot.availability).label)
    lines = _said(" · ".join(filter(None, (area, state))), str(plot.purpose))
    return _of(plot, eyebrow=capfirst(_("plot of land")), lines=lines, foot=_foot([plot.as_of]))


def _opportunity(key: str) -> Picture | None:
    row = _one(Opportunity.objects.select_related("district"), key)
    if row is None:
        return None
    lines = _said(f"{_('State')}: {row.get_state_display()}", str(row.offered))
    return _of(row, eyebrow=capfirst(_("opportunity to invest")), lines=lines, foot=_foot([row.as_of]))


KINDS: dict[str, Callable[[str], Picture | None]] = {
    "home": _home,
    "district": _district,
    "project": _project,
    "plot": _plot,
    "opportunity": _opportunity,
}


def _one(rows: Any, key: str) -> Any:
    return rows.visible_to(VISITOR).filter(public_id=key).first()


def _of(row: Any, *, eyebrow: str, lines: tuple[str, ...], foot: str) -> Picture:
    """Of something that lies in a district, or nobody knows where."""
    district = row.district
    return Picture(
        title=str(row.name),
        eyebrow=f"{eyebrow} · {district.name}" if district else eyebrow,
        lines=lines,
        foot=" · ".join(filter(None, (row.public_id, foot))),
        mark=capfirst(_("invented, for trying out")) if row.is_demo else "",
        colour=colour_of(district.code if district else ""),
        outlines=_outlines(_districts(), district.code) if district else (),
    )


def _districts() -> list[District]:
    return list(District.objects.visible_to(VISITOR).order_by("south_order"))


def _outlines(districts: Iterable[District], current: str = "") -> tuple[Outline, ...]:
    """The districts as the schematic map has them, true to scale, in the middle of the box of the picture."""
    drawn = [(one, shape(one.boundary)) for one in districts if is_geometry(one.boundary)]
    if not drawn:
        return ()
    west, south, east, north = unary_union([outline for _one, outline in drawn]).bounds
    squeeze = cos(radians((south + north) / 2))
    whole = max((east - west) * squeeze / MAP_WIDTH, (north - south) / MAP_HEIGHT) * AIR

    def place(lon: float, lat: float) -> tuple[float, float]:
        x = 0.5 + (lon - (west + east) / 2) * squeeze / whole / MAP_WIDTH
        y = 0.5 - (lat - (south + north) / 2) / whole / MAP_HEIGHT
        return round(x, 3), round(y, 3)

    return tuple(
        Outline(
            one.code,
            tuple(place(*corner) for corner in outline.convex_hull.exterior.coords),
            one.code == current,
        )
        for one, outline in drawn
        if outline.convex_hull.geom_type == "Polygon"
    )


def _said(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _foot(dates: Iterable[Any], *, has_map: bool = True) -> str:
    newest = latest(dates)
    said = formats.as_of(newest.day, newest.precision, newest.text, get_language()) if newest else ""
    return " · ".join(filter(None, (said, has_map and _("the map is schematic"))))


def _figure(figure: Figure | None) -> str:
    """Without its markup: a picture has no bold letters in a line."""
    if figure is None:
        return ""
    return f"{capfirst(figure.get_measure_display())}: {strip_tags(measured(figure))}"


def _projects(number: int) -> str:
    return ngettext("%(number)s project", "%(number)s projects", number) % {"number": number}


def _investors(number: int) -> str:
    return ngettext("%(number)s investor", "%(number)s investors", number) % {"number": number}
