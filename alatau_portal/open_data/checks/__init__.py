"""The files judged before they are published, by rules of our own: what is wrong is named, and nothing goes out.

Outside judges read the same files in the tests; here nothing is fetched and nothing is taken for granted: every check
reads the bytes.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from alatau_portal.open_data.checks import catalogue, geojson, package, table
from alatau_portal.open_data.checks.reading import Broken, Files

__all__ = ["Refused", "passed"]


class Refused(ValueError):
    """`faults`: a line each, the name of the file first."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def passed(made: Mapping[str, bytes]) -> dict[str, Any]:
    """What was checked, in numbers, and the coverage of fields. Refused with every fault that was found."""
    faults: list[str] = []
    try:
        files = Files.read(made)
        faults.extend(_faults(files))
    except Broken as broken:
        raise Refused([str(broken)]) from broken
    except (
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
    ) as error:  # so wrong that no rule could be asked
        faults.append(f"cannot be judged to the end: {type(error).__name__}: {error}")
    if faults:
        raise Refused(faults)
    projects = files.packages["kk"]["projects"]
    return {
        "projects": len(projects),
        "districts": len(files.districts["features"]),
        "parties": sum(len(project.get("parties", ())) for project in projects),
        "references": sum(1 for project in projects for _ in package.references(project)),
        "rows": len(files.rows),
        "columns": len(files.header),
        "geometries": sum(1 for _ in geojson.geometries(files)),
        "checksums": sum(1 for _ in catalogue.distributions(files, with_checksum=True)),
        "coverage": package.coverage(files.packages),
    }


def _faults(files: Files) -> Iterator[str]:
    yield from package.faults(files)
    yield from geojson.faults(files)
    yield from table.faults(files)
    yield from catalogue.faults(files)
    yield from _disagreements(files)


def _disagreements(files: Files) -> Iterator[str]:
    """Every file tells of the same projects."""
    known = {row["public_id"] for row in files.rows}
    told = {"projects.geojson": {feature["id"] for feature in files.projects["features"]}}
    for language, one in files.packages.items():
        told[f"oc4ids.{language}.json"] = {project["identifiers"][0]["id"] for project in one["projects"]}
    for name, ids in told.items():
        if odd := sorted(ids ^ known):
            yield f"{name}: other projects than in projects.csv: {', '.join(odd[:5])}"
