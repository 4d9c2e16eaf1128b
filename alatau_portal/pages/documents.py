"""Documents: as lists on pages, read within the query of what they are about, and each behind its own door."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from alatau_portal.pages.land import not_public
from core.choices import ScanState
from core.dates import PartialDate
from core.text import LANGUAGES, Text
from districts.choices import DocumentKind, DocumentLanguage
from districts.models import Document
from tasks.views.files import served

#: Of a page; the API has all of them.
LISTED = 50


class Row(NamedTuple):
    """As much of a document as a list shows."""

    public_id: str
    name: Text
    kind: str
    language: str
    content_type: str
    size: int
    published: PartialDate
    is_demo: bool
    is_clean: bool
    #: In words, where not everybody may know of it.
    visibility: str

    @property
    def form(self) -> str:
        """What kind of file it is, as people call it."""
        return self.content_type.rpartition("/")[2].rpartition(".")[2].upper()[:5]


COLUMNS = {
    "public_id": "public_id",
    "kind": "kind",
    "language": "language",
    "is_demo": "is_demo",
    "visibility": "visibility",
    "content_type": "file__content_type",
    "size": "file__size",
    "scan": "file__scan_state",
    **{f"name_{code}": f"name_{code}" for code in LANGUAGES},
    **{f"published_{part}": f"published_{part}" for part in ("day", "precision", "text")},
}


def joined[M: Model](rows: QuerySet[M], user: Any, about: Q) -> QuerySet[M]:
    """The queryset that `told` reads; `about` chooses the documents of a row, which is OuterRef("pk")."""
    documents = (
        Document.objects.visible_to(user)
        .filter(about)
        .order_by(F("published_day").desc(nulls_last=True), "pk")
    )
    return rows.annotate(document_rows=ArraySubquery(documents[:LISTED].values(json=JSONObject(**COLUMNS))))


def of(name: str) -> Q:
    """Documents about the row of the outer query."""
    return Q(**{name: OuterRef("pk")})


#: Of the whole city: about nothing in particular.
OF_THE_CITY = Q(district=None, project=None, plot=None)


def told(row: Any) -> list[Row]:
    return [_row(one) for one in row.document_rows]


def listed(documents: Iterable[Document]) -> list[Row]:
    """The same of documents that were read with their files."""
    return [
        Row(
            one.public_id,
            one.name,
            one.get_kind_display(),
            one.get_language_display(),
            one.file.content_type,
            one.file.size,
            one.published,
            one.is_demo,
            one.file.scan_state == ScanState.CLEAN,
            not_public(one.visibility),
        )
        for one in documents
    ]


def _row(row: Mapping[str, Any]) -> Row:
    return Row(
        row["public_id"],
        Text(*(row[f"name_{code}"] or "" for code in LANGUAGES)),
        str(DocumentKind(row["kind"]).label),
        str(DocumentLanguage(row["language"]).label) if row["language"] else "",
        row["content_type"],
        row["size"],
        PartialDate(
            parse_date(row["published_day"] or ""), row["published_precision"], row["published_text"]
        ),
        row["is_demo"],
        row["scan"] == ScanState.CLEAN,
        not_public(row["visibility"]),
    )


@login_not_required
@require_safe
def download(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file to whoever may know of the document: asked anew each time, and of nothing else.

    What the scanner has not found clean is handed to nobody, not even to the house.
    """
    document = (
        Document.objects.visible_to(request.user).select_related("file").filter(public_id=public_id).first()
    )
    if document is None:
        raise Http404
    if document.file.scan_state != ScanState.CLEAN:
        return render(request, "tasks/file_waits.html", {"file": document.file}, status=403)
    return served(request, document.file)
