from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "tasks"
    verbose_name = _("Control of execution")

    def ready(self) -> None:
        from core import heartbeat, notices, saved_views
        from core.api import catalogue
        from tasks.api.places import PLACES
        from tasks.notices import KINDS

        notices.register(*KINDS)
        catalogue.PLACES.update(PLACES)
        saved_views.PAGES["control"] = _("Control of instructions")
        saved_views.PAGES["meetings"] = _("Meetings")
        heartbeat.JOBS |= {
            "make_occurrences": _("Occurrences of recurring instructions"),
            "keep_periods": _("Opening and locking of reporting periods"),
            "weigh_anew": _("Weighing of files of reports"),
            "sweep_pieces": _("Removal of pieces of files that nobody finishes"),
            "plan_reminders": _("Planning of reminders"),
            "send_reminders": _("Sending of reminders"),
            "escalate": _("Carrying up of what is overdue"),
        }
