"""Each verb by its page: by its role, with its words kept where it is refused, and once."""

import pytest

from tasks import services
from tasks.models import Contribution, Extension, Instruction
from tests.factories import OrganisationFactory
from tests.pages.control import address, controlled, in_days, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def act(client):
    """act(user, instruction, "start", reason="…"): what the page answers to the form."""

    def send(user, instruction, verb, **typed):
        client.force_login(user)
        return client.post(address(instruction, verb), typed)

    return send


def stage_registered(people):
    return registered(people["office"], people["leadership"], people["executor"], people["akimat_preparer"])


def stage_controlled(people):
    return controlled(people["office"], people["leadership"], people["executor"], people["akimat_preparer"])


def stage_executing(people):
    return services.start(stage_controlled(people), by=people["executor"])


def stage_asked(people):
    made = stage_executing(people)
    services.request_extension(made, by=people["executor"], new_due=in_days(60), reason="Жабдық кешікті")
    return made


def stage_granted(people):
    made = stage_asked(people)
    services.grant(made.extensions.get(), by=people["leadership"])
    return made


def stage_reported(people):
    made = stage_executing(people)
    services.report(made, by=people["executor"], kind="final", text="Салынды")
    return made


def stage_proposed(people):
    return services.propose_removal(stage_reported(people), by=people["office"])


PART = {"text_kk": "Қалғаны", "expected_result_kk": "Акт", "lead": "akimat_almaty_region"}
#: Verb: the stage before it, whose it is, who may see but not do it, what is typed.
VERBS = {
    "put_on_control": (
        stage_registered,
        "office",
        "executor",
        {"due": in_days(30), "expected_result_kk": "Акт", "lead": "mic"},
    ),
    "accept_assignment": (stage_controlled, "executor", "leadership", {}),
    "refuse_assignment": (stage_controlled, "executor", "office", {"reason": "Біздің құзырет емес"}),
    "reassign": (
        stage_controlled,
        "office",
        "executor",
        {"lead": "akimat_almaty_region", "reason": "Құзыреті бойынша"},
    ),
    "start": (stage_controlled, "executor", "akimat_preparer", {}),
    "contribute": (stage_executing, "akimat_preparer", "executor", {"text": "Жер бөлінді"}),
    "request_extension": (
        stage_executing,
        "executor",
        "akimat_preparer",
        {"new_due": in_days(60), "reason": "Кешікті"},
    ),
    "take_up": (stage_asked, "office", "executor", {}),
    "grant": (stage_asked, "leadership", "office", {"due": in_days(45)}),
    "refuse": (stage_asked, "leadership", "executor", {"reason": "Мерзім жеткілікті"}),
    "withdraw": (stage_asked, "executor", "office", {}),
    "correct": (stage_granted, "leadership", "office", {"why": "Күні қате", "due": in_days(50)}),
    "split": (stage_executing, "executor", "office", PART | {"due": in_days(20)}),
    "set_controller": (stage_executing, "office", "executor", {"controller": "second_office"}),
    "set_recurrence": (stage_executing, "office", "executor", {"recurrence": "monthly", "day": 5}),
    "report": (
        stage_executing,
        "executor",
        "akimat_preparer",
        {"kind": "final", "text": "Салынды", "hand_in": "1"},
    ),
    "return": (stage_reported, "office", "executor", {"note": "Актіні қосыңыз"}),
    "propose_removal": (stage_reported, "office", "executor", {}),
    "accept": (stage_proposed, "leadership", "executor", {}),
    "remove_part": (stage_proposed, "leadership", "office", PART | {"due": in_days(90)}),
    "cancel": (stage_executing, "office", "executor", {"reason": "Екі рет берілген"}),
}


@pytest.fixture
def people(office, second_office, leadership, executor, akimat_preparer, investor):
    return {
        "office": office,
        "second_office": second_office,
        "leadership": leadership,
        "executor": executor,
        "akimat_preparer": akimat_preparer,
        "investor": investor,
    }


@pytest.mark.parametrize("verb", VERBS)
def test_whose_it_is_does_it_others_do_not(verb, people, act, client):
    stage, doer, other, typed = VERBS[verb]
    typed = {name: people[word].pk if name == "controller" else word for name, word in typed.items()}
    made = stage(people)
    before = version_of(made)

    assert act(people[other], made, verb, **typed).status_code == 403
    assert client.get(address(made, verb)).status_code == 403
    assert act(people["investor"], made, verb, **typed).status_code == 404
    assert version_of(made) == before

    client.force_login(people[doer])
    page = client.get(address(made, verb))
    assert page.status_code == 200
    hidden = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    kept = {name: hidden[name] for name in ("extension", "once") if name in hidden}

    answer = act(people[doer], made, verb, **kept, **typed)

    assert answer.status_code == 302, answer.context["form"].errors
    assert answer["Location"] == address(made)
    done = client.get(answer["Location"])
    assert "note-ok" in done.content.decode()
    assert version_of(made) != before

    again = act(people[doer], made, verb, **kept, **typed)  # sent twice by mistake
    after = version_of(made)
    if again.status_code == 302:  # what says the same again changes nothing
        assert verb in ("set_recurrence",)
    else:
        assert again.context["form"].errors
    assert version_of(made) == after


