"""Pages of the control of execution, under /control/."""

from django.urls import path

from tasks.views import (
    board,
    bulk,
    card,
    decisions,
    escalations,
    files,
    mine,
    register,
    reminders,
    verbs,
)

urlpatterns = [
    path("", board.board, name="control"),
    path("decisions/", decisions.decisions, name="control-decisions"),
    path("mine/", mine.mine, name="control-mine"),
    path("bulk/", bulk.bulk, name="control-bulk"),
    path("register/", register.page, name="control-register"),
    path("reminders/", reminders.reminders, name="control-reminders"),
    path("escalations/", escalations.escalations, name="control-escalations"),
    path("<slug:public_id>/", card.detail, name="instruction"),
    path("<slug:public_id>/files/<int:pk>/", files.download, name="instruction-file"),
    path("<slug:public_id>/<slug:verb>/", verbs.page, name="instruction-verb"),
]
