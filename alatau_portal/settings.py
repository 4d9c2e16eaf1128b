"""One settings file; what differs between installations comes from the environment (environment.py)."""

from pathlib import Path

from whitenoise.compress import Compressor

from alatau_portal import embedded, environment
from alatau_portal.admin_look import UNFOLD as UNFOLD
from alatau_portal.api_settings import REST_FRAMEWORK as REST_FRAMEWORK
from alatau_portal.api_settings import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from alatau_portal.database_settings import connection
from alatau_portal.header_settings import *  # noqa: F403
from alatau_portal.sign_in_settings import *  # noqa: F403
from alatau_portal.sign_in_settings import identity_providers
from alatau_portal.work_settings import *  # noqa: F403
from core import logs

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = environment.read()
embedded.ensure(ENV)

DEBUG = False
SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = ENV.former_secret_keys
ALLOWED_HOSTS = ENV.allowed_hosts
PUBLIC_URL = ENV.public_url
EMBEDDED = ENV.embedded
OC4IDS_PREFIX = ENV.oc4ids_prefix
DATA_DIR = ENV.data_dir
#: Off: browsers give back the shell of the filing wizard that they keep for when there is no network.
WIZARD_OFFLINE = ENV.wizard_offline
HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "alatau_portal",
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "django_filters",
    "django_htmx",
    "import_export",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "core",
    "accounts",
    "districts",
    "investors",
    "tasks",
]

MIDDLEWARE = [
    "core.middleware.Alive",
    "core.middleware.Encrypted",
    "core.repeating.Again",
    "core.api.serving.StoredAnswers",
    "alatau_portal.seeing.requests.Observed",
    "alatau_portal.middleware.Headers",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alatau_portal.middleware.PackedPages",
    "alatau_portal.middleware.NotModified",
    "alatau_portal.middleware.Policies",
    "core.middleware.Private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "alatau_portal.pages.language.RememberLanguage",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "alatau_portal.errors.Sized",
    "accounts.middleware.Presence",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
    "alatau_portal.errors.NotAllowed",
    "alatau_portal.errors.TooOften",
    "core.middleware.AsOf",
]

ROOT_URLCONF = "alatau_portal.urls"
WSGI_APPLICATION = "alatau_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alatau_portal.context.portal",
            ],
            "builtins": [
                "alatau_portal.templatetags.portal",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]


DATABASES = {"default": connection(ENV.database_url, "web" if ENV.pooled else "work", ENV.web_threads)}
#: As who migrates (core.roles.as_owner).
OWNER_DATABASE = connection(ENV.owner_database_url, "owner")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "core.cache.ForgivingRedisCache",
        "LOCATION": ENV.cache_url,
        "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 0.5},
    }
    if ENV.cache_url
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "alatau_portal" / "library_locale"]
FORMAT_MODULE_PATH = ["alatau_portal.formats"]
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "django_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "Asia/Almaty"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
SCANNER_URL = ENV.scanner_url
FILES_DIR = ENV.files_dir
STORAGES = {
    "default": {"BACKEND": "core.storage.WholeFiles", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {"BACKEND": "alatau_portal.static_storage.HashedModules"},
}
#: To compress the source maps of libraries would take the better part of a minute at the first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

SECURITY_CONTACT = ENV.security_contact
METRICS_TOKEN = ENV.metrics_token

MFA_ROLES = ENV.mfa_roles
#: Empty: nobody signs in through another house.
OIDC = ENV.oidc
SOCIALACCOUNT_PROVIDERS = identity_providers(OIDC)

#: Limits by address count the visitor's, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = REST_FRAMEWORK["NUM_PROXIES"] = 1 if HTTPS else 0
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a message may show a token once

SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 8 * 3600  # without a request; accounts.middleware.Presence keeps the time
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-s", "__Host-csrf") if HTTPS else ("s", "csrf")
KNOWN_COOKIE_NAME = "__Host-known" if HTTPS else "known"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "alatau_portal.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [
    *(r"^health/", r"^metrics$"),  # asked by the machine itself, without a proxy
    r"^api/v1/",  # refused in the clear (core.middleware.Encrypted)
]
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_PERMISSIONS = 0o640

#: Webhooks call the public internet alone; on: this machine too, for trying them out (embedded mode only).
OUTWARD_LOOPBACK = ENV.webhook_loopback

#: An enquiry of an investor is answered within so many working days.
ENQUIRY_DAYS = 5

MAILERS = {"default": ENV.mailer}
DEFAULT_FROM_EMAIL = ENV.mail_from

CELERY_BROKER_URL = ENV.redis_url or "memory://"

#: Where it runs for real a collector reads the log, where it is tried out a person does.
LOGGING = logs.configuration(as_json=not EMBEDDED)
