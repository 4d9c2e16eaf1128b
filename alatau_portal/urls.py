"""Every address of the portal. Pages stand under their language; what programs read does not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from alatau_portal import health
from alatau_portal.pages import about, district, home, project

urlpatterns = [
    path("", home.choose_language, name="root"),
    path("health/ready", health.ready, name="health-ready"),
    path("api/", include("alatau_portal.api")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),  # the admin's language switch
]

urlpatterns += i18n_patterns(
    path("", home.home, name="home"),
    path("districts/<slug:code>/", district.detail, name="district"),
    path("projects/", project.register, name="project-list"),
    path("projects/<slug:public_id>/", project.detail, name="project"),
    path("investors/", include("investors.urls")),
    path("about-data/", about.data, name="about-data"),
    path("accounts/", include("accounts.urls")),
)

handler400 = "alatau_portal.errors.bad_request"
handler403 = "alatau_portal.errors.forbidden"
handler404 = "alatau_portal.errors.not_found"
handler500 = "alatau_portal.errors.broken"
