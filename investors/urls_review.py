"""Enquiries in the hands of the office."""

from django.urls import path, re_path

from investors import reviewing

_RECEIPT = r"(?P<receipt>[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/"

urlpatterns = [
    path("", reviewing.queue, name="review-enquiries"),
    re_path(rf"^{_RECEIPT}$", reviewing.detail, name="review-enquiry"),
    re_path(rf"^{_RECEIPT}file/$", reviewing.file, name="review-enquiry-file"),
    re_path(rf"^{_RECEIPT}(?P<verb>[a-z]+)/$", reviewing.verb, name="review-enquiry-verb"),
]
