"""Whose term of access is over has left: others decide for him, nothing is handed to him, no list offers him."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import DateRange

from accounts.models import User
from core.models import Outbox
from tasks.models import Extension, Instruction
from tests.factories import (
    EnquiryFactory,
    OrganisationFactory,
    SubstitutionFactory,
    UserFactory,
    instruction_in,
    ready_instruction,
)
from tests.pages.board import BULK, DECISIONS, MINE, NOW, asked, texts
from tests.pages.control import address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(time_machine):
    time_machine.move_to(NOW, tick=True)


@pytest.fixture
def browse(client):
    def browser(user):
        client.force_login(user)
        return client

    return browser


def ends(person, days=-1):
    """His last day: yesterday, or so many days from today."""
    person.valid_until = timezone.localdate() + timedelta(days=days)
    User.objects.filter(pk=person.pk).update(valid_until=person.valid_until)


def bells():
    return set(Outbox.objects.filter(channel="bell").values_list("payload__recipient", flat=True))


@pytest.fixture
def request_(office, akimat_signer, executor):
    """More time is asked for by the executor; the akimat gave it, where one person signs."""
    return asked(office, akimat_signer, executor)


def test_leadership_decides_where_the_only_signers_term_is_over(browse, request_, akimat_signer, leadership):
    page = address(request_, "grant")
    ends(akimat_signer, 0)
    assert browse(leadership).post(page, {"due": "2026-03-20"}).status_code == 403
    assert browse(akimat_signer).get(page).status_code == 200, "on his last day he still decides"

    ends(akimat_signer)

    cards = browse(leadership).get(DECISIONS)
    assert [row.public_id for row in cards.context["rows"]] == [request_.public_id]
    assert "grant" in cards.content.decode()
    assert browse(leadership).post(page, {"due": "2026-03-20"}).status_code == 302
    assert Extension.objects.get(instruction=request_).state == "granted"


def test_another_signer_of_the_body_decides_before_leadership(
    browse, request_, akimat_signer, leadership, akimat
):
    UserFactory(role="executor", organisation=akimat, may_sign=True)
    ends(akimat_signer)

    assert browse(leadership).post(address(request_, "grant"), {"due": "2026-03-20"}).status_code == 403


def test_leadership_is_told_what_the_signer_would_decide(office, akimat_signer, executor, leadership):
    ends(akimat_signer)
    Outbox.objects.all().delete()

    asked(office, akimat_signer, executor)

    assert leadership.pk in bells() and akimat_signer.pk not in bells()


def test_of_whose_term_is_over_nobody_has_the_rights(browse, request_, akimat_signer, leadership):
    friend = UserFactory(role="executor", organisation=OrganisationFactory())
    during = DateRange(date(2026, 2, 1), date(2026, 2, 28))
    SubstitutionFactory(person=akimat_signer, substitute=friend, during=during)
    assert browse(friend).get(address(request_, "grant")).status_code == 200
    house = Client()
    house.force_login(leadership)
    assert f"acts for {akimat_signer}" in house.get("/en/accounts/access/").content.decode()

    ends(akimat_signer)

    assert browse(friend).get(address(request_, "grant")).status_code == 404
    assert f"acts for {akimat_signer}" not in house.get("/en/accounts/access/").content.decode()


def test_no_controller_whose_term_is_over_by_the_page(browse, office, second_office):
    made = instruction_in("on_control", controller=office)
    page = address(made, "set_controller", "en")
    ends(second_office)

    offered = browse(office).get(page).context["form"].fields["controller"].queryset
    answer = browse(office).post(page, {"controller": second_office.pk})

    assert list(offered) == [office]
    assert (answer.status_code, set(answer.context["form"].errors)) == (200, {"controller"})
    assert Instruction.objects.get(pk=made.pk).controller == office


def test_no_controller_whose_term_is_over_for_many(browse, office, second_office):
    made = ready_instruction(controller=office)
    ends(second_office)
    named = {"verb": "set_controller", "row": made.public_id, "confirmed": 1, "controller": second_office.pk}

    assert browse(office).post(BULK, named).status_code == 400
    assert Instruction.objects.get(pk=made.pk).controller == office


@pytest.mark.parametrize("verb", ["set-controller", "put-on-control"])
def test_no_controller_whose_term_is_over_in_the_admin(browse, office, second_office, verb):
    """The form asks on the day on which it is shown, however long the server runs."""
    made = ready_instruction() if verb == "put-on-control" else instruction_in("on_control")
    page = f"/admin/tasks/instruction/{made.pk}/{verb}/"

    def offered():
        return set(browse(office).get(page).context["form"].fields["controller"].queryset)

    assert offered() == {office, second_office}
    ends(second_office)
    assert offered() == {office}
    answer = browse(office).post(page, {"controller": second_office.pk, "reason": "Керек"})
    assert (answer.status_code, set(answer.context["form"].errors)) == (200, {"controller"})


def test_nobody_answers_an_enquiry_whose_term_is_over(browse, office, second_office):
    enquiry = EnquiryFactory()
    page = f"/en/review/enquiries/{enquiry.receipt}/take/"
    ends(second_office)

    assert list(browse(office).get(page).context["form"].fields["handler"].queryset) == [office]
    answer = browse(office).post(page, {"handler": second_office.pk, "seen": enquiry.version})

    assert (answer.status_code, set(answer.context["form"].errors)) == (200, {"handler"})
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.handler) == ("new", None)


def test_what_its_controller_left_behind_waits_for_the_office(browse, office, second_office):
    instruction_in("reported", controller=second_office, text_kk="left behind")
    instruction_in("reported", controller=office, text_kk="my own")
    third = UserFactory(role="office")
    assert texts(browse(third).get(MINE)) == []

    ends(second_office)

    assert texts(browse(third).get(MINE)) == ["left behind"]
