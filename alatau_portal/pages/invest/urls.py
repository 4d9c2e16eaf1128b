"""Addresses of the pages for investors, below /<language>/invest/."""

from django.urls import path

from alatau_portal.pages.invest import compare, fitting, opportunities, plot, register

urlpatterns = [
    path("", register.register, name="invest"),
    path("plots.geojson", register.geojson, name="invest.geojson"),
    path("plots/<slug:public_id>/", plot.detail, name="invest-plot"),
    path("opportunities/", opportunities.register, name="invest-opportunities"),
    path("opportunities/<slug:public_id>/", opportunities.detail, name="invest-opportunity"),
    path("compare/", compare.compare, name="invest-compare"),
    path("shortlist/", compare.shortlist, name="invest-shortlist"),
    path("match/", fitting.page, name="invest-match"),
]
