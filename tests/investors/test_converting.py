"""An enquirer becomes an investor: no second organisation of a BIN or name, no second contact of an address."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError

from accounts.models import Invitation, Organisation
from core.exceptions import Conflict, Forbidden
from core.models import Change
from core.text import Text
from investors import services
from investors.models import Contact, Enquiry, Investor
from tests.factories import (
    ContactFactory,
    EnquiryFactory,
    InvestorFactory,
    OrganisationFactory,
    UserFactory,
    enter_enquiry,
)
from tests.tasks.test_races import at_once

pytestmark = pytest.mark.django_db
BIN, OTHER = "491240900016", "491250900020"
TODAY, UNTIL = date(2026, 12, 1), date(2027, 12, 1)
NAME = Text("Жібек жолы ЖШС", "ТОО «Жибек жолы»", "Silk Road LLP")


def answered(**facts):
    return enter_enquiry(EnquiryFactory(**facts), "answered")


def convert(enquiry, by, **facts):
    told = {"retention_until": UNTIL, "today": TODAY, "name": NAME} | facts
    return services.convert_enquiry(enquiry, by=by, **told)


def test_a_new_organisation_an_investor_and_a_contact(office):
    enquiry = answered(
        bin=BIN, country="KZ", hectares=Decimal(12), power_mw=Decimal(4), rail=True, sectors=["energy"]
    )

    done = convert(enquiry, office, ticket_band="10_50")

    organisation, investor, contact = done.investor.organisation, done.investor, done.contact
    assert (organisation.name, organisation.bin, organisation.country) == (NAME, BIN, "KZ")
    assert (organisation.code, organisation.kind, organisation.visibility) == (
        "silk_road_llp",
        "company",
        "internal",
    )
    assert (investor.stage, investor.visibility, investor.source) == ("prospect", "internal", None)
    assert (investor.needs_hectares, investor.needs_mw, investor.needs_water) == (12, 4, None)
    assert (investor.needs_rail, investor.ticket_band, investor.sectors) == (True, "10_50", ["energy"])
    assert (investor.as_of.day, investor.as_of.precision) == (TODAY, "day")
    assert (contact.person_name, contact.email, contact.consent) == (
        enquiry.person_name, enquiry.email, enquiry.consent,
    )  # fmt: skip
    assert (contact.retention_until, contact.enquiry) == (UNTIL, enquiry)
    assert (done.enquiry.state, done.enquiry.investor) == ("converted", investor)
    assert not Invitation.objects.exists()
    assert enquiry.email not in str(list(Change.objects.values("new", "note")))


def test_of_an_organisation_of_the_register(office):
    organisation = OrganisationFactory()
    investor = InvestorFactory(organisation=organisation, needs_hectares=3, stage="building")

    done = convert(answered(bin=BIN, hectares=12, power_mw=4), office, organisation=organisation)

    assert done.investor == investor
    investor.refresh_from_db()
    organisation.refresh_from_db()
    assert (investor.needs_hectares, investor.needs_mw, investor.stage) == (3, 4, "building")
    assert organisation.bin == BIN
    assert Organisation.objects.count() == 1


def test_never_a_second_of_one_bin(office):
    OrganisationFactory(bin=BIN, name_kk="Басқа атау")

    with pytest.raises(ValidationError, match="organisation"):
        convert(answered(bin=BIN), office)
    with pytest.raises(ValidationError, match="organisation"):
        convert(answered(bin=BIN), office, organisation=OrganisationFactory(bin=OTHER))
    with pytest.raises(ValidationError, match="organisation"):
        convert(answered(bin=BIN), office, organisation=OrganisationFactory())
    assert not Investor.objects.exists()


@pytest.mark.parametrize(
    "held",
    [
        {"name_kk": "«Жибек Жолы» ЖШС"},
        {"name_en": "SILK ROAD"},
        {"aliases": ["Silk Road Ltd"]},
    ],
)
def test_never_a_second_of_one_name(office, held):
    OrganisationFactory(**held)

    with pytest.raises(ValidationError, match="name"):
        convert(answered(), office)
    assert Organisation.objects.count() == 1


def test_a_code_that_is_taken_gets_a_number(office):
    OrganisationFactory(code="silk_road_llp")

    assert convert(answered(), office).investor.organisation.code == "silk_road_llp_2"


def test_one_contact_for_one_address(office):
    held = ContactFactory(email="mei@example.org", retention_until=date(2028, 1, 1))

    done = convert(answered(email="Mei@example.org"), office, organisation=held.investor.organisation)

    assert (done.contact, done.contact.retention_until) == (held, date(2028, 1, 1))
    assert Contact.objects.count() == 1


def test_the_contact_is_invited(office):
    done = convert(answered(language="ru"), office, invited=True)

    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.organisation) == ("investor", done.investor.organisation)
    assert (invitation.language, invitation.full_name) == ("ru", done.contact.person_name)


def test_who_has_an_account_is_not_invited_and_nothing_is_done(office):
    UserFactory(email="mei@example.org")

    with pytest.raises(ValidationError, match="invited"):
        convert(answered(email="mei@example.org"), office, invited=True)
    assert not Investor.objects.exists()


@pytest.mark.parametrize("name", [Text(), Text(" ", "", "")])
def test_a_new_organisation_has_a_name(office, name):
    with pytest.raises(ValidationError, match="name"):
        convert(answered(), office, name=name)


def test_a_contact_is_kept_until_a_day_to_come(office):
    with pytest.raises(ValidationError, match="retention_until"):
        convert(answered(), office, retention_until=TODAY)


@pytest.mark.parametrize("state", ["new", "triaged", "closed", "spam", "converted"])
def test_first_the_answer(office, state):
    with pytest.raises(Conflict):
        convert(enter_enquiry(EnquiryFactory(), state), office)


def test_nothing_real_is_made_of_what_is_invented(office):
    with pytest.raises(Conflict):
        convert(answered(is_demo=True), office)


@pytest.mark.parametrize("persona", ["leadership", "auditor", "investor", "executor"])
def test_only_the_office_takes_on(request, persona):
    with pytest.raises(Forbidden):
        convert(answered(), request.getfixturevalue(persona))


@pytest.mark.django_db(transaction=True)
def test_two_take_on_the_same_company_at_once(office, second_office):
    first, second = answered(), answered()

    told = at_once(lambda: convert(first, office), lambda: convert(second, second_office))

    assert isinstance(
        told, ValidationError | OperationalError
    )  # it saw the first, or waited longer than it may
    assert Organisation.objects.count() == Investor.objects.count() == Contact.objects.count() == 1
    assert set(Enquiry.objects.values_list("state", flat=True)) == {"converted", "answered"}
