"""What a user or an API client may see."""

import json
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError

from alatau_portal import sight
from core import access
from core.choices import AccessKind


class Machine(NamedTuple):
    """Whoever sits at the console of the server."""

    ledger_name: str = "system:see_as"


class Command(BaseCommand):
    help = "What this user or API client may see in each register, as counts and ids. The look is kept."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("who", metavar="USER", help="a user name, user:7, client:3, or anonymous")
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = sight.find(options["who"])
        except LookupError as error:
            raise CommandError(str(error)) from error
        eyes = sight.whose_eyes(found)
        told = {
            "who": sight.called(found),
            "name": str(found),
            "role": getattr(eyes, "role", None),
            "organisation": getattr(getattr(eyes, "organisation", None), "code", None),
            "active": sight.comes_in(found),
            "registers": [
                {"register": seen.name, "count": len(ids), "ids": ids}
                for seen in sight.seen_by(eyes)
                for ids in [seen.ids()]
            ],
        }
        access.log(Machine(), found if found.pk else None, AccessKind.OPEN, purpose=f"see_as {told['who']}")
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _text(told))


def _text(told: dict[str, Any]) -> str:
    active = "" if told["active"] else ", not active"
    lines = [
        f"{told['who']} ({told['role'] or 'visitor'}, {told['organisation'] or 'no organisation'}{active})"
    ]
    for one in told["registers"]:
        lines.append(f"{one['register']:20} {one['count']:6}  {' '.join(one['ids'])}".rstrip())
    return "\n".join(lines)
