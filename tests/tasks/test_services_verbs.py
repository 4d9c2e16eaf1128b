"""Every verb of control alike: who may, when it has a sense, what the ledger keeps, who is told, all or nothing."""

import pytest

from accounts.models import User
from core import notices
from core.exceptions import Conflict, Forbidden
from core.models import Change, Outbox
from tasks.choices import VERB_LABELS, VERB_STATES, InstructionState
from tasks.policies import CONTROLLING, DECIDING, EITHER, EXECUTING, LEADING, Desk
from tests.tasks.scene import CALLS, MAY, ON_REQUESTS, Scene, everything, ready, use

pytestmark = pytest.mark.django_db

#: With which verbs it stands in the ledger.
NAMED = {
    "save_report": {"write_report"},
    "report": {"write_report", "report"},
    "accept_interim": {"accept_interim"},
}
AKIMAT = {"akimat_preparer", "akimat_signer"}
#: Who is told of what, when the first of MAY acts.
TOLD = {
    "put_on_control": {"instruction_given": {"executor", *AKIMAT}},
    "refuse_assignment": {"assignment_refused": {"office"}},
    "contribute": {"contribution_sent": {"executor"}},
    "report": {"report_handed_in": {"office"}},
    "return": {"report_returned": {"executor"}},
    "propose_removal": {"removal_proposed": {"leadership"}},
    "accept": {"removed_from_control": {"executor", *AKIMAT}},
    "remove_part": {
        "removed_from_control": {"executor", *AKIMAT},
        "instruction_given": {"executor", *AKIMAT},
    },
    "cancel": {"instruction_cancelled": {"executor", *AKIMAT}},
    "request_extension": {"extension_asked": {"leadership"}},
    "grant": {"extension_decided": {"executor"}},
    "refuse": {"extension_decided": {"executor"}},
}


@pytest.fixture
def scene(request, db):
    return Scene(request)


def actor(scene, verb):
    return scene.people[sorted(MAY[verb], reverse=True)[0]]


def test_the_table_of_verbs_is_whole():
    known = set(VERB_STATES) | set(ON_REQUESTS) | {"correct", "save_report"}
    assert set(MAY) == known - {"correct"}
    assert set(VERB_STATES) <= set(VERB_LABELS)
    sides = EXECUTING | LEADING | CONTROLLING | DECIDING | EITHER | {"contribute"}
    assert sides - {"accept_interim"} <= set(VERB_LABELS)


@pytest.mark.parametrize("verb", MAY)
def test_who_has_no_part_in_it_is_refused_and_nothing_changes(scene, verb):
    row = ready(scene, verb)
    before = everything()

    for name, person in scene.people.items():
        if name not in MAY[verb]:
            with pytest.raises(Forbidden):
                use(verb, row, person)
    assert everything() == before


@pytest.mark.parametrize("verb", MAY)
def test_everybody_whose_verb_it_is_uses_it(scene, verb):
    for name in MAY[verb]:
        row = ready(scene, verb)
        instruction = getattr(row, "instruction", row)
        right = {"save_report": "report"}.get(verb, verb)
        assert Desk(scene.people[name]).may(right, instruction)
        use(verb, row, scene.people[name])


@pytest.mark.parametrize("verb", CALLS)
def test_a_state_that_does_not_allow_it_refuses_and_nothing_changes(scene, verb):
    allowed = VERB_STATES["report" if verb == "save_report" else verb]
    rows = [scene.instruction(state) for state in InstructionState if state not in allowed]
    before = everything()

    for row in rows:
        with pytest.raises(Conflict):
            use(verb, row, actor(scene, verb))
    assert everything() == before


@pytest.mark.parametrize("verb", ON_REQUESTS)
def test_what_is_decided_is_not_decided_again(scene, verb):
    for end in ("grant", "refuse", "withdraw"):
        row = scene.asked()
        use(end, row, actor(scene, end))
        before = everything()

        with pytest.raises(Conflict):
            use(verb, row, actor(scene, verb))
        assert everything() == before


@pytest.mark.parametrize("verb", MAY)
def test_the_ledger_names_who_did_what(scene, verb):
    row, by = ready(scene, verb), actor(scene, verb)
    last = Change.objects.order_by("-id").first().id

    use(verb, row, by)

    made = Change.objects.filter(id__gt=last).exclude(relation="accounts_organisation")
    assert set(made.values_list("actor", flat=True)) == {f"user:{by.pk}"}
    assert set(made.values_list("verb", flat=True)) == NAMED.get(verb, {verb})


@pytest.mark.parametrize("verb", MAY)
def test_the_right_people_are_told_once_and_never_who_did_it(scene, verb):
    row, by = ready(scene, verb), actor(scene, verb)
    Outbox.objects.all().delete()

    use(verb, row, by)

    names = {user.pk: user.username for user in User.objects.all()}
    told: dict[str, set[str]] = {}
    for debt in Outbox.objects.filter(channel="bell"):
        told.setdefault(debt.payload["kind"], set()).add(names[debt.payload["recipient"]])
    assert told == {kind: people - {by.username} for kind, people in TOLD.get(verb, {}).items()}


@pytest.mark.parametrize("verb", [*TOLD, "reassign", "split"])
def test_what_fails_at_its_end_has_changed_nothing(scene, verb, monkeypatch):
    row = ready(scene, verb)
    before = everything()

    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(notices, "notify", fail)
    with pytest.raises(ZeroDivisionError):
        use(verb, row, actor(scene, verb))
    assert everything() == before


@pytest.mark.parametrize("verb", ["put_on_control", "start", "grant", "accept", "cancel", "remove_part"])
def test_a_write_that_fails_takes_the_others_with_it(scene, verb, monkeypatch):
    row = ready(scene, verb)
    instruction = getattr(row, "instruction", row)
    before = everything()

    def fail(self, *args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(type(instruction), "save", fail)
    with pytest.raises(ZeroDivisionError):
        use(verb, row, actor(scene, verb))
    assert everything() == before
