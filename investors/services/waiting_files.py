"""The optional file of an enquiry, between the step that takes it and the answer that sends it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Length, Now
from django.utils.translation import gettext as _

from core import rates
from core.files import BadFile, safe_name, type_by_content
from investors.intake import LARGEST_FILE
from investors.models import EnquiryFile

#: How long a file waits, and how many of them come from one network in an hour.
WAITS, PER_NETWORK = timedelta(days=1), 30


def keep_file(client_uuid: UUID, file: Any, *, address: str) -> EnquiryFile:
    """Keep it for the form of this number, in place of the one before. BadFile says why not, TooMany when again."""
    name = safe_name(file.name)
    if file.size > LARGEST_FILE:
        raise BadFile(
            _("“%(name)s” is larger than %(limit)s MB: choose a smaller file.")
            % {"name": name, "limit": LARGEST_FILE // 2**20}
        )
    content = file.read()
    if not content:
        raise BadFile(_("“%(name)s” is empty: choose another file.") % {"name": name})
    type_by_content(content, name)
    with transaction.atomic():
        rates.count("enquiry-file", rates.network(address), PER_NETWORK, timedelta(hours=1))
        kept = {"name": name, "content": content, "created_at": Now()}
        row, _made = EnquiryFile.objects.update_or_create(client_uuid=client_uuid, defaults=kept)
    return row


def waiting_file(client_uuid: UUID) -> EnquiryFile | None:
    """Its name and its size, without its bytes."""
    return (
        EnquiryFile.objects.filter(client_uuid=client_uuid)
        .defer("content")
        .annotate(size=Length("content"))
        .first()
    )


def drop_file(client_uuid: UUID) -> None:
    EnquiryFile.objects.filter(client_uuid=client_uuid).delete()


def forget_files() -> int:
    """Those whose enquiry was never sent."""
    return EnquiryFile.objects.filter(created_at__lt=Now() - WAITS).delete()[0]
