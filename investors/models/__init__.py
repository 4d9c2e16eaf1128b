"""Who invests, with whom it is being talked, and what investors and the office ask of each other."""

from investors.models.investor import Investor
from investors.models.request import Message, MessageFile, Request, RequestHold, RequestSeen
from investors.models.talk import Talk

__all__ = ["Investor", "Message", "MessageFile", "Request", "RequestHold", "RequestSeen", "Talk"]
