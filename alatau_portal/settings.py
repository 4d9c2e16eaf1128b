"""One settings file; what differs between installations comes from the environment (environment.py)."""

from pathlib import Path
from typing import Any

from django.utils.csp import CSP
from psycopg.conninfo import conninfo_to_dict
from whitenoise.compress import Compressor

from alatau_portal import embedded, environment
from alatau_portal.admin_look import UNFOLD as UNFOLD
from alatau_portal.api_settings import REST_FRAMEWORK as REST_FRAMEWORK
from alatau_portal.api_settings import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from alatau_portal.work_settings import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = environment.read()
embedded.ensure(ENV)

DEBUG = False
SECRET_KEY = ENV.secret_key
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
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
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
    "core.repeating.Again",
    "core.api.serving.StoredAnswers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alatau_portal.middleware.PackedPages",
    "alatau_portal.middleware.NotModified",
    "alatau_portal.middleware.AdminPolicy",
    "core.middleware.Private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "alatau_portal.pages.language.RememberLanguage",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
    "alatau_portal.errors.NotAllowed",
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


def _database(url: str) -> dict[str, Any]:
    """Django's words for a PostgreSQL URL. Web processes keep a pool; workers and commands one connection."""
    parts = conninfo_to_dict(url)
    limits = "-c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
    if ENV.pooled:  # a visitor does not wait longer; a migration or a load may
        limits += " -c statement_timeout=15000"
    options: dict[str, Any] = {"connect_timeout": 3, "options": limits}
    for name in ("sslmode", "sslrootcert"):
        if name in parts:
            options[name] = parts[name]
    if ENV.pooled:
        options["prepare_threshold"] = 2  # of core.prepared alone: Django's own cursors never prepare
        options["pool"] = {
            "min_size": 1,
            "max_size": max(4, ENV.web_threads),
            "timeout": 8,  # a killed database is back sooner; who waits longer is told to come again
            "max_lifetime": 1800,
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "CONN_MAX_AGE": 0 if ENV.pooled else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DATABASES = {"default": _database(ENV.database_url)}
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
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "Asia/Almaty"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
SCANNER_URL = ENV.scanner_url
FILES_DIR = Path(ENV.storage_url.removeprefix("file://")) if ENV.storage_url else DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "core.storage.WholeFiles", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {"BACKEND": "alatau_portal.static_storage.HashedModules"},
}
#: To compress the source maps of libraries would take the better part of a minute at the first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.PortalAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # they would be sent a sign-up link
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600

MFA_ROLES = ENV.mfa_roles
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.ConfirmCodeForm",
    "activate_totp": "accounts.forms.ActivateForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.NamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Alatau City"
MFA_TOTP_TOLERANCE = 1  # a code typed slowly; accounts.forms sees to it that none works twice
MFA_RECOVERY_CODES_SHOW_ONCE = True

#: Limits by address count the visitor's, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = REST_FRAMEWORK["NUM_PROXIES"] = 1 if HTTPS else 0
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a message may show a token once

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-s", "__Host-csrf") if HTTPS else ("s", "csrf")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "alatau_portal.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
#: Unfold's Alpine compiles expressions: it needs eval and inline styles, under /admin/ only (decisions.md 2).
ADMIN_CSP = SECURE_CSP | {
    "script-src": [CSP.SELF, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
}
#: Swagger UI writes styles into its own page.
DOCS_CSP = SECURE_CSP | {"style-src": [CSP.SELF, CSP.UNSAFE_INLINE], "script-src": [CSP.SELF, CSP.NONCE]}

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

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        **{name: {"level": "ERROR"} for name in ("weasyprint", "weasyprint.progress", "fontTools")},
    },
}
