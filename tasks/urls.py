"""Pages of the control of execution, under /control/."""

from django.urls import path

from tasks.views import card

urlpatterns = [
    path("<slug:public_id>/", card.detail, name="instruction"),
]
