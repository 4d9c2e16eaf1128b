"""What strangers may write, field by field: whatever door it comes through, it is looked at here."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _

from accounts.bin import is_bin
from core.countries import to_choose

#: Characters of each.
LONGEST = {
    "organisation_name": 200,
    "website": 200,
    "person_name": 200,
    "position": 200,
    "email": 254,
    "phone": 40,
    "text": 5000,
}
#: Of the optional file, in bytes: a stranger sends less than a colleague.
LARGEST_FILE = 10 * 2**20
LARGEST = {"hectares": 88_000, "power_mw": 10_000, "water_m3_day": 1_000_000, "jobs": 200_000}
_PHONE = re.compile(r"\+?[0-9 ()./-]{5,39}", re.ASCII)
_TWELVE = re.compile(r"(?<![0-9])[0-9]{12}(?![0-9])", re.ASCII)
#: Signs that are not seen, as a class of a regular expression reads them: control characters, line ends of another
#: kind, and letters that turn the direction of a line and so make it read otherwise than it is.
HIDDEN = (
    "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u2028\\u2029"
    "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"
)
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SEEN = re.compile(r"[^\s\u2060\ufeff]")


def normal(text: str) -> str:
    """As it is kept: composed, without spaces around it, with one kind of line end."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()


def fault_of_words(text: str, longest: int, lines: bool = False) -> str:
    """Why this text cannot be kept, or nothing. Only where there are `lines`, it may have several."""
    allowed = "\r\n\t" if lines else ""
    if any(c in _TURNS for c in text):
        return _("The text holds a hidden sign that turns its direction: type it anew.")
    if any(c in "\u2028\u2029\x85" for c in text) or (not lines and any(c in "\r\n" for c in text)):
        return _("This field takes one line: remove the line break.")
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in allowed for c in text):
        return _("The text holds a character that cannot be kept: type it anew.")
    if not _SEEN.search(text):
        return _("Write a text that is not only spaces.")
    if len(text) > longest:
        return _("The text is longer than %(longest)s characters: shorten it.") % {"longest": longest}
    return ""


def fault_of_bin(number: str) -> str:
    """Why this is no BIN; a number of a person is refused without being repeated."""
    if looks_personal(number):
        return _(
            "This looks like the personal number (IIN) of a person: we do not take it. "
            "Give the BIN of the company or leave the field empty."
        )
    if not is_bin(number) or number[4] not in "456":
        return _("The BIN has 12 digits, the last a check digit: look at it again.")
    return ""


def looks_personal(number: str) -> bool:
    """Twelve digits that begin with a day of birth (the fifth is 0 to 3, of a company 4 to 6) and add up."""
    return is_bin(number) and number[4] in "0123"


def holds_personal_number(text: str) -> bool:
    return any(looks_personal(found) for found in _TWELVE.findall(text))


def _fault_of_email(text: str) -> str:
    try:
        EmailValidator()(text)
    except ValidationError:
        return _("Write an e-mail address such as name@company.com.")
    return ""


def _fault_of_phone(text: str) -> str:
    if _PHONE.fullmatch(text):
        return ""
    return _("Write the phone number with digits, such as +7 701 000 00 00.")


def _fault_of_website(text: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return _("Write the address of the website, such as https://company.com.")
    return ""


def _fault_of_country(code: str) -> str:
    return "" if code in dict(to_choose("kk")) else _("Choose the country from the list.")


_FAULTS: dict[str, Callable[[str], str]] = {
    "email": _fault_of_email,
    "phone": _fault_of_phone,
    "website": _fault_of_website,
    "bin": fault_of_bin,
    "country": _fault_of_country,
}


def fault_of(name: str, value: Any) -> str:
    """Why this column of an enquiry cannot hold the value, or nothing. What is empty has no fault."""
    if value is None or value == "":
        return ""
    if name in LONGEST and (fault := fault_of_words(value, LONGEST[name], lines=name == "text")):
        return fault
    if name in _FAULTS:
        return _FAULTS[name](value)
    if name in LARGEST and not 0 < value <= LARGEST[name]:
        return _("Write a number above 0 and up to %(most)s.") % {"most": LARGEST[name]}
    return ""


def refuse_faults(facts: Mapping[str, Any]) -> None:
    """ValidationError with every fault at its field."""
    faults = {name: [fault] for name, value in facts.items() if (fault := fault_of(name, value))}
    if faults:
        raise ValidationError(faults)
