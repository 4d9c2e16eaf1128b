from django.urls import include, path

from accounts import views

urlpatterns = [
    path("invitation/<str:token>/", views.accept_invitation, name="invitation"),
    path("", include("allauth.account.urls")),
]
