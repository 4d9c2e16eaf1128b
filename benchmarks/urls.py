from django.urls import path

from alatau_portal.urls import *  # noqa: F403
from alatau_portal.urls import urlpatterns as portal
from benchmarks.plain import PlainProjects

urlpatterns = [path("plain/projects/", PlainProjects.as_view()), *portal]
