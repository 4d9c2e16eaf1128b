"""What settings.py says of the headers that keep a page to itself (docs/reliability.md, "Headers")."""

from django.utils.csp import CSP

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

#: What the portal asks of a device: where a photograph was taken, and passkeys. All else is off.
_ASKED = ("geolocation", "publickey-credentials-get", "publickey-credentials-create")
_OFF = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "gyroscope"),
    *("hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "serial"),
    *("screen-wake-lock", "usb", "xr-spatial-tracking", "browsing-topics"),
)
#: Of every answer, whoever makes it: a page, a file, a redirect, an error.
ANSWER_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": X_FRAME_OPTIONS,
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [*(f"{name}=(self)" for name in _ASKED), *(f"{name}=()" for name in _OFF)]
    ),
}

#: No page has a script or a style of its own in it, so that none needs a nonce.
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
DOCS_CSP = SECURE_CSP | {"style-src": [CSP.SELF, CSP.UNSAFE_INLINE]}
#: What is downloaded runs nothing, even where a browser shows it after all.
FILE_CSP = {name: [CSP.NONE] for name in ("default-src", "base-uri", "frame-ancestors")} | {"sandbox": True}
