"""What services raise. Doors turn it into a message, a form error or a problem document."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class DomainError(Exception):
    """A rule of the house said no; the text tells the user what to do."""

    code = "invalid"


class Forbidden(DomainError):
    """This user may not do this."""

    code = "forbidden"


class Conflict(DomainError):
    """The row is not in a state that allows it."""

    code = "conflict"


class WrittenOver(Conflict):
    """Somebody changed the row since the caller read it."""

    code = "written_over"


class TooMany(DomainError):
    """Too often in too short a time: `retry_after` says when again."""

    code = "too_many"

    def __init__(self, *, retry_after: timedelta) -> None:
        super().__init__(_("This was sent too often in a short time: wait a while and send it again."))
        self.retry_after = retry_after


class NeedsReason(ValidationError):
    """Possible, but doubtful as things stand: each doubt with its code, at the field that takes the reason."""
