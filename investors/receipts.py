"""The number of an enquiry and the link to its state: neither can be guessed."""

import re
import secrets

from django.core.signing import BadSignature, Signer
from django.urls import reverse

#: 32 signs that nobody mistakes for one another (no I, L, O, U): twelve of them are 60 random bits.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHAPE = r"^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$"
_signer = Signer(salt="investors.enquiry-status", sep=".")


def new_receipt() -> str:
    """Such as 7K3M-9QXR-2B5T."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))


def status_token(receipt: str) -> str:
    return _signer.sign(receipt)


def receipt_of(token: str) -> str | None:
    """The number behind a token; None for one that this house did not sign."""
    try:
        receipt = _signer.unsign(token)
    except BadSignature:
        return None
    return receipt if re.fullmatch(SHAPE, receipt) else None


def status_path(receipt: str) -> str:
    """Of the page that says how far the enquiry is, in the language of the moment."""
    return reverse("enquiry-status", args=[status_token(receipt)])


def done_path(receipt: str) -> str:
    """Of the page with the receipt itself."""
    return reverse("enquiry-done", args=[status_token(receipt)])
