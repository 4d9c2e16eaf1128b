from django.urls import path

from investors import views

urlpatterns = [
    path("", views.register, name="investor-list"),
    path("<slug:code>/", views.detail, name="investor"),
]
