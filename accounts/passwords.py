"""What a password is not made of, besides Django's own rules (docs/sign-in.md, "Passwords")."""

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

#: Whoever guesses at this house begins with these, in any order and with a year behind them.
HOUSE = (
    *("alatau", "алатау", "almaty", "алматы", "konaev", "конаев", "қонаев", "qonaev"),
    *("kazakhstan", "qazaqstan", "казахстан", "қазақстан", "astana", "астана"),
    *("portal", "портал", "office", "leadership", "executor", "investor", "инвестор", "auditor"),
    *("akimat", "акимат", "әкімдік", "admin", "админ", "password", "пароль", "құпиясөз"),
    *("district", "golden", "growing", "green", "gate", "city", "сити", "қала", "город"),
)
#: So many letters beside the words of the house are needed.
BESIDE = 8
_HOUSE = re.compile("|".join(sorted(HOUSE, key=len, reverse=True)))


class Guessable(CommonPasswordValidator):
    """Neither one of the most common passwords, nor two of them in a row, nor words of the house and little else. Few
    of the common ones have twelve letters, but many a person doubles a shorter one."""

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        typed = password.lower().strip()
        is_two = any(
            typed[:at] in self.passwords and typed[at:] in self.passwords for at in range(1, len(typed))
        )
        if is_two or len(_HOUSE.sub("", typed)) < BESIDE:
            raise ValidationError(self.get_error_message(), code="password_too_common")
