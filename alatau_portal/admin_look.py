"""How the admin looks: its names, colours and sidebar. Read by settings."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


def _group(title: Any, *items: tuple[Any, str, str]) -> dict[str, Any]:
    """A group of the admin's sidebar: its title, and (label, icon, model as app_model) of each item."""
    links = [
        {"title": label, "icon": icon, "link": reverse_lazy(f"admin:{model}_changelist")}
        for label, icon, model in items
    ]
    return {"title": title, "separator": True, "items": links}


UNFOLD = {
    "SITE_TITLE": "Alatau City",
    "SITE_HEADER": "Alatau City",
    "SITE_SUBHEADER": _("Project office"),
    "SITE_URL": "/",
    "SITE_SYMBOL": "location_city",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/favicon.svg")}
    ],
    "DASHBOARD_CALLBACK": "alatau_portal.admin_today.today",
    "STYLES": [lambda request: static("css/admin.css"), lambda request: static("css/admin-today.css")],
    "SCRIPTS": [lambda request: static("js/admin.js")],
    "SHOW_LANGUAGES": True,
    "SHOW_BACK_BUTTON": True,
    "ACCOUNT": {
        "navigation": [{"title": _("Change password"), "link": reverse_lazy("account_change_password")}]
    },
    "COLORS": {  # brand #0b5e77 is 600
        "primary": {
            "50": "#eef7fa",
            "100": "#d5eaf1",
            "200": "#aed6e3",
            "300": "#79bacf",
            "400": "#3f97b3",
            "500": "#1a7693",
            "600": "#0b5e77",
            "700": "#0a4d62",
            "800": "#0b4152",
            "900": "#0d3745",
            "950": "#06232d",
        }
    },
    "SIDEBAR": {
        "show_search": True,
        "navigation": [
            _group(
                _("City"),
                (_("Districts"), "map", "districts_district"),
                (_("Projects"), "apartment", "districts_project"),
                (_("Milestones"), "flag", "districts_milestone"),
                (_("Figures"), "monitoring", "districts_figure"),
                (_("Published figures"), "campaign", "districts_publishedfigure"),
                (_("Claims"), "format_quote", "districts_claim"),
                (_("Places"), "location_on", "districts_place"),
                (_("Plots"), "crop_free", "districts_landplot"),
                (_("Allocations of plots"), "bookmark", "districts_plotallocation"),
                (_("Documents"), "draft", "districts_document"),
                (_("Publication"), "public", "districts_publication"),
            ),
            _group(
                _("Who builds"),
                (_("Organisations"), "account_balance", "accounts_organisation"),
                (_("Investors"), "handshake", "investors_investor"),
                (_("Talks"), "forum", "investors_talk"),
                (_("Opportunities"), "campaign", "investors_opportunity"),
                (_("Enquiries"), "contact_mail", "investors_enquiry"),
                (_("Contacts"), "contacts", "investors_contact"),
                (_("Texts of consent"), "gavel", "investors_consenttext"),
                (_("Consents"), "verified_user", "investors_consentrecord"),
            ),
            _group(
                _("Control"),
                (_("Instructions"), "task_alt", "tasks_instruction"),
                (_("Requests for more time"), "more_time", "tasks_extension"),
                (_("Reports"), "assignment_turned_in", "tasks_executionreport"),
                (_("Contributions"), "group_add", "tasks_contribution"),
                (_("Times of holding"), "hourglass_top", "tasks_holdinterval"),
                (_("Escalations"), "trending_up", "tasks_escalation"),
                (_("Reminders"), "notifications_active", "tasks_reminder"),
                (_("Rules of reminders"), "rule", "tasks_reminderrule"),
                (_("Meetings"), "groups", "tasks_meeting"),
                (_("Protocols"), "description", "tasks_protocol"),
            ),
            _group(
                _("Reports of projects"),
                (_("Progress reports"), "fact_check", "tasks_progressreport"),
                (_("Reporting periods"), "date_range", "tasks_reportingperiod"),
                (_("Reporting duties"), "assignment_ind", "tasks_reportingduty"),
                (_("Plans"), "show_chart", "tasks_plan"),
                (_("Contested figures"), "rule", "tasks_figuredispute"),
            ),
            _group(
                _("Sources"),
                (_("Sources"), "link", "core_source"),
                (_("Legal acts"), "gavel", "core_legalact"),
                (_("Calendar"), "calendar_month", "core_calendarday"),
                (_("Files"), "attach_file", "core_storedfile"),
            ),
            _group(
                _("People"),
                (_("Users"), "person", "accounts_user"),
                (_("Invitations"), "mail", "accounts_invitation"),
                (_("Substitutions"), "swap_horiz", "accounts_substitution"),
                (_("API clients"), "key", "accounts_apiclient"),
                (_("Webhooks"), "webhook", "accounts_webhookendpoint"),
                (_("Deliveries"), "send", "accounts_webhookdelivery"),
            ),
            _group(
                _("System"),
                (_("Open data"), "public", "alatau_portal_opendataedition"),
                (_("Ledger"), "history", "core_change"),
                (_("Accesses to data"), "visibility", "core_accesslog"),
                (_("Messages owed"), "outbox", "core_outbox"),
                (_("Jobs"), "schedule", "core_jobrun"),
            ),
        ],
    },
}
