"""A save is a change like any other: in the ledger with name, verb and note; refused whole or done whole."""

import pytest

from core.models import Change, Source
from districts.models import Milestone, Place, Project, ProjectParty
from tasks.models import Instruction, Protocol, ProtocolItem
from tests.admin.forms import filled, sentences
from tests.admin.rows import address
from tests.factories import (
    DistrictFactory,
    FigureFactory,
    InstructionFactory,
    MilestoneFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    ProtocolFactory,
    ProtocolItemFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def ledger(row):
    return list(Change.objects.of(row).values_list("actor", "verb", "note"))


def save(client, model, row, **changes):
    page = address(model, "change", row.pk)
    return client.post(page, filled(client.get(page), **changes))


def test_a_save_is_one_row_of_the_ledger_with_name_verb_and_note(browse, office):
    source = SourceFactory()

    response = save(browse(office), "core.Source", source, title="Жаңа атау", why="as printed")

    assert response.status_code == 302
    assert ledger(source)[1:] == [(f"user:{office.pk}", "amend", "as printed")]
    source.refresh_from_db()
    assert source.title == "Жаңа атау"


def test_adding_and_removing_are_named_too(browse, office):
    client = browse(office)
    page = address("districts.Place", "add")

    response = client.post(
        page,
        filled(client.get(page), code="kapchagai", kind="reservoir", name_kk="Қапшағай", confidence="high"),
    )
    assert response.status_code == 302, sentences(response)
    place = Place.objects.get(code="kapchagai")
    client.post(address("districts.Place", "delete", place.pk), {"post": "yes"})

    assert not Place.objects.filter(pk=place.pk).exists()
    assert [verb for _actor, verb, _note in ledger(place)] == ["add", "remove"]
    assert {actor for actor, _verb, _note in ledger(place)} == {f"user:{office.pk}"}


@pytest.mark.parametrize(
    ("model", "field"),
    [("accounts.Invitation", "role"), ("districts.Project", "confidence"), ("districts.Figure", "unit")],
)
def test_nothing_is_chosen_until_somebody_chooses(browse, office, model, field):
    shown = browse(office).get(address(model, "add"))

    assert shown.context["adminform"].form.fields[field].choices[0] == ("", "—")
    assert "None" not in shown.content.decode().split("</form>")[0].split("<form")[-1]


def test_a_stale_save_is_refused_and_what_was_typed_stays(browse, office):
    source, client = SourceFactory(title="one"), browse(office)
    page = address("core.Source", "change", source.pk)
    typed = filled(client.get(page), title="mine")
    Source.objects.filter(pk=source.pk).update(title="theirs")

    response = client.post(page, typed)

    assert response.status_code == 200
    assert "Somebody changed this" in sentences(response)
    assert 'value="mine"' in response.content.decode()
    source.refresh_from_db()
    assert source.title == "theirs"
    assert client.post(page, typed).status_code == 200, "the old token stays old"


def test_a_save_is_stale_when_only_a_part_changed(browse, office):
    party, client = ProjectPartyFactory(share=10), browse(office)
    page = address("districts.Project", "change", party.project_id)
    typed = filled(client.get(page), code="mine")
    ProjectParty.objects.filter(pk=party.pk).update(share=20)

    assert "Somebody changed this" in sentences(client.post(page, typed))


def test_what_the_database_refuses_is_said_and_nothing_of_it_is_written(browse, office):
    project, client = ProjectPartyFactory(share=60).project, browse(office)
    other = OrganisationFactory()
    page = address("districts.Project", "change", project.pk)
    shown = client.get(page)
    party = {"organisation": other.pk, "role": "investor", "share": "60"}
    row = {f"parties-1-{name}": value for name, value in party.items()}

    response = client.post(page, filled(shown, code="renamed", **{"parties-TOTAL_FORMS": "2"}, **row))

    assert response.status_code == 200
    assert "more than 100 per cent in sum" in sentences(response)
    assert 'value="renamed"' in response.content.decode()
    project.refresh_from_db()
    assert project.code != "renamed"
    assert project.parties.count() == 1


def test_a_check_is_told_in_words(browse, office):
    project = ProjectFactory()

    response = save(browse(office), "districts.Project", project, suspended_since="2026-01-01")

    assert "Say why the project is suspended." in sentences(response)


def test_removing_what_is_used_is_refused_with_a_sentence(browse, office):
    whole = FigureFactory()
    FigureFactory(project=whole.project, part_of=whole)

    response = browse(office).post(address("districts.Figure", "delete", whole.pk), {"post": "yes"})

    assert response.status_code == 200
    whole.refresh_from_db()


STATE = {
    "status": "completion",
    "cancelled_reason": "x",
    "public_id": "ALT-P-9999",
    "state": "executed",
    "due": "2030-01-01",
    "original_due": "2030-01-01",
    "chosen": "on",
    "signed_out_at": "2030-01-01",
    "second_factors": "3",
    "scan_state": "infected",
}


@pytest.mark.parametrize("factory", [ProjectFactory, InstructionFactory, FigureFactory])
def test_states_are_not_asked_for_and_posting_them_changes_nothing(browse, office, factory):
    row, client = factory(), browse(office)
    page = address(row._meta.label, "change", row.pk)
    shown = client.get(page)
    before = type(row).objects.filter(pk=row.pk).values().get()

    assert not STATE.keys() & shown.context["adminform"].form.fields.keys()
    assert client.post(page, filled(shown, **STATE)).status_code == 302

    assert type(row).objects.filter(pk=row.pk).values().get() == before
    assert len(ledger(row)) == 1


def test_a_posted_version_is_compared_never_kept(browse, office):
    source = SourceFactory()

    assert save(browse(office), "core.Source", source, version="99").status_code == 200

    source.refresh_from_db()
    assert source.version == 1


def test_any_day_of_the_period_will_do(browse, office):
    source, client = SourceFactory(), browse(office)

    save(client, "core.Source", source, published_day="2027-10-17", published_precision="season")
    source.refresh_from_db()
    assert source.published.iso() == "2027-23"

    response = save(client, "core.Source", source, published_day="", published_precision="year")
    assert "Give a day" in sentences(response)
    response = save(client, "core.Source", source, published_day="2027-10-17", published_precision="unknown")
    assert "how exact" in sentences(response)


def test_a_forecast_does_not_move_by_a_save(browse, office):
    milestone = MilestoneFactory()
    typed = {"forecast_day": "2031-01-01", "code": "renamed"}

    assert save(browse(office), "districts.Milestone", milestone, **typed).status_code == 302

    fresh = Milestone.objects.get(pk=milestone.pk)
    assert (fresh.forecast, fresh.code) == (milestone.forecast, "renamed")


def test_a_milestone_is_not_met_by_a_save(browse, office):
    milestone, client = MilestoneFactory(), browse(office)
    forged = {"status": "met", "met_day": "2026-01-01", "met_precision": "day"}
    part = {f"milestones-0-{name}": value for name, value in forged.items()}

    assert save(client, "districts.Milestone", milestone, **forged).status_code == 302
    assert save(client, "districts.Project", milestone.project, **part).status_code == 302

    fresh = Milestone.objects.get(pk=milestone.pk)
    assert (fresh.status, fresh.met.day, fresh.version) == ("scheduled", None, milestone.version)


def test_a_protocol_is_signed_with_its_items_and_then_frozen(browse, office):
    item, client = ProtocolItemFactory(), browse(office)
    protocol = item.protocol
    row = {"items-TOTAL_FORMS": "2", "items-1-order": "7", "items-1-kind": "note", "items-1-text": "…"}

    response = save(client, "tasks.Protocol", protocol, number="12", signed_on="2025-10-02", **row)

    assert response.status_code == 302, sentences(response)
    protocol.refresh_from_db()
    assert (protocol.number, str(protocol.signed_on), protocol.items.count()) == ("12", "2025-10-02", 2)
    page = address("tasks.Protocol", "change", protocol.pk)
    assert 'name="_save"' not in client.get(page).content.decode()
    assert client.post(page, {"number": "13"}).status_code == 403
    assert ProtocolItem.objects.filter(protocol=protocol).count() == 2


def test_a_protocol_signed_without_a_number_is_refused_whole(browse, office):
    protocol = ProtocolFactory(number="")

    response = save(browse(office), "tasks.Protocol", protocol, signed_on="2025-10-02", language="kk")

    assert "has a number" in sentences(response)
    assert Protocol.objects.get(pk=protocol.pk).language == protocol.language


def test_a_project_is_registered_with_its_first_stage_and_basis(browse, office):
    client, page = browse(office), address("districts.Project", "add")
    facts = {
        "code": "k-park",
        "kind": "anchor",
        "name_kk": "K-Park",
        "name_ru": "K-Park",
        "source": SourceFactory().pk,
        "confidence": "high",
        "district": DistrictFactory().pk,
        "sectors": ["economy", "transport.road"],
        "on": "2025-09",
    }

    refused = client.post(page, filled(client.get(page), **facts))
    response = client.post(
        page, filled(client.get(page), **facts, stage="preparation", basis="press release")
    )

    assert {"stage", "basis"} <= refused.context["adminform"].form.errors.keys()
    assert response.status_code == 302, sentences(response)
    project = Project.objects.get(code="k-park")
    assert response.url == address("districts.Project", "change", project.pk)
    assert (project.status, project.sectors) == ("preparation", ["economy", "transport.road"])
    stage = project.stage_changes.get()
    assert (stage.basis, stage.on.iso(), stage.source, stage.by) == (
        "press release",
        "2025-09",
        project.source,
        office,
    )
    assert ledger(project) == [(f"user:{office.pk}", "register_project", "press release")]


def test_an_instruction_is_registered_with_its_executors_and_its_term(browse, office, mic):
    client, page = browse(office), address("tasks.Instruction", "add")
    lead = {"executors-TOTAL_FORMS": "1", "executors-0-organisation": mic.pk, "executors-0-role": "lead"}
    facts = {"issuer": OrganisationFactory().pk, "text_kk": "Жеделдету", "first_due": "2026-06-15", **lead}

    response = client.post(page, filled(client.get(page), **facts))

    assert response.status_code == 302, sentences(response)
    instruction = Instruction.objects.get()
    assert (str(instruction.due), str(instruction.original_due)) == ("2026-06-15", "2026-06-15")
    assert (instruction.state, instruction.executors.get().organisation) == ("registered", mic)
    assert ledger(instruction) == [(f"user:{office.pk}", "register_instruction", "")]
