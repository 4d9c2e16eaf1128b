"""Everything that changes what this app keeps. Doors call these only."""

from investors.services.converting import convert_enquiry
from investors.services.duplicates import alike_enquiries, alike_organisations
from investors.services.enquiries import ask_for_erasure, submit_enquiry
from investors.services.opportunities import close_opportunity, match_opportunity, open_opportunity
from investors.services.reminding import remind_of_enquiries
from investors.services.triage import (
    answer_enquiry,
    close_enquiry,
    is_possible,
    mark_duplicate,
    mark_spam,
    release_enquiry_file,
    take_enquiry,
    unmark_spam,
)
from investors.services.waiting_files import drop_file, keep_file, waiting_file

__all__ = [
    "alike_enquiries",
    "alike_organisations",
    "answer_enquiry",
    "ask_for_erasure",
    "close_enquiry",
    "close_opportunity",
    "convert_enquiry",
    "drop_file",
    "is_possible",
    "keep_file",
    "mark_duplicate",
    "mark_spam",
    "match_opportunity",
    "open_opportunity",
    "release_enquiry_file",
    "remind_of_enquiries",
    "submit_enquiry",
    "take_enquiry",
    "unmark_spam",
    "waiting_file",
]
