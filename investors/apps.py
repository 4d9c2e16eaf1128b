from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvestorsConfig(AppConfig):
    name = "investors"
    verbose_name = _("Investors")

    def ready(self) -> None:
        from core import jobs, notices, saved_views
        from investors.notices import KINDS
        from investors.services.waiting_files import forget_files

        jobs.FORGET["enquiry_files"] = forget_files

        notices.register(*KINDS)
        saved_views.PAGES["investor-list"] = _("Investors")
