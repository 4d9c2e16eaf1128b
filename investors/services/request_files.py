"""Files that came with messages: who may open them, and their release where no scanner judges."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.choices import ScanState
from core.exceptions import Forbidden
from core.models import StoredFile
from core.scanning import release
from investors.models import MessageFile
from investors.request_choices import Side
from investors.request_policies import side_of


def may_open(user: Any, sent: MessageFile) -> bool:
    """A clean one, whoever sees the request; one that waits, the office, which releases it, and who sent it."""
    state = sent.file.scan_state
    if state != ScanState.PENDING:
        return bool(state == ScanState.CLEAN)
    side = side_of(user, sent.message.request.organisation_id)
    return side is not None and side in (Side.OFFICE, sent.message.side)


def may_release(user: Any, sent: MessageFile) -> bool:
    return side_of(user, None) == Side.OFFICE and sent.file.scan_state == ScanState.PENDING


@transaction.atomic
def release_file(sent: MessageFile, *, by: Any) -> StoredFile:
    """Somebody of the office has looked at a file that no scanner judged: from now on the other side may open it."""
    if side_of(by, None) != Side.OFFICE:
        raise Forbidden(_("Only the project office may do this."))
    return release(sent.file_id, by=by)
