"""Loading what is invented: by the command, in whole stories, and only where there are demo accounts."""

import pytest
from django.core.management import CommandError, call_command

from accounts.services import make_demo_accounts
from accounts.services.demo import DEMO
from tasks.demo import load_demo, telling
from tasks.models import Instruction
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts():
    for code in {code for _name, _role, code, _signs in DEMO if code}:
        OrganisationFactory(code=code)
    make_demo_accounts()


def test_a_story_that_breaks_leaves_nothing(accounts, monkeypatch):
    broken = {
        "code": "demo-broken",
        "text": {"kk": "Мәтін", "ru": "Текст"},
        "lead": "mic",
        "steps": [{"by": "executor", "do": "start"}],
    }
    monkeypatch.setattr(telling, "read", lambda file: [broken])

    with pytest.raises(Exception, match="Орындауды бастау"):
        load_demo()

    assert not Instruction.objects.exists()


def test_the_command_says_what_it_did(accounts, capsys):
    call_command("load_demo")
    call_command("load_demo")
    call_command("load_demo", "--remove")

    said = capsys.readouterr().out
    assert "instructions, enquiries, projects, plots and opportunities added" in said
    assert "Nothing has changed." in said
    assert "instructions, enquiries, projects, plots and opportunities removed" in said


def test_without_demo_accounts_it_says_what_to_do(office):
    with pytest.raises(CommandError, match="demo_accounts"):
        call_command("load_demo")
    assert not Instruction.objects.exists()
