"""What webhooks look like in the OpenAPI file."""

from drf_spectacular.utils import OpenApiExample

from core.api.examples import API, CHANGED

WATCHES = [
    {"resource": "instructions", "field": "state", "to": "in_execution"},
    {"resource": "projects"},
]
_WEBHOOK = {
    "url": f"{API}/webhooks/ALT-W-0001/",
    "public_id": "ALT-W-0001",
    "owner": "Айгүл Серікқызы",
    "target": "https://example.kz/hooks/alatau",
    "watches": WATCHES,
    "state": "active",
    "failing_since": None,
    "former_until": None,
    "waiting": 1,
    "dead": 0,
    "created_at": "2026-03-15T09:30:00+05:00",
    **CHANGED,
}
WEBHOOK = OpenApiExample("Webhook", _WEBHOOK, response_only=True)
WITH_SECRET = OpenApiExample(
    "WebhookWithSecret",
    {**_WEBHOOK, "secret": "whsec_bm90IGEgc2VjcmV0LCBvbmx5IGFuIGV4YW1wbGU6IDMyIA=="},
    response_only=True,
)
DELIVERY = OpenApiExample(
    "Delivery",
    {
        "message": "msg_0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "type": "instruction.changed",
        "resource": "instructions",
        "id": "ALT-I-0001",
        "state": "failed",
        "tries": 2,
        "created_at": "2026-03-15T09:30:00+05:00",
        "next_try_at": "2026-03-15T09:36:00+05:00",
        "delivered_at": None,
        "response_status": 503,
        "error": "HTTP 503",
        "duration_ms": 84,
    },
    response_only=True,
)
ADD = OpenApiExample(
    "Add", {"target": "https://example.kz/hooks/alatau", "watches": WATCHES}, request_only=True
)
REPLAY = OpenApiExample("Replay", {"since": "2026-03-15T09:30:00+05:00"}, request_only=True)
