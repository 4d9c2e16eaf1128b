"""Two variables more of environment.py: who may ask for the metrics, and whom to tell of a weakness.

Standard library only, as there. `given` is environment._Given.
"""

import re
from typing import Any

MAIL = r"(mailto:)?[^\s@:/]+@[^\s@/]+\.[^\s@/]+"


def metrics_token(given: Any) -> str:
    """What a collector on another machine shows; without it the metrics are for this machine alone."""
    value = str(given.text("METRICS_TOKEN"))
    if value and not re.fullmatch(r"[!-~]{32,200}", value):
        raise SystemExit("METRICS_TOKEN is not usable: give 32 to 200 random letters and digits.")
    return value


def security_contact(given: Any) -> str:
    """As security.txt names it (RFC 9116, 2.5.3); empty where nobody was named."""
    value = str(given.text("SECURITY_CONTACT"))
    if value and not re.fullmatch(rf"https://[^\s/]+(/\S*)?|tel:\+[0-9-]+|{MAIL}", value):
        raise given._refuse(
            "SECURITY_CONTACT", "give an e-mail address, tel:+7… or the https:// address of a page."
        )
    return value if not value or ":" in value else f"mailto:{value}"
