"""Disputes of figures: who may contest, what the office decides, and what becomes of the figure."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError

from core.exceptions import Conflict, Forbidden
from core.models import Change, Outbox, Source
from districts.models import Figure
from tasks import services
from tasks.models import FigureDispute
from tests.factories import (
    DistrictFactory,
    FigureFactory,
    ProjectPartyFactory,
    ReportingDutyFactory,
    dispute_in,
)
from tests.personas import reader
from tests.tasks.progress_scene import PEOPLE
from tests.tasks.test_races import at_once

pytestmark = pytest.mark.django_db
SAID = {
    "value": Decimal(25),
    "as_of": date(2026, 3, 1),
    "motive": "Мемлекеттік актіде 25 га",
    "language": "kk",
    "source_text": "Мемлекеттік акт № 12",
}


def shown(**facts):
    return FigureFactory(chosen=True, visibility="public", project__visibility="public", **facts)


@pytest.fixture
def figure(akimat):
    made = shown()
    ReportingDutyFactory(project=made.project, organisation=akimat)
    return made


def file(figure, by, **changed):
    return services.file_dispute(figure, by=by, **(SAID | changed))


@pytest.mark.parametrize("name", PEOPLE)
def test_who_reports_of_a_project_contests_its_figures(request, figure, name):
    user = reader(name, request)

    if name in {"akimat_preparer", "akimat_signer"}:
        assert file(figure, user).state == "open"
    else:
        with pytest.raises(Forbidden):
            file(figure, user)
        assert not FigureDispute.objects.exists()


def test_so_does_a_party_while_it_takes_part(executor, mic):
    left, there = shown(), shown()
    ProjectPartyFactory(project=left.project, organisation=mic, until=date(2026, 1, 1))
    ProjectPartyFactory(project=there.project, organisation=mic)

    assert file(there, executor).organisation == mic
    with pytest.raises(Forbidden):
        file(left, executor)


@pytest.mark.parametrize("subject", ["city", "district"])
def test_figures_of_the_city_and_of_districts_are_contested_by_an_akimat(executor, akimat_preparer, subject):
    district = DistrictFactory() if subject == "district" else None
    figure = FigureFactory(project=None, district=district, chosen=True, visibility="public")

    assert file(figure, akimat_preparer).figure == figure
    with pytest.raises(Forbidden):
        file(figure, executor)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("motive", {"motive": "  "}),
        ("source_text", {"source_text": ""}),
        ("source_url", {"source_url": "javascript:alert(1)"}),
        ("as_of", {"as_of": None}),
        ("value", {"value": Decimal(-1)}),
        ("value", {"value": Decimal(20), "as_of": date(2025, 9, 29)}),
        ("value", {"value": Decimal("1e30")}),
        ("value_max", {"value_max": Decimal(24)}),
        ("qualifier", {"qualifier": "perhaps"}),
        ("language", {"language": "de"}),
        ("file", {"file": BytesIO(b"MZ"), "name": "act.pdf"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(figure, akimat_preparer, field, changed):
    with pytest.raises(ValidationError) as refused:
        file(figure, akimat_preparer, **changed)

    assert set(refused.value.message_dict) == {field}
    assert not FigureDispute.objects.exists()


def test_one_at_a_time_and_only_of_what_is_shown(figure, akimat_preparer, akimat_signer):
    first = file(figure, akimat_preparer)
    with pytest.raises(Conflict, match="Your organisation|[Ұұ]йым|организация"):
        file(figure, akimat_signer)
    services.withdraw_dispute(first, by=akimat_signer)
    assert file(figure, akimat_signer).pk != first.pk

    with pytest.raises(Conflict):
        other = FigureFactory(project=figure.project, measure="height", unit="m", chosen=False)
        file(other, akimat_preparer)


def test_upheld_it_is_shown_with_its_source_and_the_former_stays(figure, office, akimat_preparer):
    dispute = file(figure, akimat_preparer, source_url="https://example.kz/act.pdf")

    services.decide_dispute(dispute, by=office, upheld=True, note="Актімен салыстырылды")

    dispute.refresh_from_db()
    figure.refresh_from_db()
    new = dispute.recorded
    assert (dispute.state, figure.chosen, figure.value, new.chosen, new.value) == (
        "upheld", False, 20, True, 25,
    )  # fmt: skip
    assert (new.visibility, new.measure, new.unit, new.as_of.iso()) == (
        "public",
        figure.measure,
        "ha",
        "2026-03-01",
    )
    assert (new.source.publisher, new.source.code) == (str(dispute.organisation.name), dispute.public_id)
    assert new.source.addresses == ["https://example.kz/act.pdf"]
    assert dispute.public_id in new.note.kk and not new.note.ru
    said = Change.objects.of(dispute).last()
    assert (said.verb, said.note, said.actor) == (
        "uphold_dispute",
        "Актімен салыстырылды",
        f"user:{office.pk}",
    )


def test_of_an_internal_figure_nothing_becomes_public(office, akimat_preparer, akimat):
    figure = FigureFactory(chosen=True)
    ReportingDutyFactory(project=figure.project, organisation=akimat)
    before = Source.objects.count()

    row = services.decide_dispute(file(figure, akimat_preparer), by=office, upheld=True, note="Рас")

    assert (row.recorded.visibility, row.recorded.source, Source.objects.count()) == (
        "internal",
        None,
        before,
    )
    assert SAID["source_text"] in row.recorded.note.kk


def test_rejected_all_stays(figure, office, akimat_preparer):
    row = services.decide_dispute(file(figure, akimat_preparer), by=office, upheld=False, note="Акт ескі")

    assert (row.state, row.recorded, row.decision_note) == ("rejected", None, "Акт ескі")
    assert Figure.objects.get(chosen=True, project=figure.project) == figure
    assert Figure.objects.count() == 1


@pytest.mark.parametrize("name", PEOPLE)
def test_who_decides_and_who_withdraws(request, figure, akimat_preparer, name):
    user = reader(name, request)
    dispute = file(figure, akimat_preparer)

    verbs = {
        "decide": lambda: services.decide_dispute(dispute, by=user, upheld=False, note="Жоқ"),
        "withdraw": lambda: services.withdraw_dispute(dispute, by=user),
    }
    may = {"office": "decide", "akimat_preparer": "withdraw", "akimat_signer": "withdraw"}.get(name)
    for verb, do in verbs.items():
        if verb != may:
            with pytest.raises(Forbidden):
                do()
    dispute.refresh_from_db()
    assert dispute.state == "open"
    if may:
        assert verbs[may]().state == ("rejected" if may == "decide" else "withdrawn")


@pytest.mark.parametrize("state", ["upheld", "rejected", "withdrawn"])
def test_what_is_closed_stays_closed(office, state):
    dispute = dispute_in(state)

    with pytest.raises(Conflict):
        services.decide_dispute(dispute, by=office, upheld=True, note="Қайта")
    assert not Figure.objects.filter(value=25, chosen=True).exists()


def test_a_decision_has_its_reason(figure, office, akimat_preparer):
    with pytest.raises(ValidationError) as refused:
        services.decide_dispute(file(figure, akimat_preparer), by=office, upheld=True, note=" ")

    assert set(refused.value.message_dict) == {"note"}
    assert Figure.objects.count() == 1


def test_the_other_side_is_told(figure, office, akimat_preparer, akimat_signer):
    dispute = file(figure, akimat_preparer)
    services.decide_dispute(dispute, by=office, upheld=False, note="Жоқ")

    bells = Outbox.objects.filter(channel="bell").values_list("payload__kind", "payload__recipient")
    assert set(bells) == {
        ("figure_disputed", office.pk),
        ("dispute_decided", akimat_preparer.pk),
        ("dispute_decided", akimat_signer.pk),
    }


@pytest.mark.parametrize("name", [*PEOPLE])
def test_until_it_is_decided_it_is_between_the_house_and_whoever_filed(
    request, figure, akimat_preparer, name
):
    file(figure, akimat_preparer)

    sees = name in {"office", "leadership", "auditor", "akimat_preparer", "akimat_signer"}
    assert FigureDispute.objects.visible_to(reader(name, request)).exists() == sees


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_does(figure, office, second_office, akimat_preparer):
    dispute = file(figure, akimat_preparer)

    told = at_once(
        lambda: services.decide_dispute(dispute, by=office, upheld=True, note="Рас"),
        lambda: services.decide_dispute(dispute, by=second_office, upheld=True, note="Рас"),
    )

    assert isinstance(told, Conflict)
    assert Figure.objects.filter(value=25).count() == 1
