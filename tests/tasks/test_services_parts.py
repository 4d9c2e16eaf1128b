"""Sub-instructions of a body to another, and occurrences of recurring instructions."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from core.exceptions import Conflict, Forbidden
from core.models import Change, Outbox
from tasks import services
from tasks.models import Instruction
from tests.factories import ExecutorFactory, OrganisationFactory, UserFactory
from tests.tasks.scene import DUE, TEXTS, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(request, db):
    return Scene(request)


def akimat_leads(scene):
    given = scene.instruction("registered", lead=OrganisationFactory())
    return services.put_on_control(given, by=scene.office, lead=scene.akimat_signer.organisation)


# --- sub-instructions -----------------------------------------------------------------------------


def test_the_akimat_gives_a_part_checks_it_and_removes_it(scene):
    whole = akimat_leads(scene)
    worker = UserFactory(role="executor", organisation=OrganisationFactory())
    part = services.split(whole, by=scene.akimat_preparer, lead=worker.organisation, due=DUE, **TEXTS)
    assert (part.parent, part.issuer, part.state) == (whole, scene.akimat_signer.organisation, "on_control")

    services.start(part, by=worker)
    asked = services.request_extension(part, by=worker, new_due=DUE + timedelta(1), reason="Кешікті")
    for nobody in (scene.akimat_preparer, scene.leadership, scene.office):
        with pytest.raises(Forbidden):
            services.grant(asked, by=nobody)
    services.refuse(asked, by=scene.akimat_signer, reason="Бүтіннің мерзімі бар")
    Outbox.objects.all().delete()
    services.report(part, by=worker, kind="final", text="Дайын")
    told = {debt.payload["recipient"] for debt in Outbox.objects.filter(channel="bell")}
    assert told == {scene.office.pk, scene.akimat_preparer.pk, scene.akimat_signer.pk}
    services.propose_removal(part, by=scene.akimat_preparer)
    with pytest.raises(Forbidden):
        services.accept(part, by=scene.akimat_preparer)
    assert services.accept(part, by=scene.akimat_signer).state == "executed"


def test_the_whole_is_closed_after_its_parts(scene):
    whole = akimat_leads(scene)
    part = services.split(whole, by=scene.akimat_preparer, lead=OrganisationFactory(), due=DUE, **TEXTS)
    services.start(whole, by=scene.akimat_signer)
    services.report(whole, by=scene.akimat_signer, kind="final", text="Дайын")

    with pytest.raises(Conflict, match=part.public_id):
        services.propose_removal(whole, by=scene.office)
    services.cancel(part, by=scene.akimat_signer, reason="Керек емес")
    services.propose_removal(whole, by=scene.office)
    assert services.accept(whole, by=scene.leadership).state == "executed"


@pytest.mark.parametrize("field", ["due", "lead", "text", "expected_result"])
def test_a_part_names_the_field_that_is_wrong(scene, field):
    whole = akimat_leads(scene)
    wrong = {
        "due": DUE + timedelta(1),
        "lead": scene.akimat_signer.organisation,
        "text": {},
        "expected_result": {},
    }
    facts = {"lead": OrganisationFactory(), "due": DUE, **TEXTS} | {field: wrong[field]}

    with pytest.raises(ValidationError) as caught:
        services.split(whole, by=scene.akimat_preparer, **facts)
    assert set(caught.value.message_dict) == {field}
    assert not whole.children.exists()


# --- occurrences ----------------------------------------------------------------------------------


def series(scene, recurrence="monthly", day=31, since=date(2026, 1, 15), due=date(2026, 12, 31), **facts):
    made = scene.instruction(due=due, **facts)
    services.set_recurrence(made, by=scene.office, recurrence=recurrence, day=day)
    Instruction.objects.filter(pk=made.pk).update(recurs_since=since)
    return made


def days_of(made):
    return list(made.children.order_by("occurs_on").values_list("occurs_on", flat=True))


def test_the_31st_of_a_shorter_month_is_its_last_day(scene):
    made = series(scene)

    services.make_occurrences(date(2026, 6, 1))

    assert days_of(made) == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
        date(2026, 6, 30),
    ]


def test_an_occurrence_is_on_control_with_the_same_people_and_its_own_term(scene):
    made = series(scene, recurrence="weekly", day=1, evidence_kind="act")
    ExecutorFactory(instruction=made, organisation=None, group_kk="инвесторлар")
    last = Change.objects.order_by("-id").first().id
    Outbox.objects.all().delete()

    assert services.make_occurrences(date(2026, 1, 15)) == 4
    assert services.make_occurrences(date(2026, 1, 15)) == 0

    one = made.children.order_by("pk").first()
    assert (one.state, one.due, one.original_due, one.occurs_on) == ("on_control", *[date(2026, 1, 19)] * 3)
    assert [str(who) for who in one.executors.live()] == [str(who) for who in made.executors.live()]
    assert (one.issuer, one.evidence_kind, one.text) == (made.issuer, "act", made.text)
    actors = Change.objects.filter(id__gt=last).values_list("actor", "verb").distinct()
    assert list(actors) == [("system:recurrence", "make_occurrence")]
    told = {debt.payload["recipient"] for debt in Outbox.objects.filter(channel="bell")}
    assert told == {scene.executor.pk, scene.akimat_signer.pk, scene.akimat_preparer.pk}


def test_what_was_missed_is_made_and_what_was_before_it_is_not(scene):
    made = series(scene, recurrence="quarterly", day=10, since=date(2026, 2, 1))

    services.make_occurrences(date(2026, 8, 1))

    assert days_of(made) == [date(2026, 4, 10), date(2026, 7, 10)]


def test_a_series_ends_with_its_own_term_or_when_it_is_closed(scene):
    made = series(scene, recurrence="weekly", day=1, due=date(2026, 1, 27))
    services.make_occurrences(date(2026, 1, 20))
    services.make_occurrences(date(2026, 6, 1))
    assert days_of(made) == [date(2026, 1, 19), date(2026, 1, 26)]

    other = series(scene, recurrence="weekly", day=1)
    services.cancel(other, by=scene.office, reason="Керек емес")
    assert services.make_occurrences(date(2026, 2, 1)) == 0


def test_a_series_that_ends_makes_no_more(scene):
    made = series(scene, recurrence="weekly", day=1)
    services.set_recurrence(made, by=scene.office, recurrence="", day=None)

    assert services.make_occurrences(date(2026, 2, 1)) == 0


def test_setting_a_recurrence_makes_nothing_of_the_past(scene):
    made = scene.instruction()
    made.executors.update(assigned_on=date(2025, 1, 1))

    made = services.set_recurrence(made, by=scene.office, recurrence="monthly", day=5)
    services.make_occurrences(date.today())

    assert min(days_of(made)) > date.today()


@pytest.mark.parametrize(
    ("recurrence", "day", "field"),
    [("yearly", 1, "recurrence"), ("weekly", 8, None), ("monthly", 32, None), ("monthly", None, None)],
)
def test_a_wrong_recurrence_is_refused(scene, recurrence, day, field):
    made = scene.instruction()

    with pytest.raises(ValidationError) as caught:
        services.set_recurrence(made, by=scene.office, recurrence=recurrence, day=day)
    assert field is None or set(caught.value.message_dict) == {field}
    assert Instruction.objects.get(pk=made.pk).recurrence == ""
