"""What a file says for a progress report: when and where a photo was taken, whether it was sent before, what it weighs.

The weight never refuses anything: it is shown, with its reasons, to whoever accepts. Of a photo, out of 100:

TIME    40  taken within the period
PLACE   30  taken within the outline of the project or its district; of a schematic outline, within MARGIN of it, 20
ONCE    30  neither the same bytes (SHA-256) nor the same look (core.pictures.are_alike) is evidence of another report

A document weighs nothing by time and place: it has no weight, and reasons only where it was sent before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from shapely.affinity import scale
from shapely.geometry import Point, shape

from core import ledger
from core.exceptions import Conflict
from core.pictures import are_alike, look, taken_at
from tasks.choices import EvidenceKind
from tasks.models import Evidence, ProgressReport
from tasks.reporting_choices import PENDING

TIME, PLACE, NEAR, ONCE = 40, 30, 20, 30
#: Metres beside a schematic outline that are still within it, and metres of a degree of latitude.
MARGIN, DEGREE = 2000, 111_320


@dataclass(frozen=True)
class Held:
    """A file that whoever hands the report in holds to be with it: whole, of so many bytes and this SHA-256."""

    client_uuid: UUID
    size: int
    sha256: str


class FilesMissing(Conflict):
    """Files are not here as a whole: by the number that the device gave them, their names where they are known."""

    code = "files_missing"

    def __init__(self, missing: dict[UUID, str]) -> None:
        self.missing = missing
        listed = ", ".join(missing.values())
        super().__init__(
            _("Files are still on their way: %(names)s. Wait for them, or take them out.") % {"names": listed}
        )


def photo_facts(content: bytes) -> dict[str, Any]:
    """What the picture says of itself; where it was taken is never read from it, only said by its sender."""
    return {"taken_at": taken_at(content), "picture_hash": look(content)}


def weigh(proof: Evidence) -> tuple[int | None, list[str]]:
    """(weight 0 to 100 or None, reasons as codes of `EvidenceReason`)."""
    seen = _seen_before(proof)
    if proof.kind != EvidenceKind.PHOTO:
        return None, seen
    assert proof.progress is not None
    when, where = time_of(proof), place_of(proof)
    points = {"in_period": TIME, "on_site": PLACE, "in_district": PLACE, "near_outline": NEAR}
    return sum(points.get(code, 0) for code in (when, where)) + (0 if seen else ONCE), [when, where, *seen]


def weigh_anew() -> int:
    """Weigh what is not accepted yet against what came since, by outlines as they are now; returns how many changed."""
    waiting = Evidence.objects.filter(progress__state__in=PENDING)
    changed = 0
    for proof in waiting.select_related("file", "progress__period", "progress__project__district"):
        score, reasons = weigh(proof)
        if (score, reasons) != (proof.score, proof.reasons):
            with ledger.acting("system:weigh", "weigh_anew"):
                changed += Evidence.objects.filter(pk=proof.pk).update(score=score, reasons=reasons)
    return changed


def time_of(proof: Evidence) -> str:
    if proof.taken_at is None or proof.progress is None:
        return "no_time"
    period = proof.progress.period
    day = timezone.localtime(proof.taken_at).date()
    return "in_period" if period.starts <= day <= period.ends else "out_of_period"


def place_of(proof: Evidence) -> str:
    if proof.taken_lat is None or proof.taken_lon is None or proof.progress is None:
        return "no_place"
    project = proof.progress.project
    if project.geometry and _distance(project.geometry, proof.taken_lat, proof.taken_lon) <= (
        proof.accuracy or 0
    ):
        return "on_site"
    district = project.district
    if district is None or not district.boundary:
        return "no_outline" if not project.geometry else "out_of_place"
    far = _distance(district.boundary, proof.taken_lat, proof.taken_lon)
    if district.boundary_schematic:
        return "near_outline" if far <= MARGIN + (proof.accuracy or 0) else "out_of_place"
    return "in_district" if far <= (proof.accuracy or 0) else "out_of_place"


def _distance(geometry: Any, lat: Decimal, lon: Decimal) -> float:
    """Metres to the outline, 0 within it; on a plane, good enough at this size (43 to 44 degrees north: cos 0.725)."""
    flat = scale(shape(geometry), xfact=0.725, yfact=1, origin=(0, 0))
    return float(flat.distance(Point(float(lon) * 0.725, float(lat)))) * DEGREE


def _seen_before(proof: Evidence) -> list[str]:
    """With reports of other projects or periods: a correction shows again what it corrects."""
    assert proof.progress is not None
    same = {"progress__project": proof.progress.project_id, "progress__period": proof.progress.period_id}
    others = Evidence.objects.filter(progress__isnull=False).exclude(**same)
    assert proof.file is not None
    if others.filter(file__sha256=proof.file.sha256).exists():
        return ["same_file"]
    looks = (
        others.exclude(picture_hash="").values_list("picture_hash", flat=True) if proof.picture_hash else ()
    )
    return ["looks_like"] if any(are_alike(proof.picture_hash, other) for other in looks) else []


def require_whole_files(report: ProgressReport, held: Iterable[Held] = ()) -> None:
    """Nothing is handed in while a file of it is on its way, or is not here as its sender `held` it to be."""
    rows = list(report.uploads.all())
    missing = {row.client_uuid: row.name for row in rows if row.file_id is None and not row.refused}
    whole = {row.client_uuid: (row.size, row.sha256) for row in rows if row.file_id is not None}
    names = {row.client_uuid: row.name for row in rows}
    for one in held:
        if whole.get(one.client_uuid) != (one.size, one.sha256.lower()):
            missing[one.client_uuid] = names.get(one.client_uuid, str(one.client_uuid))
    if missing:
        raise FilesMissing(missing)
