"""The portal on the database of a test, for a web server that is no part of it."""

import os

from alatau_portal.settings import *  # noqa: F403
from alatau_portal.settings import DATABASES, STORAGES

DATABASES["default"]["NAME"] = os.environ["HOSTILE_DATABASE"]
STORAGES["default"]["OPTIONS"]["location"] = os.environ["HOSTILE_FILES"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
