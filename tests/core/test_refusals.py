"""What the database refuses of registers and of work, by name."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories import (
    AccessLogFactory,
    CalendarDayFactory,
    ErasureFactory,
    IdempotencyRecordFactory,
    JobRunFactory,
    LegalActFactory,
    LegalActSourceFactory,
    LegalActStageFactory,
    OutboxFactory,
    SavedViewFactory,
    SilenceFactory,
    SourceFactory,
    StoredFileFactory,
)
from tests.refusals import Wrong, parameters

CASES = {
    "core_source_published_partial": [
        Wrong(SourceFactory, {"published_day": None}),
        Wrong(SourceFactory, {"published_day": date(2029, 12, 31), "published_precision": "year"}),
        Wrong(SourceFactory, {"published_day": date(2029, 10, 1), "published_precision": "season"}),
        Wrong(SourceFactory, {"published_day": date(2029, 10, 2), "published_precision": "month"}),
        Wrong(SourceFactory, {"published_precision": "unknown"}),
        Wrong(SourceFactory, {"published_precision": "decade"}),
    ],
    "core_legalact_titled": [Wrong(LegalActFactory, {"title_kk": "", "title_ru": ""})],
    "core_legalactsource_once": [Wrong(LegalActSourceFactory, twin=("act_id", "source_id"))],
    "core_legalactstage_one_per_day": [Wrong(LegalActStageFactory, twin=("act_id",))],
    "core_calendarday_kind_known": [Wrong(CalendarDayFactory, {"kind": "half"})],
    "core_calendarday_moved_elsewhere": [
        Wrong(CalendarDayFactory, {"moved_from": date(2030, 5, 4)}, given={"date": date(2030, 5, 4)})
    ],
    "core_storedfile_sha256": [
        Wrong(StoredFileFactory, {"sha256": "A" * 64}),
        Wrong(StoredFileFactory, {"sha256": "a" * 63}),
    ],
    "core_storedfile_public_is_clean": [
        Wrong(StoredFileFactory, {"visibility": "public"}, given={"scan_state": "pending"}),
        Wrong(StoredFileFactory, {"visibility": "investor"}, given={"scan_state": "infected"}),
        Wrong(StoredFileFactory, {"scan_state": "infected"}, given={"visibility": "public"}),
    ],
    "core_outbox_one_end": [
        Wrong(OutboxFactory, {"given_up_at": timezone.now()}, given={"delivered_at": timezone.now()})
    ],
    "core_idempotencyrecord_once": [
        Wrong(IdempotencyRecordFactory, twin=("client", "key", "method", "path"))
    ],
    "core_jobrun_one_per_slot": [Wrong(JobRunFactory, twin=("job", "slot"))],
    "core_savedview_name_once": [Wrong(SavedViewFactory, twin=("owner_id", "path", "name"))],
    "core_savedview_named": [Wrong(SavedViewFactory, {"name": "  "})],
    "core_savedview_local_path": [
        Wrong(SavedViewFactory, {"path": path})
        for path in ("https://example.kz/", "//example.kz/", "projects/", "/projects", "/projects/?q=1/", "")
    ],
    "core_silence_once": [Wrong(SilenceFactory, twin=("owner_id", "kind", "channel"))],
    "core_accesslog_action_known": [Wrong(AccessLogFactory, {"action": "peeked"}, copied=True)],
    "core_accesslog_by_somebody": [Wrong(AccessLogFactory, {"who": ""}, copied=True)],
    "core_erasure_subject_hashed": [Wrong(ErasureFactory, {"subject": "a@example.kz"})],
    "core_erasure_on_a_ground": [Wrong(ErasureFactory, {"ground": ""})],
    "core_silence_channel_known": [Wrong(SilenceFactory, {"channel": "pigeon"})],
}


@pytest.mark.django_db
@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_wrong_row_is_refused_by_name(door, rule, case):
    door(rule, case)
