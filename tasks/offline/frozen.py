"""What was there when a file was made, signed by the portal: who owes what, and how it was written then.

    {"form": 1, "period": "2026-01", "title": "January 2026", "language": "kk", "made": "2026-02-03T09:00:00+00:00",
     "projects": [
        {"project": "ALT-P-0001", "name": "…", "organisation": "almaty", "client_uuid": "…", "base": 3 or null,
         "draft": {fields, see shape.py}, "last": {fields}, "last_period": "December 2025", "plan": {metric: number},
         "milestones": [{"code", "name", "forecast"}]}]}

The draft travels with its version, so that of three texts (as it was, as it is, as it was typed) one can be chosen.
"""

import json
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from core.exceptions import DomainError

#: Of what is in the files; another one is another number, and old files say so.
FORM = 1
SALT = "tasks.offline.frozen"

type Frozen = dict[str, Any]


class BadBundle(DomainError):
    """The file cannot be taken; the text says why and what to do."""

    code = "bad_bundle"


def canonical(frozen: Frozen) -> str:
    """The same text for the same facts, whatever wrote them in between."""
    return json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sign(frozen: Frozen) -> str:
    return Signer(salt=SALT).signature(canonical(frozen))


def checked(frozen: Any, signature: Any) -> Frozen:
    """The frozen part, if this portal has signed it as it stands and still understands it."""
    if not isinstance(frozen, dict) or not isinstance(signature, str):
        raise BadBundle(
            _("This is not a file of reports, or a part of it is missing: send it as it was saved.")
        )
    try:
        is_ours = constant_time_compare(sign(frozen), signature)
    except (BadSignature, ValueError, RecursionError):
        is_ours = False
    if not is_ours:
        raise BadBundle(
            _(
                "The signature does not fit: the file was changed on the way, or it is not ours. Download it again."
            )
        )
    if frozen.get("form") != FORM:
        raise BadBundle(
            _("The file is of an older form: download it again and copy over what you have typed.")
        )
    return frozen