def version_of(instruction):
    """Everything that a second sending could have made."""
    row = Instruction.objects.get(pk=instruction.pk)
    return (
        row.version,
        Instruction.objects.count(),
        Contribution.objects.count(),
        sorted(Extension.objects.values_list("pk", "version")),
        sorted(row.executors.values_list("pk", "version")),
        sorted(row.reports.values_list("pk", "version")),
    )


def test_a_second_sending_makes_no_second_row(people, client):
    made = stage_executing(people)
    typed = {"text": "Жер бөлінді", "once": "one-and-the-same"}
    client.force_login(people["akimat_preparer"])

    client.post(address(made, "contribute"), typed)
    second = client.post(address(made, "contribute", "en"), typed)

    assert Contribution.objects.count() == 1
    assert "sent already" in second.content.decode()


def test_what_was_refused_may_be_sent_again(people, client):
    made = stage_executing(people)
    client.force_login(people["executor"])
    part = PART | {"once": "x", "due": in_days(300)}

    refused = client.post(address(made, "split"), part)
    assert "due" in refused.context["form"].errors
    assert "Қалғаны" in refused.content.decode()

    assert client.post(address(made, "split"), part | {"due": in_days(10)}).status_code == 302


@pytest.mark.parametrize(
    ("verb", "typed", "field"),
    [
        ("request_extension", {"new_due": in_days(5), "reason": "Кешіктірілді"}, "new_due"),
        ("request_extension", {"new_due": "", "reason": "Кешіктірілді"}, "new_due"),
        ("request_extension", {"new_due": in_days(50), "reason": "  "}, "reason"),
        ("reassign", {"lead": "Ешкім", "reason": "Кешіктірілді"}, "lead"),
        ("reassign", {"lead": "mic", "reason": "Кешіктірілді"}, "lead"),
        ("contribute", {"text": "", "links": "Кешіктірілді"}, "links"),
        ("cancel", {"reason": ""}, "reason"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(people, act, verb, typed, field):
    doer = VERBS[verb][1]
    answer = act(people[doer], stage_executing(people), verb, **typed)

    form = answer.context["form"]
    assert answer.status_code == 200
    assert field in form.errors
    html = answer.content.decode()
    assert "error-summary" in html
    for words in typed.values():
        assert not str(words).strip() or str(words) in html


def test_what_is_not_possible_now_leads_back_with_a_word(people, client):
    made = stage_reported(people)
    client.force_login(people["executor"])

    answer = client.get(address(made, "start"), follow=True)

    assert answer.redirect_chain == [(address(made), 302)]
    assert "note-warn" in answer.content.decode()


def test_an_unknown_verb_is_no_page(people, client):
    client.force_login(people["office"])
    assert client.get(address(stage_registered(people), "explode")).status_code == 404


def test_two_of_one_name_are_told_apart_by_code(people, act):
    for code in ("one", "two"):
        OrganisationFactory(code=code, name_kk="Бірлік", name_ru="Единство", name_en="Unity")
    made = stage_controlled(people)

    answer = act(people["office"], made, "reassign", lead="Единство", reason="Себеп")
    assert "one, two" in str(answer.context["form"].errors["lead"])

    assert act(people["office"], made, "reassign", lead="two", reason="Себеп").status_code == 302


def test_after_a_request_the_way_back_is_offered(people, act, client):
    made = stage_executing(people)
    act(people["executor"], made, "request_extension", new_due=in_days(60), reason="Кешікті")

    html = client.get(address(made)).content.decode()

    assert f'href="{address(made, "withdraw")}"' in html[html.index("note-ok") : html.index("<h1")]


def test_a_decision_is_taken_once_by_two(people, act, second_office, client):
    """Both pages were open: the second is told, whatever he typed."""
    made = stage_asked(people)
    asked = made.extensions.get().public_id
    act(people["leadership"], made, "grant", extension=asked, due=in_days(45))

    late = act(people["leadership"], made, "refuse", extension=asked, reason="Жеткілікті")

    assert late.context["form"].non_field_errors()
    assert "Жеткілікті" in late.content.decode()
    assert Extension.objects.get().state == "granted"
