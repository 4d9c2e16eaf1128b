"""The portal with two addresses more: what it is measured against."""

from alatau_portal.settings import *  # noqa: F403
from alatau_portal.settings import MIDDLEWARE as PORTAL

ROOT_URLCONF = "benchmarks.urls"
MIDDLEWARE = ["benchmarks.plain.ManyBytes", *PORTAL]
