"""Pages of the control of execution, under /control/."""

from django.urls import path

from tasks.views import card, files, register, verbs

urlpatterns = [
    path("register/", register.page, name="control-register"),
    path("<slug:public_id>/", card.detail, name="instruction"),
    path("<slug:public_id>/files/<int:pk>/", files.download, name="instruction-file"),
    path("<slug:public_id>/<slug:verb>/", verbs.page, name="instruction-verb"),
]
