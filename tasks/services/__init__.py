"""Everything that changes an instruction. Pages, API, admin and jobs call these and nothing else."""

from tasks.services.assigning import accept_assignment, reassign, refuse_assignment, set_controller, start
from tasks.services.extending import correct, grant, refuse, request_extension, take_up, withdraw
from tasks.services.feeds import make_feed, note_use, revoke_feed
from tasks.services.news import tell_named
from tasks.services.recurring import make_occurrences
from tasks.services.registering import cancel, put_on_control, register_instruction, set_recurrence, split
from tasks.services.removing import accept, propose_removal, remove_part
from tasks.services.reporting import Proof, contribute, remove_proof, report, return_report, save_report

__all__ = [
    "Proof",
    "accept",
    "accept_assignment",
    "cancel",
    "contribute",
    "correct",
    "grant",
    "make_feed",
    "make_occurrences",
    "note_use",
    "propose_removal",
    "put_on_control",
    "reassign",
    "refuse",
    "refuse_assignment",
    "register_instruction",
    "remove_part",
    "remove_proof",
    "report",
    "request_extension",
    "return_report",
    "revoke_feed",
    "save_report",
    "set_controller",
    "set_recurrence",
    "split",
    "start",
    "take_up",
    "tell_named",
    "withdraw",
]
