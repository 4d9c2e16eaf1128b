"""How the lists of words of this reader become regular expressions over folded text."""

import re


def whole(*alternatives: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Any of these, as whole words; an alternative may span several words and use the syntax of regular expressions."""
    return re.compile(rf"(?<!\w){before}(?:{'|'.join(alternatives)}){after}(?!\w)")


def either(*alternatives: str) -> re.Pattern[str]:
    """Any of these, wherever it stands."""
    return re.compile("|".join(alternatives))
