"""`Idempotency-Key`: a request that changes something, sent again, is done once and answered as it was.

The answer is written in the transaction of the change: where there is one there is the other, whatever dies between
them. Who is at it holds an advisory lock, which ends with his transaction: nothing is to be taken over after a crash.
A refusal is not kept, because it changed nothing: sent again it is judged again. What the caller had read (`If-Match`)
is no part of what he says: sent again it is answered as it was, whatever became of the object since.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from core import rates
from core.api.errors import Problem
from core.models import IdempotencyRecord

KEPT_FOR = timedelta(hours=24)
#: Visible ASCII; an UUID is the usual one.
KEY = r"[\x21-\x7e]{1,200}"
REPLAYED = "Idempotency-Replayed"
#: Of an answer, what is not the same for whatever is answered.
KEPT = ("Location", "Content-Location", "ETag")


class ShownOnce(dict[str, Any]):
    """An answer with a secret that is shown this once: the same request, sent again, is told null in its place."""

    def __init__(self, told: Mapping[str, Any], **secrets: str) -> None:
        super().__init__(told, **secrets)
        self.told = told
        self.kept = {**told, **dict.fromkeys(secrets)}


def told(shown: Any) -> Any:
    """As a GET answers, without what is shown this once."""
    return shown.told if isinstance(shown, ShownOnce) else shown


def once(request: Request, perform: Callable[[], Response]) -> Response:
    """What `perform` answers; what it answered before, where the same caller said the same under the same key.

    Problem: 400 for a key that is none, 409 while the first request runs, 422 where it said something else.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return perform()
    if not re.fullmatch(KEY, key, re.ASCII):
        detail = _("“Idempotency-Key” has 1 to 200 letters, digits and signs of ASCII, without spaces.")
        raise Problem(400, "invalid_key", detail)
    with transaction.atomic():
        return _once(request, key, perform)


def _once(request: Request, key: str, perform: Callable[[], Response]) -> Response:
    known: dict[str, Any] = {
        "client": getattr(request.user, "ledger_name", "") or _visitor(request),
        "key": key,
        "method": request.method,
        "path": request.path[:300],
    }
    if not _is_first(known):
        raise Problem(
            409, "still_running", _("The same request is being answered at this moment: try again.")
        )
    said = _digest(request)
    before = IdempotencyRecord.objects.filter(**known, expires_at__gt=timezone.now()).first()
    if before is None:
        answer = perform()
        _keep(known, said, answer)
        return answer
    if before.request_hash != said:
        detail = _("This “Idempotency-Key” came with another request: a new request takes a new key.")
        raise Problem(422, "key_reused", detail)
    told = json.loads(before.body) if before.body else None
    return Response(told, before.status, headers=before.headers | {REPLAYED: "true"})


def _visitor(request: Request) -> str:
    """Somebody without a name: whoever sends from the same address. Kept as a hash."""
    return f"visitor:{rates.hashed(rates.address_of(request))[:32]}"


def _is_first(known: Mapping[str, Any]) -> bool:
    """Whether nobody else is at it; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", ["\n".join(known.values())]
        )
        return bool(cursor.fetchone()[0])


def _digest(request: Request) -> str:
    """Of what is said: JSON whatever its spaces and the order of its names, a form with the bytes of its files."""
    said = sha256(request.META["QUERY_STRING"].encode() + b"\n")
    if not request.content_type.startswith("multipart/"):
        said.update(json.dumps(request.data, sort_keys=True).encode())
        return said.hexdigest()
    for name in sorted(request.data):
        for part in request.data.getlist(name):
            said.update(json.dumps([name, getattr(part, "name", None) or str(part)]).encode())
            if hasattr(part, "chunks"):
                for piece in part.chunks():
                    said.update(sha256(piece).digest())
                part.seek(0)
    return said.hexdigest()


def _keep(known: Mapping[str, Any], said: str, answer: Response) -> None:
    """What is over under the same key gives way."""
    data = getattr(answer.data, "kept", answer.data)
    kept = {
        "request_hash": said,
        "status": answer.status_code,
        "body": "" if data is None else JSONRenderer().render(data).decode(),
        "headers": {name: answer[name] for name in KEPT if name in answer},
        "expires_at": timezone.now() + KEPT_FOR,
    }
    IdempotencyRecord.objects.update_or_create(**known, defaults=kept)
