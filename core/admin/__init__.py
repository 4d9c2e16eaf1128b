"""The register in the admin: for looking and mending. What has a life is moved by its services, offered as actions."""

from core.admin import accesses, machine, registers
from core.admin.base import (
    LedgerAdmin,
    LookAdmin,
    MadeByService,
    Part,
    StackedPart,
    language_tabs,
    partial,
)
from core.admin.bulk import bulk_page
from core.admin.columns import changed, confidence, dated, visibility, word
from core.admin.exchange import Importing
from core.admin.forms import AddForm, LedgerForm, PartForm, SaidDate, blank_first
from core.admin.history import VERBS
from core.admin.queues import MACHINE, QUALITY, queue
from core.admin.verbs import Reason, VerbForm, verb_page

__all__ = [
    "MACHINE",
    "QUALITY",
    "VERBS",
    "AddForm",
    "Importing",
    "LedgerAdmin",
    "LedgerForm",
    "LookAdmin",
    "MadeByService",
    "Part",
    "PartForm",
    "Reason",
    "SaidDate",
    "StackedPart",
    "VerbForm",
    "accesses",
    "blank_first",
    "bulk_page",
    "changed",
    "confidence",
    "dated",
    "language_tabs",
    "machine",
    "partial",
    "queue",
    "registers",
    "verb_page",
    "visibility",
    "word",
]
