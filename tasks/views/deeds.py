"""What people call the verbs of the ledger, on the timeline of an instruction."""

from typing import Any

from django.utils.translation import pgettext_lazy

DEEDS: dict[str, Any] = {
    "register_instruction": pgettext_lazy("event", "Registered"),
    "amend_instruction": pgettext_lazy("event", "Written anew before it went on control"),
    "load": pgettext_lazy("event", "Loaded from its source"),
    "put_on_control": pgettext_lazy("event", "Put on control"),
    "accept_assignment": pgettext_lazy("event", "Assignment accepted"),
    "refuse_assignment": pgettext_lazy("event", "Assignment refused: not our competence"),
    "reassign": pgettext_lazy("event", "Re-assigned to another organisation"),
    "start": pgettext_lazy("event", "Execution started"),
    "report_final": pgettext_lazy("event", "Final report handed in"),
    "report_interim": pgettext_lazy("event", "Interim report handed in"),
    "contribute": pgettext_lazy("event", "Contribution sent to the responsible executor"),
    "return": pgettext_lazy("event", "Report returned for revision"),
    "propose_removal": pgettext_lazy("event", "Removal from control proposed"),
    "accept": pgettext_lazy("event", "Final report accepted, removed from control"),
    "accept_interim": pgettext_lazy("event", "Interim report accepted"),
    "remove_part": pgettext_lazy("event", "Removed from control in part; the rest goes on"),
    "cancel": pgettext_lazy("event", "Instruction cancelled"),
    "split": pgettext_lazy("event", "Given as a sub-instruction, on control at once"),
    "make_occurrence": pgettext_lazy("event", "Made as an occurrence of a recurring instruction"),
    "set_controller": pgettext_lazy("event", "Controller named"),
    "set_recurrence": pgettext_lazy("event", "Recurrence set"),
    "request_extension": pgettext_lazy("event", "More time asked for"),
    "take_up": pgettext_lazy("event", "Request for more time taken up"),
    "grant": pgettext_lazy("event", "More time granted"),
    "refuse": pgettext_lazy("event", "More time refused"),
    "withdraw": pgettext_lazy("event", "Request for more time withdrawn"),
    "correct": pgettext_lazy("event", "Decision on more time corrected"),
    "set_visibility": pgettext_lazy("event", "Visibility set"),
    "publish": pgettext_lazy("event", "Published"),
    "take_down": pgettext_lazy("event", "Taken down"),
    "confirm_translations": pgettext_lazy("event", "Translations confirmed"),
    "escalate": pgettext_lazy("event", "Carried up as overdue"),
    "acknowledge": pgettext_lazy("event", "Escalation acknowledged"),
}
