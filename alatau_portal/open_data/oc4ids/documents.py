"""What can be read of a project: documents that the portal hands out, and the public texts that its facts come from."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from alatau_portal.open_data.oc4ids.words import exact


def documents(project: Any, language: str) -> list[dict[str, Any]]:
    return [*_handed_out(project, language), *_sources(project, language)]


def _handed_out(project: Any, language: str) -> Iterator[dict[str, Any]]:
    for document in project.documents_told:
        yield {
            "id": document.public_id,
            "documentType": document.kind,
            "title": getattr(document.name, language),
            "url": settings.PUBLIC_URL + reverse("document", args=[document.public_id]),
            "datePublished": exact(document.published),
            "dateModified": timezone.localtime(document.updated_at).isoformat(timespec="seconds"),
            "format": document.file.content_type,
            "language": document.language,
            "author": document.source and document.source.publisher,
        }


def _sources(project: Any, language: str) -> Iterator[dict[str, Any]]:
    """Each once, with the first of its addresses; a source without one cannot be read here."""
    cited = [
        project.source,
        *project.other_sources.all(),
        *(row.source for row in project.chosen_figures),
        *(row.source for row in project.milestones.all()),
        *(row.source for row in project.claims_told),
    ]
    once = {source.code: source for source in cited if source and source.addresses}
    for source in once.values():
        yield {
            "id": source.code,
            "title": source.title,
            "description": getattr(source.about, language),
            "url": iri_to_uri(source.addresses[0]),
            "datePublished": exact(source.published),
            "language": source.language if len(source.language) == 2 else "",
            "author": source.publisher,
        }
