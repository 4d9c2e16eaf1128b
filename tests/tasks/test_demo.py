"""Invented instructions: in every state, marked, apart from what is real, and taken out whole."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import make_demo_accounts
from accounts.services.demo import DEMO
from core.choices import Visibility
from core.models import Change, StoredFile
from core.text import LANGUAGES
from tasks.choices import ExtensionState, InstructionState, ReportState
from tasks.demo import load_demo, remove_demo
from tasks.models import ExecutionReport, Executor, Extension, HoldInterval, Instruction, Meeting
from tests.factories import ExtensionFactory, OrganisationFactory, instruction_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for all that only looks at it; what a test changes is rolled back with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        for code in {code for _name, _role, code, _signs in DEMO if code}:
            OrganisationFactory(code=code)
        make_demo_accounts()
        yield load_demo()
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    return loaded


def invented():
    return Instruction.objects.filter(is_demo=True)


def test_every_state_and_situation_is_there(demo):
    today = timezone.localdate()

    assert demo >= 25
    assert set(invented().values_list("state", flat=True)) == set(InstructionState)
    assert set(Extension.objects.values_list("state", flat=True)) == set(ExtensionState)
    assert set(ExecutionReport.objects.values_list("state", flat=True)) == set(ReportState)
    rows = invented()
    for situation in (
        rows.filter(due=None),
        rows.overdue(today),
        rows.filter(due__range=(today, today + timedelta(days=9)), state="in_execution"),
        rows.filter(removal_proposed_by__isnull=False, state="reported"),
        rows.filter(remainder__isnull=False, state="executed"),
        rows.filter(occurs_on__isnull=False),
        rows.filter(parent__isnull=False, occurs_on=None, remainder_of=None, state="executed"),
        rows.filter(executors__group_kk="тасымалдаушылар"),
        rows.filter(executors__refused_on__isnull=False),
        rows.filter(executors__released_on__isnull=False),
        Extension.objects.filter(corrects__isnull=False),
        Executor.objects.filter(role="co", internal_due__lt=today, contributions=None),
        Executor.objects.filter(role="co", contributions__isnull=False),
    ):
        assert situation.exists(), situation.query
    granted = Extension.objects.filter(state="granted", corrected_by=None).values_list("instruction")
    assert len(granted) - len(set(granted)) == 1  # one was granted twice
    assert set(HoldInterval.objects.now().values_list("holder", flat=True)) == {
        "executor",
        "office",
        "issuer",
    }


def test_nothing_of_it_is_real_or_public(demo):
    apart = {"project": None, "source": None, "source_item": None, "district": None}

    assert not Instruction.objects.filter(is_demo=False).exists()
    assert invented().filter(visibility=Visibility.INTERNAL, **apart).count() == invented().count()
    assert not Instruction.objects.visible_to(AnonymousUser()).exists()
    for language in LANGUAGES:
        assert not invented().filter(**{f"text_{language}": ""}).exists()


def test_a_working_trip_is_there_with_all_that_a_meeting_has(demo):
    meeting = Meeting.objects.get()

    assert (meeting.is_demo, meeting.kind, meeting.visibility) == (True, "field_visit", "internal")
    assert not meeting.agenda.exclude(instruction=None).exists()
    assert meeting.agenda.exists() and meeting.attendances.filter(present=False).exists()
    assert meeting.findings.exists()
    assert set(meeting.protocols.get().items.values_list("kind", flat=True)) == {"decision", "note"}


def test_only_demo_accounts_act(demo):
    demo_users = {f"user:{pk}" for pk in User.objects.values_list("pk", flat=True)}
    actors = set(Change.objects.filter(relation__startswith="tasks_").values_list("actor", flat=True))

    assert actors <= demo_users | {"system:recurrence", "system:reporting"}


def test_repeating_changes_nothing(demo):
    before = Change.objects.count()

    assert load_demo() == 0
    assert Change.objects.count() == before


def test_it_is_taken_out_whole_and_nothing_else(demo, at_commit):
    real = ExtensionFactory(instruction=instruction_in("on_control", due=date(2026, 3, 1)))
    files = StoredFile.objects.count()
    at_commit()

    removed = remove_demo()
    at_commit()

    assert not Meeting.objects.exists()
    assert (removed >= 25, files > 0, StoredFile.objects.count()) == (True, True, 0)
    assert list(Instruction.objects.values_list("pk", flat=True)) == [real.instruction.pk]
    assert Extension.objects.get() == real
    gone = Change.objects.filter(relation__in=["tasks_instruction", "districts_project"], verb="remove_demo")
    assert gone.count() == removed
    assert remove_demo() == 0
    assert load_demo() >= 25
