"""What services raise. Doors turn it into a message, a form error or a problem document."""

from datetime import timedelta
from errno import EDQUOT, EFBIG, ENOSPC

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: What the system says where a disk, a quota or a file may not grow.
FULL = {ENOSPC, EDQUOT, EFBIG}


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


class CannotStore(Exception):
    """A file could not be written: nothing of it is kept. `status` and the text are the answer of every door."""

    def __init__(self, error: OSError) -> None:
        self.is_full = error.errno in FULL
        super().__init__(str(error))

    @classmethod
    def of(cls, error: BaseException | None) -> "CannotStore | None":
        """What failed, where it was this: a large upload waits on the disk before any service has it."""
        if isinstance(error, OSError) and error.errno in FULL:
            return cls(error)
        return error if isinstance(error, cls) else None

    @property
    def status(self) -> int:
        return 507 if self.is_full else 503


class NeedsReason(ValidationError):
    """Possible, but doubtful as things stand: each doubt with its code, at the field that takes the reason."""
