from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvestorsConfig(AppConfig):
    name = "investors"
    verbose_name = _("Investors")

    def ready(self) -> None:
        from core import heartbeat, jobs, notices, saved_views
        from districts import publishable
        from investors import request_notices
        from investors.models import Opportunity
        from investors.notices import KINDS
        from investors.services.waiting_files import forget_files

        jobs.FORGET["enquiry_files"] = forget_files
        publishable.withholdable(Opportunity, "offered", "sought", "sectors", "closes_on")

        notices.register(*KINDS, *request_notices.KINDS)
        heartbeat.JOBS["remind_of_requests"] = _("Reminders of requests of investors")
        from core import personal, retention
        from investors import personal as held

        personal.WAYS.append(held.by_receipt)
        personal.register(*held.KINDS)
        retention.register(*held.RULES)
        saved_views.PAGES["investor-list"] = _("Investors")
        saved_views.PAGES["review-enquiries"] = _("Enquiries")
        heartbeat.JOBS["remind_enquiries"] = _("Reminders of enquiries")
