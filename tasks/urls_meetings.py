"""Pages of meetings and their papers, under /meetings/."""

from django.urls import path, re_path

from tasks.views import importing, items, meeting_edit, meetings, papers, protocols

urlpatterns = [
    path("", meetings.register, name="meetings"),
    path("new/", meeting_edit.new, name="meeting-new"),
    path("import/", importing.page, name="meeting-import"),
    path("<slug:public_id>/", meetings.detail, name="meeting"),
    path("<slug:public_id>/edit/", meeting_edit.edit, name="meeting-edit"),
    path("<slug:public_id>/import/", importing.page, name="meeting-import-into"),
    path("<slug:public_id>/carry-over/", meeting_edit.carry, name="meeting-carry-over"),
    path("<slug:public_id>/protocol/", protocols.write, name="meeting-write"),
    re_path(
        r"^(?P<public_id>[-A-Za-z0-9_]+)/protocol\.(?P<form>pdf|docx)$",
        papers.meeting_paper,
        name="meeting-protocol-paper",
    ),
    path("<slug:public_id>/findings/new/", meeting_edit.finding, name="meeting-finding-new"),
    path("<slug:public_id>/findings/<int:pk>/", meeting_edit.finding, name="meeting-finding"),
    path("<slug:public_id>/findings/<int:pk>/photo/", meeting_edit.photo, name="meeting-photo"),
    path(
        "<slug:public_id>/findings/<int:pk>/instruction/",
        meeting_edit.instruct,
        name="meeting-finding-instruct",
    ),
    path("<slug:public_id>/papers/<int:pk>/", protocols.detail, name="meeting-paper"),
    path("<slug:public_id>/papers/<int:pk>/add/", protocols.add, name="meeting-paper-add"),
    path("<slug:public_id>/papers/<int:pk>/instruction/", protocols.instruct, name="meeting-paper-instruct"),
    path("<slug:public_id>/papers/<int:pk>/mark/", protocols.mark, name="meeting-paper-mark"),
    path("<slug:public_id>/papers/<int:pk>/sign/", protocols.sign, name="meeting-paper-sign"),
    path("<slug:public_id>/papers/<int:pk>/correct/", protocols.correct, name="meeting-paper-correct"),
    path("<slug:public_id>/papers/<int:pk>/discard/", protocols.discard, name="meeting-paper-discard"),
    path("<slug:public_id>/items/<int:pk>/", items.confirm, name="meeting-item"),
    path("<slug:public_id>/items/<int:pk>/decide/", items.decide, name="meeting-item-decide"),
    path("<slug:public_id>/items/<int:pk>/change/", items.change, name="meeting-item-change"),
]
