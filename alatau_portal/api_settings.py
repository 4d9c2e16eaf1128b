"""What settings.py says to the API's libraries."""

from typing import Any

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.BearerToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.Scopes"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.Json"],
    "DEFAULT_FILTER_BACKENDS": ["core.api.filters.FieldFilters"],
    "DEFAULT_PAGINATION_CLASS": "core.api.pagination.KeysetPagination",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "core.api.negotiation.Negotiation",
    "DEFAULT_THROTTLE_RATES": {"export": "60/min", "write": "300/min", "piece": "1200/min"},
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.PortalSchema",
    "EXCEPTION_HANDLER": "core.api.errors.handle",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Alatau City portal",
    "DESCRIPTION": (
        "Districts, projects, investors and instructions of Alatau City, Kazakhstan, and what sources say of them. "
        "Published data needs no token."
    ),
    "EXTERNAL_DOCS": {"description": "A first guide", "url": "/api/docs/guide.md"},
    "TAGS": [
        {"name": "root", "description": "Where everything is"},
        {"name": "changes", "description": "What is different since the caller last asked"},
        {"name": "districts", "description": "The four districts"},
        {"name": "projects", "description": "What is built"},
        {"name": "figures", "description": "Numbers that sources state"},
        {"name": "claims", "description": "What sources say besides numbers"},
        {"name": "investors", "description": "Who invests"},
        {"name": "enquiries", "description": "Questions of those who think of investing"},
        {"name": "organisations", "description": "Whoever instructs, executes, builds or invests"},
        {"name": "meetings", "description": "Meetings and working trips"},
        {"name": "instructions", "description": "What is to be done, by whom, by when"},
        {"name": "extensions", "description": "More time: asked for, decided, corrected"},
        {"name": "reporting-periods", "description": "Months and quarters of which reports are owed"},
        {"name": "progress-reports", "description": "What organisations say of projects period by period"},
        {"name": "figure-disputes", "description": "Figures that are contested, and what was decided"},
        {"name": "webhooks", "description": "Who is told of changes, and where"},
        {"name": "sources", "description": "The public texts that facts come from"},
        {"name": "legal-acts", "description": "The acts that found and shape the city"},
    ],
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVERS": [{"url": "/", "description": "this portal"}],
    "DEFAULT_GENERATOR_CLASS": "core.api.schema.EnglishGenerator",
    "POSTPROCESSING_HOOKS": ["core.api.schema.finish"],
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": "none"},
}
