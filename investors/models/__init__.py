"""Who invests, with whom it is being talked, what stands open to whom, and who asks."""

from investors.models.consent import ConsentRecord, ConsentText
from investors.models.contact import Contact
from investors.models.enquiry import Enquiry, EnquiryFile, EnquiryReply
from investors.models.investor import Investor
from investors.models.opportunity import Opportunity, OpportunityPlot
from investors.models.request import Message, MessageFile, Request, RequestHold, RequestSeen
from investors.models.talk import Talk

__all__ = [
    "ConsentRecord",
    "ConsentText",
    "Contact",
    "Enquiry",
    "EnquiryFile",
    "EnquiryReply",
    "Investor",
    "Message",
    "MessageFile",
    "Opportunity",
    "OpportunityPlot",
    "Request",
    "RequestHold",
    "RequestSeen",
    "Talk",
]
