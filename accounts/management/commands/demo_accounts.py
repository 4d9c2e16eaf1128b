"""Demo accounts of the embedded mode."""

import json
import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.services import make_demo_accounts


class Command(BaseCommand):
    help = (
        "Makes the demo accounts that are missing and writes them to DATA_DIR/demo-accounts.json (mode 0600)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                "Demo accounts are for the embedded mode: use createsuperuser and invitations."
            )
        path = settings.DATA_DIR / "demo-accounts.json"
        known = json.loads(path.read_text()) if path.exists() else []
        if made := make_demo_accounts():
            fresh = path.with_suffix(".new")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(known + made, file, ensure_ascii=False, indent=2)
            fresh.replace(path)
        self.stdout.write(f"Demo accounts: {path}")
