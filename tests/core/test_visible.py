"""Who sees which registers; and no model that is exposed forgets to ask."""

import pytest

from core.apps import recorded_models
from core.models import CalendarDay, LegalAct, Source, StoredFile
from tests.factories import CalendarDayFactory, LegalActFactory, StoredFileFactory
from tests.personas import EVERYBODY, HOUSE, reader

#: Rows that are reached only through the row they are a part of.
PARTS = {
    "ClaimSource", "FigureSource", "InstructionSource", "LegalActSource", "LegalActStage", "MeetingDistrict",
    "MilestoneMove", "OrganisationSource", "PlaceBound", "PlaceSource", "ProjectSource", "ProtocolItem",
    "PublishedFigureSource",
}  # fmt: skip


def test_every_model_says_who_sees_its_rows():
    silent = {model.__name__ for model in recorded_models() if not hasattr(model.objects.all(), "visible_to")}

    assert silent == PARTS


@pytest.mark.django_db
@pytest.mark.parametrize("name", EVERYBODY)
def test_registers_are_open_and_files_are_not(name, request):
    user = reader(name, request)
    LegalActFactory()
    CalendarDayFactory()
    for level in ("public", "investor", "internal"):
        StoredFileFactory(name=level, visibility=level)

    for register in (Source, LegalAct, CalendarDay):
        assert register.objects.visible_to(user).count() == register.objects.count() > 0
    levels = (
        {"public", "investor", "internal"}
        if name in HOUSE
        else {"public"} | ({"investor"} if "investor" in name else set())
    )
    assert {file.name for file in StoredFile.objects.visible_to(user)} == levels
