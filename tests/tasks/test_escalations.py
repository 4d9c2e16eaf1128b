"""What is overdue is carried up by working days, acknowledged once by somebody who may, and closed with its cause."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core import notices
from core.exceptions import Conflict, Forbidden
from core.jobs import deliver_outbox
from core.models import Notice
from tasks import services
from tasks.jobs import remind
from tasks.models import Escalation
from tests.factories import OrganisationFactory, SubstitutionFactory, UserFactory
from tests.tasks.reminding import at, controlled, delivered_calendar, delivered_rules
from tests.tasks.scene import Scene

__all__ = ["at"]

pytestmark = pytest.mark.django_db

#: A Friday.
DUE = date(2026, 2, 20)
#: Who may acknowledge what, of those of the scene.
LEADERS = {"leadership", "other_leader"}
MAY = {1: LEADERS | {"executor", "office"}, 2: LEADERS | {"office"}, 3: LEADERS}


@pytest.fixture
def scene(request, db, at):
    delivered_rules()
    delivered_calendar()
    at("2026-02-02 10:00")
    return Scene(request)


@pytest.fixture
def given(scene):
    return controlled(scene, DUE)


def levels(instruction, **of):
    rows = Escalation.objects.filter(instruction=instruction, **of)
    return sorted(rows.values_list("level", flat=True))


def heard(person):
    """(instruction, level) of the news to this person."""
    deliver_outbox()
    rows = Notice.objects.filter(recipient=person, kind="escalated").order_by("pk")
    return [tuple(line) for row in rows for line in row.facts["levels"]]


@pytest.mark.parametrize(
    ("day", "reached"),
    [
        ("2026-02-20", []),
        ("2026-02-22", []),
        ("2026-02-23", [1]),
        ("2026-02-24", [1]),
        ("2026-02-25", [1, 2]),
        ("2026-02-26", [1, 2]),
        ("2026-02-27", [1, 2, 3]),
        ("2026-03-07", [1, 2, 3]),
    ],
)
def test_by_working_days(given, at, day, reached):
    at(f"{day} 08:00")
    remind()
    remind()

    assert levels(given) == reached


def test_nauryz_is_no_time_to_be_late(scene, at):
    given = controlled(scene, date(2026, 3, 20), text_kk="Көшет егу")
    at("2026-03-25 09:00")
    remind()
    assert levels(given) == []

    at("2026-03-26 09:00")
    remind()

    assert levels(given) == [1]


def test_each_level_is_told_to_its_people_once(scene, given, at):
    for day in ("23", "24", "25", "26", "27", "28"):
        at(f"2026-02-{day} 08:00")
        remind()

    assert heard(scene.executor) == [(given.pk, 1)]
    assert heard(scene.office) == [(given.pk, 1), (given.pk, 2)]
    assert heard(scene.leadership) == [(given.pk, 2), (given.pk, 3)]
    assert heard(scene.other_leader) == [(given.pk, 3)]
    for name in ("akimat_preparer", "stranger", "auditor", "investor"):
        assert heard(scene.people[name]) == []
    [told] = notices.tell(Notice.objects.filter(recipient=scene.executor, kind="escalated"), scene.executor)
    assert told.text.startswith(given.public_id) and told.link.endswith(f"/control/{given.public_id}/")


def test_after_downtime_all_levels_are_open_and_everybody_hears_once(scene, given, at):
    at("2026-03-05 12:00")
    remind()

    assert levels(given) == [1, 2, 3]
    assert heard(scene.leadership) == [(given.pk, 3)]
    assert heard(scene.office) == [(given.pk, 2)]


# --- it ends with its cause -----------------------------------------------------------------------


def test_what_is_handed_in_closes_it_and_what_comes_back_opens_it_anew(scene, given, at):
    at("2026-02-25 08:00")
    remind()
    services.acknowledge(Escalation.objects.get(level=1), by=scene.office, note="Хат жіберілді")
    services.start(given, by=scene.executor)
    services.report(given, by=scene.executor, kind="final", text="Дайын")
    assert set(Escalation.objects.values_list("closed_because", flat=True)) == {"handed_in"}

    services.return_report(given, by=scene.office, note="Актісі жоқ")
    at("2026-02-26 08:00")
    remind()

    assert levels(given, closed_at=None, acknowledged_at=None) == [1, 2]
    assert Escalation.objects.count() == 2


@pytest.mark.parametrize("verb", ["cancel", "extend"])
def test_a_closed_or_extended_instruction_is_carried_no_longer(scene, given, at, verb):
    asked = services.request_extension(given, by=scene.executor, new_due=date(2026, 3, 17), reason="Кешікті")
    at("2026-02-24 08:00")
    remind()
    assert levels(given, closed_at=None) == [1]

    if verb == "cancel":
        services.withdraw(asked, by=scene.executor)
        services.cancel(given, by=scene.office, reason="Екі рет")
    else:
        services.grant(asked, by=scene.leadership)

    assert Escalation.objects.get().closed_because == {"cancel": "cancelled", "extend": "term_moved"}[verb]
    at("2026-02-25 08:00")
    remind()
    assert levels(given, closed_at=None) == []


# --- acknowledged ---------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize(
    "name",
    [
        *("office", "leadership", "other_leader", "executor", "akimat_preparer", "akimat_signer"),
        *("stranger", "investor", "auditor", "anonymous"),
    ],
)
def test_who_acknowledges_what(scene, given, at, level, name):
    at("2026-03-05 12:00")
    remind()
    row = Escalation.objects.get(level=level)
    if name in MAY[level]:
        row = services.acknowledge(row, by=scene.people[name], note="Бақылауға алдым")
        assert (row.acknowledged_by, row.note) == (scene.people[name], "Бақылауға алдым")
    else:
        with pytest.raises(Forbidden):
            services.acknowledge(row, by=scene.people[name], note="Бақылауға алдым")
        row.refresh_from_db()
        assert row.waits


def test_who_prepares_does_not_acknowledge_for_his_head(scene, given, at):
    preparer = UserFactory(organisation=scene.executor.organisation, role="executor", may_sign=False)
    at("2026-02-23 08:00")
    remind()

    with pytest.raises(Forbidden):
        services.acknowledge(Escalation.objects.get(), by=preparer, note="Көрдім")


def test_a_substitute_acknowledges_for_whom_he_acts(scene, given, at):
    substitute = UserFactory(organisation=OrganisationFactory(), role="executor")
    at("2026-02-23 08:00")
    remind()
    SubstitutionFactory(person=scene.executor, substitute=substitute, during=("2026-02-20", "2026-03-01"))

    row = services.acknowledge(Escalation.objects.get(), by=substitute, note="Көрдім")

    assert (row.acknowledged_by, row.acknowledged_for) == (substitute, scene.executor)


def test_once_with_words_and_while_it_is_open(scene, given, at):
    at("2026-02-23 08:00")
    remind()
    row = Escalation.objects.get()
    with pytest.raises(ValidationError):
        services.acknowledge(row, by=scene.office, note="  ")
    services.acknowledge(row, by=scene.office, note="Хат жіберілді")
    with pytest.raises(Conflict):
        services.acknowledge(row, by=scene.executor, note="Мен де")
    services.cancel(given, by=scene.office, reason="Екі рет")
    with pytest.raises(Conflict):
        services.acknowledge(row, by=scene.office, note="Кеш")
