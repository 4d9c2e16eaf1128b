from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "alatau_portal"
    verbose_name = _("Open data")

    def ready(self) -> None:
        from alatau_portal import celery  # noqa: F401 so that every process has the app its jobs belong to
        from alatau_portal.jobs import DAILY
        from alatau_portal.notices import KINDS
        from core import heartbeat, notices, saved_views

        notices.register(*KINDS)
        heartbeat.JOBS[DAILY] = _("Checking and keeping of the open data")
        saved_views.PAGES["project-list"] = _("Projects")
        saved_views.PAGES["invest"] = _("Plots")
        saved_views.PAGES["invest-opportunities"] = _("Opportunities")
