"""The pages of an enquiry, as strangers see them."""

from investors.enquiring.status import done, status
from investors.enquiring.steps import enquiry

__all__ = ["done", "enquiry", "status"]
