"""Everything that changes an instruction, a meeting, a paper or a progress report.

Pages, API, admin and jobs call these and no other.
"""

from tasks.services.amending import amend_instruction, keep_instruction
from tasks.services.answers import Answer
from tasks.services.assigning import accept_assignment, reassign, refuse_assignment, set_controller, start
from tasks.services.disputes import decide_dispute, file_dispute, withdraw_dispute
from tasks.services.duties import assign_duty, end_duty, hand_over_duty
from tasks.services.escalating import acknowledge, escalate
from tasks.services.evidence import weigh_anew
from tasks.services.extending import correct, grant, refuse, request_extension, take_up, withdraw
from tasks.services.feeds import make_feed, note_use, revoke_feed
from tasks.services.importing import (
    confirm_as,
    confirm_instruction,
    discard_paper,
    dismiss_item,
    import_text,
    mark_item,
    reopen_item,
)
from tasks.services.meetings import carry_over, remove_finding, save_finding, save_meeting
from tasks.services.news import tell_named
from tasks.services.planning import set_plan
from tasks.services.progress import (
    accept_progress,
    complete_progress,
    correct_progress,
    discard_progress,
    return_progress,
    save_progress,
    submit_progress,
)
from tasks.services.protocols import (
    add_item,
    change_item,
    correct_protocol,
    instruct,
    instruct_on_finding,
    remove_item,
    sign_protocol,
    write_protocol,
)
from tasks.services.recurring import make_occurrences
from tasks.services.registering import cancel, put_on_control, register_instruction, set_recurrence, split
from tasks.services.reminding import plan_reminders, send_reminders
from tasks.services.removing import accept, propose_removal, remove_part
from tasks.services.reporting import Proof, contribute, remove_proof, report, return_report, save_report
from tasks.services.reporting_periods import (
    lock_period,
    lock_periods,
    move_due,
    open_periods,
    reopen_period,
)
from tasks.services.telling import Told
from tasks.services.uploads import (
    add_chunk,
    attach_file,
    begin_upload,
    caption_upload,
    drop_upload,
    release_file,
    sweep_pieces,
)

__all__ = [
    "Answer",
    "Proof",
    "Told",
    "accept",
    "accept_assignment",
    "accept_progress",
    "acknowledge",
    "add_chunk",
    "add_item",
    "amend_instruction",
    "assign_duty",
    "attach_file",
    "begin_upload",
    "cancel",
    "caption_upload",
    "carry_over",
    "change_item",
    "complete_progress",
    "confirm_as",
    "confirm_instruction",
    "contribute",
    "correct",
    "correct_progress",
    "correct_protocol",
    "decide_dispute",
    "discard_paper",
    "discard_progress",
    "dismiss_item",
    "drop_upload",
    "end_duty",
    "escalate",
    "file_dispute",
    "grant",
    "hand_over_duty",
    "import_text",
    "instruct",
    "instruct_on_finding",
    "keep_instruction",
    "lock_period",
    "lock_periods",
    "make_feed",
    "make_occurrences",
    "mark_item",
    "move_due",
    "note_use",
    "open_periods",
    "plan_reminders",
    "propose_removal",
    "put_on_control",
    "reassign",
    "refuse",
    "refuse_assignment",
    "register_instruction",
    "release_file",
    "remove_finding",
    "remove_item",
    "remove_part",
    "remove_proof",
    "reopen_item",
    "reopen_period",
    "report",
    "request_extension",
    "return_progress",
    "return_report",
    "revoke_feed",
    "save_finding",
    "save_meeting",
    "save_progress",
    "save_report",
    "send_reminders",
    "set_controller",
    "set_plan",
    "set_recurrence",
    "sign_protocol",
    "split",
    "start",
    "submit_progress",
    "sweep_pieces",
    "take_up",
    "tell_named",
    "weigh_anew",
    "withdraw",
    "withdraw_dispute",
    "write_protocol",
]
