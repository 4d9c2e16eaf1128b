"""Who asked or came before: found by BIN, address, domain and name, each with its reasons."""

import pytest
from django.utils.translation import override

from investors.services import alike_enquiries, alike_organisations
from investors.services.duplicates import core_of
from tests.factories import (
    ContactFactory,
    EnquiryFactory,
    InvestorFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
BIN, OTHER = "491240900016", "491250900020"


def asked(**facts):
    return EnquiryFactory(
        **(
            {
                "organisation_name": "ТОО «Көктем Логистика»",
                "email": "a@koktem.example.org",
                "domain": "koktem.example.org",
            }
            | facts
        )
    )


def reasons(found):
    return [(one.row.pk, one.reasons) for one in found]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ТОО «Көктем Логистика»", "Коктем логистика ЖШС"),
        ("Rhenus Group", "RHENUS"),
        ("Silk Road Ltd.", "silk road llc"),
    ],
)
def test_names_are_compared_without_what_companies_are(one, other):
    assert core_of(one) == core_of(other)


def test_a_name_of_nothing_else_stays():
    assert core_of("Group") == "group"


def test_enquiries_by_each_sign(office):
    mine = asked(bin=BIN)
    by_bin = EnquiryFactory(organisation_name="Zzz", bin=BIN, domain="")
    by_email = EnquiryFactory(organisation_name="Yyy", email="A@koktem.example.org", domain="")
    by_domain = EnquiryFactory(organisation_name="Xxx", domain="koktem.example.org")
    by_name = EnquiryFactory(organisation_name="Коктем-Логистика ЖШС", domain="")
    EnquiryFactory(organisation_name="Wholly another", domain="other.example.org", bin=OTHER)
    EnquiryFactory(organisation_name="ТОО «Көктем Логистика»", is_demo=True)

    found = dict(reasons(alike_enquiries(mine, office)))

    assert found.keys() == {by_bin.pk, by_email.pk, by_domain.pk, by_name.pk}
    assert found[by_bin.pk] == ["the same BIN"]
    assert found[by_email.pk] == ["the same e-mail address"]
    assert found[by_domain.pk] == ["the same domain"]
    assert found[by_name.pk][0].startswith("the name is alike (")


def test_a_free_mail_service_says_nothing(office):
    mine = asked(email="a@gmail.com", domain="")
    EnquiryFactory(organisation_name="Zzz", email="b@gmail.com", domain="")

    assert alike_enquiries(mine, office) == []


def test_organisations_and_investors_by_each_sign(office):
    mine = asked(bin=BIN)
    by_bin = OrganisationFactory(bin=BIN)
    by_contact = ContactFactory(email="ceo@koktem.example.org").investor.organisation
    by_person = UserFactory(
        role="investor", organisation=OrganisationFactory(), email="a@koktem.example.org"
    ).organisation
    by_name = OrganisationFactory(name_kk="«Көктем Логистика» ЖШС", name_ru="ТОО «Коктем Логистика»")
    InvestorFactory(organisation=by_name)
    OrganisationFactory(name_kk="Басқа", name_ru="Другая")

    found = alike_organisations(mine, office)
    told = dict(reasons(found))

    assert told.keys() == {by_bin.pk, by_contact.pk, by_person.pk, by_name.pk}
    assert found[0].row == by_bin
    assert told[by_contact.pk] == ["the same domain"]
    assert told[by_person.pk] == ["the same e-mail address"]
    assert next(one.row for one in found if one.row == by_name).investor.stage == "in_talks"


def test_nothing_is_found_for_who_may_not_know(investor):
    mine = asked(bin=BIN)
    EnquiryFactory(bin=BIN)
    ContactFactory(email="ceo@koktem.example.org")

    assert alike_enquiries(mine, investor) == []
    assert alike_organisations(mine, investor) == []
