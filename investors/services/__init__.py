"""What changes enquiries: each piece in its own module."""

from investors.services.enquiries import ask_for_erasure, submit_enquiry
from investors.services.waiting_files import drop_file, keep_file, waiting_file

__all__ = ["ask_for_erasure", "drop_file", "keep_file", "submit_enquiry", "waiting_file"]
