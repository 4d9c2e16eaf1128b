"""Registering an instruction."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.exceptions import Forbidden
from core.models import Change
from tasks.models import Instruction
from tasks.services import register_instruction
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_the_office_registers_an_instruction(office):
    issuer = OrganisationFactory()

    instruction = register_instruction(
        by=office, issuer=issuer, text={"kk": "Жеделдету"}, issued="2025-09-29"
    )

    fresh = Instruction.objects.get(pk=instruction.pk)
    assert (fresh.state, fresh.due, fresh.original_due, fresh.issued.iso()) == (
        "registered",
        None,
        None,
        "2025-09-29",
    )
    assert fresh.public_id.startswith("ALT-I-")
    assert Change.objects.of(fresh).values_list("actor", "verb").get() == (
        f"user:{office.pk}",
        "register_instruction",
    )


def test_a_term_set_with_it_is_its_first_due_date(office):
    instruction = register_instruction(
        by=office, issuer=OrganisationFactory(), text={"kk": "Жеделдету"}, due=date(2026, 6, 15)
    )

    assert instruction.due == instruction.original_due == date(2026, 6, 15)


@pytest.mark.parametrize("persona", ["leadership", "executor", "investor", "auditor"])
def test_nobody_else_does(request, persona):
    by, issuer = request.getfixturevalue(persona), OrganisationFactory()

    with pytest.raises(Forbidden):
        register_instruction(by=by, issuer=issuer, text={"kk": "…"})

    assert not Instruction.objects.exists()


def test_what_is_public_stands_in_both_languages(office):
    with pytest.raises(ValidationError):
        register_instruction(
            by=office, issuer=OrganisationFactory(), visibility="public", text={"kk": "Жеделдету"}
        )


def test_it_begins_registered(office):
    issuer = OrganisationFactory()

    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        register_instruction(by=office, issuer=issuer, state="on_control", text={"kk": "…"})

    assert not Instruction.objects.exists()
