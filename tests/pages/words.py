"""Addresses that several tests read."""

from districts.models import Project

PAGES = [
    "/",
    "/districts/gate/",
    "/districts/golden/",
    "/districts/growing/",
    "/districts/green/",
    "/districts/compare/",
    "/projects/",
    "/investors/",
    "/invest/",
    "/invest/opportunities/",
    "/invest/match/",
    "/about-data/",
    "/open-data/",
    "/figures/city/area/",
    "/figures/golden/area/",
    "/figures/published/",
    "/figures/difference/",
    "/figures/difference/?from=2025-01-01&to=2026-02-01&measure=investment",
    "/legal-acts/",
    "/timeline/",
    "/timeline/?district=gate",
    "/changes/",
    "/search/?q=қала",
    "/search/?q=zzz",
    "/accessibility/",
    "/privacy/",
]


def project_page(code: str, language: str = "kk") -> str:
    return f"/{language}/projects/{Project.objects.get(code=code).public_id}/"
