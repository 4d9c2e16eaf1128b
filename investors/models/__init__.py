"""Who invests, with whom it is being talked, and who asks."""

from investors.models.consent import ConsentRecord, ConsentText
from investors.models.contact import Contact
from investors.models.enquiry import Enquiry, EnquiryReply
from investors.models.investor import Investor
from investors.models.talk import Talk

__all__ = ["ConsentRecord", "ConsentText", "Contact", "Enquiry", "EnquiryReply", "Investor", "Talk"]
