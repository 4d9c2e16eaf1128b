"""The admin's door: who is not signed in goes to the portal's own sign-in, and so does a change of password."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.views.generic import RedirectView

from alatau_portal import admin_open_data as admin_open_data
from alatau_portal.admin_search import search

admin.site.login = secure_admin_login(admin.site.login)
admin.site.password_change = RedirectView.as_view(pattern_name="account_change_password")
admin.site.search = search
