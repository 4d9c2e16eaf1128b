"""Who may do what with opportunities and enquiries: asked by services to refuse, by pages to show a button."""

from accounts.policies import OfficeOnly

#: Of opportunities.
OFFERING = ("open_opportunity", "match_opportunity", "close_opportunity")
#: Of enquiries: leadership and auditors read them, the office answers.
TRIAGE = (
    "take_enquiry",
    "answer_enquiry",
    "close_enquiry",
    "mark_duplicate",
    "mark_spam",
    "unmark_spam",
    "convert_enquiry",
    "release_enquiry_file",
)
_policy = OfficeOnly(*OFFERING, *TRIAGE)
may, require = _policy.may, _policy.require
