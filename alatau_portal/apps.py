from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "alatau_portal"

    def ready(self) -> None:
        from alatau_portal import celery  # noqa: F401 so that every process has the app its jobs belong to
        from core import saved_views

        saved_views.PAGES["project-list"] = _("Projects")
        saved_views.PAGES["invest"] = _("Plots")
        saved_views.PAGES["invest-opportunities"] = _("Opportunities")
