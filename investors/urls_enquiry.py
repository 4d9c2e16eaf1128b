"""The way of an enquiry: three steps, the receipt, and how far it is."""

from django.urls import path

from investors import enquiring

urlpatterns = [
    path("", enquiring.enquiry, name="enquiry"),
    path("done/<str:token>/", enquiring.done, name="enquiry-done"),
    path("status/<str:token>/", enquiring.status, name="enquiry-status"),
]
