"""Documents: handed in with their file, given another one, and released where no scanner looks."""

from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import ledger
from core.choices import Visibility
from core.exceptions import Conflict
from core.files import store
from core.models import StoredFile
from core.scanning import release
from districts.models import Document
from districts.policies import require
from districts.services.actors import Actor


@transaction.atomic
def add_document(*, by: Actor, file: IO[bytes], name: str, **facts: Any) -> Document:
    """A new document, internal until it is published. `name`: of the file; what it is called is among the facts."""
    require(by, "add_document")
    document = Document(**facts)
    document.full_clean(exclude=["file"])
    with ledger.acting(by, "add_document"):
        document.file = store(file, name, uploaded_by_id=by.user_id)
        document.save()
    return document


@transaction.atomic
def replace_file(document: Document, *, by: Actor, file: IO[bytes], name: str, note: str = "") -> Document:
    """Another file instead, as long as nobody outside the house knows of the document."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    require(by, "replace_file")
    if document.visibility != Visibility.INTERNAL:
        raise Conflict(
            _("The document is published: take it down first, or add the new file as another document.")
        )
    with ledger.acting(by, "replace_file", note):
        new = store(file, name, uploaded_by_id=by.user_id)
        old = StoredFile.objects.get(pk=document.file_id)
        if new.sha256 == old.sha256 and new.name == old.name:
            raise Conflict(_("This is the file that it has already."))
        document.file = new
        document.save(update_fields=["file"])
    document.refresh_from_db()
    return document


@transaction.atomic
def release_document(document: Document, *, by: Actor) -> Document:
    """Somebody of the office has looked at a file that no scanner judged: from now on it is handed out."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    require(by, "release_document")
    release(document.file_id, by=by)
    return document
