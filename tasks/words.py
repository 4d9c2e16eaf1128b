"""Words for every door: what was done to an instruction, as its history says it; what the database refuses by name."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: What is said where an instruction lacks one of its texts.
MISSING: dict[str, Any] = {
    "text": _("Say what is to be done, in Kazakh or in Russian."),
    "expected_result": _("Write the expected result, in Kazakh or in Russian."),
}
UNTITLED = _("Give it a title, in Kazakh or in Russian.")
UNSEEN = _("Say what was seen, in Kazakh or in Russian.")
#: What the field is for, in which a weak instruction is explained.
PASSED_OVER = _("Only where the check finds the instruction weak: why it goes on control as it is.")
#: Verb of the ledger → what the person did. “Azamat: put on control”.
DONE: dict[str, Any] = {
    "register_instruction": _("registered the instruction"),
    "amend_instruction": _("wrote the instruction anew"),
    "put_on_control": _("put on control"),
    "accept_assignment": _("accepted the assignment"),
    "refuse_assignment": _("said that it is not their competence"),
    "reassign": _("named another responsible executor"),
    "set_controller": _("named the controller"),
    "start": _("began the execution"),
    "contribute": _("sent a contribution"),
    "write_report": _("wrote on the report"),
    "report": _("handed in the report"),
    "remove_proof": _("took a proof out of the report"),
    "return": _("returned the report for revision"),
    "propose_removal": _("proposed the removal from control"),
    "accept": _("accepted the report and removed from control"),
    "accept_interim": _("accepted the interim report"),
    "remove_part": _("removed from control in part"),
    "cancel": _("cancelled the instruction"),
    "split": _("gave a sub-instruction"),
    "set_recurrence": _("set how it recurs"),
    "make_occurrence": _("made the next occurrence"),
    "request_extension": _("asked for more time"),
    "make_feed": _("made a calendar of terms"),
    "revoke_feed": _("took a calendar of terms back"),
    "take_up": _("took up the request for more time"),
    "grant": _("granted more time"),
    "refuse": _("refused more time"),
    "withdraw": _("withdrew the request for more time"),
    "correct": _("corrected the decision on more time"),
    "load_demo": pgettext_lazy("history", "added invented content"),
    "remove_demo": pgettext_lazy("history", "removed invented content"),
    "save_meeting": _("wrote down the meeting"),
    "carry_over": _("carried over what was left open"),
    "save_finding": _("wrote down what was seen"),
    "remove_finding": _("took out a finding"),
    "instruct_on_finding": _("gave an instruction on a finding"),
    "write_protocol": _("began the protocol"),
    "add_item": _("added an item to the protocol"),
    "change_item": _("changed an item of the protocol"),
    "remove_item": _("took an item out of the protocol"),
    "sign_protocol": _("entered the signature of the protocol"),
    "correct_protocol": _("began a protocol that supersedes a signed one"),
    "import_text": _("imported a paper"),
    "confirm_item": _("confirmed what was read of a paper"),
    "dismiss_item": _("put aside what was read of a paper"),
    "reopen_item": _("took up again what was put aside"),
    "mark_item": _("marked words of a paper"),
    "discard_paper": _("took back the draft of a paper"),
    "assign_duty": _("said who owes reports of the project"),
    "end_duty": _("ended a reporting duty"),
    "hand_over_duty": _("handed a reporting duty over to another organisation"),
    "open_period": _("opened the reporting period"),
    "lock_period": _("locked the reporting period"),
    "reopen_period": _("opened the reporting period again"),
    "move_due": _("moved the day on which reports of the period are due"),
    "save_progress": _("wrote on the progress report"),
    "begin_upload": _("announced a file of the progress report"),
    "add_chunk": _("sent a file of the progress report"),
    "caption_upload": _("said what a file of the progress report shows"),
    "drop_upload": _("took a file out of the progress report"),
    "release_file": _("released a file"),
    "weigh_anew": _("weighed a file of the progress report anew"),
    "scan": pgettext_lazy("history", "had the file scanned"),
    "complete_progress": _("marked the progress report as complete"),
    "submit_progress": _("submitted the progress report"),
    "discard_progress": _("threw the draft of the progress report away"),
    "return_progress": _("returned the progress report"),
    "accept_progress": _("accepted the progress report"),
    "correct_progress": _("began to correct the accepted progress report"),
    "set_plan": _("set the plan of the project"),
    "file_dispute": _("contested a figure"),
    "uphold_dispute": _("upheld what was said against the figure"),
    "reject_dispute": _("rejected what was said against the figure"),
    "withdraw_dispute": _("withdrew what was said against the figure"),
}

#: Rules that triggers keep (tasks/sql), and what to say to whoever met one.
LEAD: dict[str, Any] = {
    "tasks_instruction_controlled_has_lead": _("An instruction on control keeps its responsible executor."),
}
TERM: dict[str, Any] = {
    "tasks_instruction_original_due_once": _("The first due date is written once."),
    "tasks_instruction_due_moves_by_extension": _(
        "The due date moves only by a granted extension: ask for one and decide it."
    ),
    "tasks_instruction_closed_with_requests_decided": _(
        "A request for more time is undecided: decide it before the instruction is closed."
    ),
    "tasks_extension_kept": _("A request for more time is kept for ever."),
    "tasks_extension_decision_is_frozen": _("A decision on more time stays: correct it by another decision."),
    "tasks_extension_request_is_frozen": _(
        "A request for more time stays as it was asked: withdraw it and ask anew."
    ),
    "tasks_extension_asked_of_what_is_due": _(
        "More time is asked for while something is to be handed in, and from the present term."
    ),
    "tasks_extension_corrects_the_last": _(
        "Only the last decision is corrected, while the instruction is open."
    ),
}
REPORT: dict[str, Any] = {
    "tasks_executionreport_kept": _("A report that was handed in is kept for ever."),
    "tasks_executionreport_while_due": _(
        "A report is handed in while the instruction is on control, in execution or returned."
    ),
    "tasks_executionreport_is_frozen": _(
        "A report that was handed in stays as it is: return it if it is to be corrected."
    ),
    "tasks_executionreport_brings_the_proof": _(
        "The final report lacks the proof that the instruction asks for: return it."
    ),
    "tasks_instruction_executed_by_final_report": _(
        "Only an accepted final report removes an instruction from control."
    ),
    "tasks_instruction_in_step_with_report": _(
        "The instruction and its final report are not in step: look at both again."
    ),
    "tasks_evidence_kept": _("Proof of what was sent is kept."),
    "tasks_contribution_of_a_co_executor": _(
        "A contribution comes from a co-executor while something is to be handed in."
    ),
    "tasks_contribution_kept": _("A contribution stays as it was sent."),
}
PARTS: dict[str, Any] = {
    "tasks_instruction_kept": _("An instruction that was on control is kept: cancel it with a reason."),
    "tasks_instruction_demo_with_demo": _("What is invented is not mixed with what is real."),
    "tasks_instruction_of_real_project": _("An instruction is about a real project: choose another one."),
    "tasks_instruction_no_circle": _("An instruction is not part of itself: choose another whole."),
    "tasks_instruction_part_of_what_is_open": _("The whole is closed: nothing is added to it."),
    "tasks_instruction_closed_after_its_parts": _("Parts of it are still open: close them first."),
}
MINUTED = _(
    "The protocol of the meeting is signed, and tells this: correct the protocol by another one first."
)
PAPERS: dict[str, Any] = {
    "tasks_protocol_signed_is_frozen": _("A signed protocol is frozen: write one that supersedes it."),
    "tasks_protocolitem_signed_is_frozen": _("A signed protocol is frozen: write one that supersedes it."),
    "tasks_protocol_signed_is_settled": _(
        "Items of the protocol wait for confirmation: confirm or dismiss each, then sign."
    ),
    **{f"tasks_{table}_minuted_is_frozen": MINUTED for table in ("meeting", "agendaitem", "attendance")},
}
PROGRESS: dict[str, Any] = {
    "tasks_reportingperiod_keeps_its_days": _("Something is reported of this period: its days stay."),
    "tasks_progressreport_by_duty": _("A report comes from the organisation that owes it."),
    "tasks_progressreport_kept": _("A report that was submitted is kept for ever."),
    "tasks_progressreport_is_frozen": _("What was reported stays as it is: return or correct the report."),
    "tasks_progressreport_corrects_the_accepted": _("Only the accepted report of a period is corrected."),
    "tasks_progressreport_submitted_with_values": _("A report that is submitted answers everything."),
    "tasks_progressreport_returned_with_note": _("Say what is to be corrected."),
    "tasks_progressreport_superseded_by_accepted": _(
        "Only a newer accepted report supersedes an accepted one."
    ),
    "tasks_progressvalue_is_frozen": _("What was reported stays as it is: return or correct the report."),
    "tasks_progressmilestone_is_frozen": _("What was reported stays as it is: return or correct the report."),
    "tasks_progressreport_submitted_with_whole_files": _(
        "Files are still on their way: wait for them, or take them out."
    ),
    "tasks_upload_while_written": _("A file is sent while its report is written and its period is open."),
    "tasks_upload_kept": _("A file on its way stays as it was announced: take it out and send it anew."),
    "tasks_progressmilestone_of_its_project": _("A report tells of the milestones of its own project."),
    "tasks_reviewnote_kept": _("A note of the review stays as it was written."),
    "tasks_reviewnote_of_what_waits": _("A note is written on a report that waits for an answer."),
    **{
        f"tasks_{table}_period_is_open": _("This period is locked: the project office may open it again.")
        for table in ("progressreport", "progressvalue", "progressmilestone", "reviewnote")
    },
}
DISPUTES: dict[str, Any] = {
    "tasks_figuredispute_same_unit": _("A figure is contested in its own unit."),
    "tasks_figuredispute_is_frozen": _(
        "What was said against a figure stays as it was: withdraw it and file anew."
    ),
    "tasks_figuredispute_kept": _("What was said against a figure is kept for ever."),
}
RULES = DISPUTES | PROGRESS | LEAD | TERM | REPORT | PARTS | PAPERS
