"""Pages of the control of execution, under /control/."""

from django.urls import path, re_path

from tasks.views import (
    board,
    bulk,
    card,
    decisions,
    escalations,
    files,
    mine,
    papers,
    register,
    reminders,
    terms,
    verbs,
)

_PDF_OR_DOCX = r"\.(?P<form>pdf|docx)$"
_NUMBER = r"(?P<public_id>[-A-Za-z0-9_]+)"

urlpatterns = [
    path("", board.board, name="control"),
    path("decisions/", decisions.decisions, name="control-decisions"),
    path("mine/", mine.mine, name="control-mine"),
    path("bulk/", bulk.bulk, name="control-bulk"),
    path("register/", register.page, name="control-register"),
    path("reminders/", reminders.reminders, name="control-reminders"),
    path("escalations/", escalations.escalations, name="control-escalations"),
    re_path(r"^register\.(?P<form>pdf|docx|xlsx)$", papers.register_paper, name="control-paper"),
    path("certificate/", papers.certificate_page, name="control-certificate"),
    re_path(rf"^certificate{_PDF_OR_DOCX}", papers.certificate_paper, name="control-certificate-paper"),
    path("calendar/", terms.page, name="control-calendar"),
    path("calendar/<int:pk>/revoke/", terms.revoke, name="control-calendar-revoke"),
    path("<slug:public_id>/", card.detail, name="instruction"),
    re_path(rf"^{_NUMBER}/card{_PDF_OR_DOCX}", papers.card_paper, name="instruction-paper"),
    path("<slug:public_id>/files/<int:pk>/", files.download, name="instruction-file"),
    path("<slug:public_id>/<slug:verb>/", verbs.page, name="instruction-verb"),
]
