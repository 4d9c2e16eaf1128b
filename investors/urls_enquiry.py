"""The way of an enquiry: three steps, the receipt, and how far it is."""

from django.urls import path

from investors import enquiring

urlpatterns = [
    path("status/<str:token>/", enquiring.status, name="enquiry-status"),
]
