"""The ground floor's tables."""

from core.models.access import AccessLog
from core.models.erasure import Erasure
from core.models.personal import Notice, SavedView, Silence
from core.models.rates import RateCount
from core.models.recorded import Change, Era, Published, Recorded, Worded
from core.models.registers import (
    CalendarDay,
    Citation,
    LegalAct,
    LegalActSource,
    LegalActStage,
    Source,
    StoredFile,
)
from core.models.seal import Seal
from core.models.work import IdempotencyRecord, JobRun, Outbox

__all__ = [
    "AccessLog",
    "CalendarDay",
    "Change",
    "Citation",
    "Era",
    "Erasure",
    "IdempotencyRecord",
    "JobRun",
    "LegalAct",
    "LegalActSource",
    "LegalActStage",
    "Notice",
    "Outbox",
    "Published",
    "RateCount",
    "Recorded",
    "SavedView",
    "Seal",
    "Silence",
    "Source",
    "StoredFile",
    "Worded",
]
