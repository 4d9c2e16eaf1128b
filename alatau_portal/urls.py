"""Every address of the portal. Pages stand under their language; what programs read does not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from accounts.views import identity
from alatau_portal import health
from alatau_portal.pages import (
    about,
    access,
    changes,
    comparing,
    contesting,
    district,
    documents,
    factsheet,
    feeds,
    figure_differences,
    figures,
    home,
    legal,
    open_data,
    open_data_files,
    personal_data,
    progress_paper,
    project,
    projects,
    publications,
    published_figures,
    search,
    see_as,
    service,
    share,
    site_map,
    styleguide,
    timeline,
    translations,
)
from alatau_portal.pages.room import desk as requests_desk
from alatau_portal.pages.room import home as room
from alatau_portal.pages.room import requests as room_requests
from alatau_portal.seeing import metrics
from alatau_portal.seeing import page as ops
from tasks.urls_reporting import report_patterns, review_patterns
from tasks.views import terms

urlpatterns = [
    path("", home.choose_language, name="root"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", metrics.page, name="metrics"),
    path("api/", include("alatau_portal.api")),
    path("admin/", admin.site.urls),
    path("robots.txt", service.robots, name="robots"),
    path(".well-known/security.txt", service.security, name="security"),
    path("sitemap.xml", site_map.site_map, name="sitemap"),
    re_path(r"^feeds/changes\.(kk|ru|en)\.xml$", feeds.changes, name="changes-feed"),
    re_path(r"^feeds/terms/([-A-Za-z0-9_]{43})\.ics$", terms.feed, name="terms-feed"),
    re_path(
        r"^share/(?P<kind>home|district|project|plot|opportunity)/(?P<key>[-\w]+)\.(?P<language>kk|ru|en)\.png$",
        share.picture,
        name="share-picture",
    ),
    re_path(
        r"^open-data/(?P<day>\d{4}-\d\d-\d\d)/(?P<name>[a-z0-9.]+)\Z",
        open_data_files.permanent,
        name="open-data-copy",
    ),
    re_path(r"^open-data/(?P<name>[a-z0-9]+[.][a-z0-9.]+)\Z", open_data_files.current, name="open-data-file"),
    path(
        "accounts/identity/callback/", identity.callback, name="oidc-callback"
    ),  # the provider knows one address
    path("i18n/", include("django.conf.urls.i18n")),  # the admin's language switch
]

urlpatterns += i18n_patterns(
    path("", home.home, name="home"),
    path("districts/compare/", comparing.districts, name="district-compare"),
    path("districts/<slug:code>/", district.detail, name="district"),
    re_path(
        r"^districts/(?P<code>[-\w]+)/factsheet\.(?P<form>pdf|docx)$",
        factsheet.file,
        name="district-factsheet",
    ),
    path("documents/<slug:public_id>/", documents.download, name="document"),
    path("projects/", projects.register, name="project-list"),
    path("projects/<slug:public_id>/", project.detail, name="project"),
    re_path(
        r"^projects/(?P<public_id>[-\w]+)/progress\.(?P<form>pdf|docx)$",
        progress_paper.file,
        name="project-progress",
    ),
    path("investors/", include("investors.urls")),
    path("invest/enquiry/", include("investors.urls_enquiry")),
    path("invest/", include("alatau_portal.pages.invest.urls")),
    path("control/", include("tasks.urls")),
    path("meetings/", include("tasks.urls_meetings")),
    path("report/", include(report_patterns)),
    path("review/requests/", requests_desk.queue, name="review-requests"),
    path("review/requests/new/", requests_desk.new, name="review-request-new"),
    path("review/requests/<slug:public_id>/", requests_desk.detail, name="review-request"),
    path("review/translations/", translations.page, name="review-translations"),
    path("review/personal-data/", personal_data.page, name="personal-data"),
    path("review/personal-data/person/", personal_data.person, name="personal-data-person"),
    path("review/see-as/", see_as.page, name="see-as"),
    path("review/enquiries/", include("investors.urls_review")),
    path("review/publications/", publications.queue, name="review-publications"),
    path("review/publications/<int:pk>/", publications.detail, name="review-publication"),
    path("review/", include(review_patterns)),
    path("room/", room.room, name="room"),
    path("room/requests/new/", room_requests.new, name="room-new"),
    path("room/requests/<slug:public_id>/", room_requests.detail, name="room-request"),
    path("room/requests/<slug:public_id>/files/<int:pk>/", room_requests.file, name="room-file"),
    path(
        "room/requests/<slug:public_id>/files/<int:pk>/release/",
        room_requests.release,
        name="room-file-release",
    ),
    path("about-data/", about.data, name="about-data"),
    path("figures/published/", published_figures.register, name="published-figures"),
    path("figures/difference/", figure_differences.difference, name="figure-difference"),
    path("open-data/", open_data.page, name="open-data"),
    path("figures/<slug:subject>/<slug:measure>/", figures.detail, name="figure"),
    path("figures/<slug:subject>/<slug:measure>/dispute/", contesting.form, name="figure-dispute"),
    path("legal-acts/", legal.register, name="legal-acts"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("changes/", changes.changes, name="changes"),
    path("search/", search.search, name="search"),
    path("accessibility/", service.accessibility, name="accessibility"),
    path("privacy/", service.privacy, name="privacy"),
    path("accounts/access/", access.page, name="access"),
    re_path(r"^accounts/access\.(?P<form>csv|xlsx)$", access.file, name="access-file"),
    path("accounts/", include("accounts.urls")),
    path("ops/", ops.page, name="ops"),
    path("ops/runbook/", ops.book, name="ops-runbook"),
    path("styleguide/", styleguide.guide, name="styleguide"),
    path("styleguide/<slug:section>/", styleguide.guide, name="styleguide-section"),
)

handler400 = "alatau_portal.errors.bad_request"
handler403 = "alatau_portal.errors.forbidden"
handler404 = "alatau_portal.errors.not_found"
handler429 = "alatau_portal.errors.too_many"  # asked for by allauth
handler500 = "alatau_portal.errors.broken"
