"""The register in the admin: for looking and mending. What has a life is moved by its services, offered as actions."""

from core.admin import registers
from core.admin.base import (
    LedgerAdmin,
    LookAdmin,
    MadeByService,
    Part,
    StackedPart,
    dated,
    language_tabs,
    partial,
)
from core.admin.forms import AddForm, LedgerForm, PartForm, SaidDate, blank_first
from core.admin.history import VERBS
from core.admin.verbs import Reason, VerbForm, verb_page

__all__ = [
    "VERBS",
    "AddForm",
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
    "blank_first",
    "dated",
    "language_tabs",
    "partial",
    "registers",
    "verb_page",
]
