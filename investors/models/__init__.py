"""Who invests, with whom it is being talked, what stands open to whom, and who asks."""

from investors.models.consent import ConsentRecord, ConsentText
from investors.models.enquiry import Enquiry, EnquiryFile, EnquiryReply
from investors.models.investor import Investor
from investors.models.opportunity import Opportunity, OpportunityPlot
from investors.models.talk import Talk

__all__ = [
    "ConsentRecord",
    "ConsentText",
    "Enquiry",
    "EnquiryFile",
    "EnquiryReply",
    "Investor",
    "Opportunity",
    "OpportunityPlot",
    "Talk",
]
