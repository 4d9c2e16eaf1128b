"""Signing in, passwords, invitations. Of allauth only what people need here: nobody signs up by himself."""

from allauth.account import urls as allauth
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from accounts import views

WANTED = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

#: Django's form views take PUT for POST; nothing of ours sends it.
only_forms = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("invitation/<str:token>/", views.accept_invitation, name="invitation"),
    *(
        URLPattern(one.pattern, only_forms(one.callback), name=one.name)
        for one in allauth.urlpatterns
        if one.name in WANTED
    ),
]
