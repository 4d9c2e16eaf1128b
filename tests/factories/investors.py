"""Investors and talks."""

from factory import SubFactory
from factory.django import DjangoModelFactory

from core.choices import Confidence
from investors.choices import InvestorStage
from investors.models import Investor, Talk
from tests.factories.accounts import OrganisationFactory
from tests.factories.core import SourceFactory
from tests.factories.values import dated


class InvestorFactory(DjangoModelFactory):
    organisation = SubFactory(OrganisationFactory)
    stage = InvestorStage.IN_TALKS
    source = SubFactory(SourceFactory)
    confidence = Confidence.HIGH
    locals().update(dated("as_of"))

    class Meta:
        model = Investor


class TalkFactory(DjangoModelFactory):
    organisation = SubFactory(OrganisationFactory)
    subject_kk, subject_ru = "Логистика", "Логистика"
    source = SubFactory(SourceFactory)
    locals().update(dated("held"))

    class Meta:
        model = Talk
