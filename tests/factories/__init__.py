"""One valid row of each model; a test names only what it is about. Texts and dates are given column by column."""

from factory.django import DjangoModelFactory

from tests.factories.accounts import (
    ApiClientFactory,
    InvitationFactory,
    OrganisationFactory,
    OrganisationSourceFactory,
    UserFactory,
)
from tests.factories.core import (
    CalendarDayFactory,
    JobRunFactory,
    LegalActFactory,
    LegalActSourceFactory,
    LegalActStageFactory,
    NoticeFactory,
    OutboxFactory,
    SavedViewFactory,
    SilenceFactory,
    SourceFactory,
    StoredFileFactory,
)
from tests.factories.districts import (
    ClaimFactory,
    ClaimSourceFactory,
    DistrictFactory,
    FigureFactory,
    FigureSourceFactory,
    MilestoneFactory,
    MilestoneMoveFactory,
    PlaceBoundFactory,
    PlaceFactory,
    PlaceSourceFactory,
    ProjectFactory,
    ProjectPartyFactory,
    ProjectSourceFactory,
    StageChangeFactory,
    move_project,
    project_in,
)
from tests.factories.investors import (
    InvestorFactory,
    TalkFactory,
)
from tests.factories.tasks import (
    AgendaItemFactory,
    AttendanceFactory,
    ExecutorFactory,
    InstructionFactory,
    InstructionSourceFactory,
    MeetingDistrictFactory,
    MeetingFactory,
    ProtocolFactory,
    ProtocolItemFactory,
    instruction_in,
    ready_instruction,
)

#: By table.
FACTORIES: dict[str, type[DjangoModelFactory]] = {
    made._meta.model._meta.db_table: made for made in DjangoModelFactory.__subclasses__()
}

__all__ = [
    "FACTORIES",
    "AgendaItemFactory",
    "ApiClientFactory",
    "AttendanceFactory",
    "CalendarDayFactory",
    "ClaimFactory",
    "ClaimSourceFactory",
    "DistrictFactory",
    "ExecutorFactory",
    "FigureFactory",
    "FigureSourceFactory",
    "InstructionFactory",
    "InstructionSourceFactory",
    "InvestorFactory",
    "InvitationFactory",
    "JobRunFactory",
    "LegalActFactory",
    "LegalActSourceFactory",
    "LegalActStageFactory",
    "MeetingDistrictFactory",
    "MeetingFactory",
    "MilestoneFactory",
    "MilestoneMoveFactory",
    "NoticeFactory",
    "OrganisationFactory",
    "OrganisationSourceFactory",
    "OutboxFactory",
    "PlaceBoundFactory",
    "PlaceFactory",
    "PlaceSourceFactory",
    "ProjectFactory",
    "ProjectPartyFactory",
    "ProjectSourceFactory",
    "ProtocolFactory",
    "ProtocolItemFactory",
    "SavedViewFactory",
    "SilenceFactory",
    "SourceFactory",
    "StageChangeFactory",
    "StoredFileFactory",
    "TalkFactory",
    "UserFactory",
    "instruction_in",
    "move_project",
    "project_in",
    "ready_instruction",
]
