"""`granian --interface wsgi benchmarks.wsgi:application`: the portal as it is served, and the plain page beside it."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

from alatau_portal.wsgi import application as application
