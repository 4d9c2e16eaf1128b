"""The catalogue against the files: their sizes and hashes, and titles in every language."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from alatau_portal.open_data.checks.reading import Files
from core.text import LANGUAGES

NAME = "dcat.jsonld"
NEEDED = (
    "dct:license",
    "dct:publisher",
    "dct:issued",
    "dct:modified",
    "dcat:contactPoint",
    "dcat:distribution",
)


def faults(files: Files) -> Iterator[str]:
    yield from _of_words(files.catalogue)
    for dataset in files.catalogue["dcat:dataset"]:
        yield from (f"{NAME}: {dataset['@id']}: has no {name}" for name in NEEDED if not dataset.get(name))
    yield from _of_files(files)


def _of_words(catalogue: dict[str, Any]) -> Iterator[str]:
    for thing in (catalogue, *catalogue["dcat:dataset"]):
        for name in ("dct:title", "dct:description"):
            if {one["@language"] for one in thing.get(name, ()) if one["@value"]} != set(LANGUAGES):
                yield f"{NAME}: {thing['@id']}: {name} is not in each language"


def _of_files(files: Files) -> Iterator[str]:
    described = set()
    for one in distributions(files, with_checksum=True):
        name = one["dcat:downloadURL"]["@id"].rpartition("/")[2]
        described.add(name)
        body = files.made.get(name, b"")
        if int(one["dcat:byteSize"]["@value"]) != len(body):
            yield f"{NAME}: the size of {name} is another"
        if one["spdx:checksum"]["spdx:checksumValue"]["@value"] != sha256(body).hexdigest():
            yield f"{NAME}: the hash of {name} is another"
    if missing := sorted(set(files.made) - described - {NAME}):
        yield f"{NAME}: does not describe {', '.join(missing)}"


def distributions(files: Files, *, with_checksum: bool) -> Iterator[dict[str, Any]]:
    """Files have a checksum, feeds have none: they change with every change."""
    for dataset in files.catalogue["dcat:dataset"]:
        for one in dataset["dcat:distribution"]:
            if ("spdx:checksum" in one) == with_checksum:
                yield one
