"""The portal with one address more: what it is measured against."""

from alatau_portal.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
