"""The pages of an enquiry, as strangers see them."""

from investors.enquiring.status import status

__all__ = ["status"]
