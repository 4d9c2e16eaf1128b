"""What changes enquiries: each piece in its own module."""

from investors.services.enquiries import ask_for_erasure, submit_enquiry

__all__ = ["ask_for_erasure", "submit_enquiry"]
