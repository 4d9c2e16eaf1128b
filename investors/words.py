"""Words for every door: what was done to an enquiry, as its history says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Verb of the ledger → what the person did. “Aigul: took the enquiry”.
DONE: dict[str, Any] = {
    "submit_enquiry": _("sent the enquiry"),
    "take_enquiry": _("took the enquiry"),
    "answer_enquiry": _("answered the enquiry"),
    "close_enquiry": _("closed the enquiry"),
    "mark_duplicate": _("marked the enquiry as a repetition of another"),
    "mark_spam": _("marked the enquiry as spam"),
    "unmark_spam": _("said that the enquiry is no spam"),
    "convert_enquiry": _("took the enquirer on as an investor"),
    "release_file": _("released a file"),
    "ask_for_erasure": _("asked to erase the personal data"),
    "load_demo": pgettext_lazy("history", "added invented content"),
    "sql": _("changed in the database"),
}
#: What a verb is called on a button.
LABELS: dict[str, Any] = {
    "take_enquiry": _("Take it"),
    "answer_enquiry": _("Answer"),
    "convert_enquiry": _("Take on as an investor"),
    "mark_duplicate": _("It repeats another one"),
    "close_enquiry": _("Close"),
    "mark_spam": _("It is spam"),
    "unmark_spam": _("It is no spam"),
}
