#!/usr/bin/env python
"""Django's commands, on the servers of DATA_DIR or of DATABASE_URL."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        raise SystemExit(
            "Django is not installed here: use .venv/bin/python, which `make run` makes."
        ) from None
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
