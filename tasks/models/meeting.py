"""Meetings of the project office and the council, and working trips."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.choices import Visibility
from core.fields import (
    PartialDateField,
    Trilingual,
    numbered,
    partial_date_check,
    public_id,
    required_when_public,
    search_column,
    search_index,
)
from core.models import Published, Recorded, Source, StoredFile, Worded
from core.triggers import EACH_WRITE, Run
from districts.models import District
from tasks.choices import MeetingKind
from tasks.querysets import MeetingPartQuerySet, MeetingQuerySet

#: The database changes these itself; the words' basis and who may read are no part of a protocol.
BESIDE = "updated_at,version,public_id,search,basis_kk,basis_ru,basis_en,stale,published_at"


def minuted(owner: str, free: str, operation: pgtrigger.Operation = EACH_WRITE) -> Run:
    """What stays once the protocol is signed (tasks/sql/minutes.sql)."""
    columns = f"{BESIDE},{free}"
    return Run(
        "tasks_keep_minuted", owner, columns, name="minuted", when=pgtrigger.Before, operation=operation
    )


class Meeting(Published, Worded, Recorded):
    """A sitting or a trip. `date_basis` says what the date rests on where the text does not give the day itself."""

    public_id = public_id("ALT-M-")
    code = models.SlugField(_("code"), max_length=60, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind)
    title = Trilingual(_("title"), max_length=400)
    held = PartialDateField(_("held on"))
    date_basis = Trilingual(_("what the date rests on"), max_length=300)
    chair = Trilingual(_("chair"), max_length=200)
    chair_post = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("post of the chair"),
    )
    place = Trilingual(_("place"), max_length=300)
    districts = models.ManyToManyField(
        District, through="MeetingDistrict", related_name="meetings", verbose_name=_("districts visited")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("source")
    )
    is_demo = models.BooleanField(_("invented, for trying out"), default=False, editable=False)
    search = search_column(
        "title_kk",
        "title_ru",
        "title_en",
        "chair_kk",
        "chair_ru",
        "chair_en",
        "place_kk",
        "place_ru",
        "place_en",
        numbered("ALT-M-"),
    )

    objects = MeetingQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("meeting"), _("meetings")
        ordering = ["-held_day", "-pk"]
        triggers = [
            *Recorded.Meta.triggers,
            minuted(
                "id",
                "visibility,code,source_id,title_kk,title_ru,title_en,date_basis_kk,date_basis_ru,date_basis_en",
                pgtrigger.Update,
            ),
        ]
        constraints = [
            models.CheckConstraint(name="tasks_meeting_kind_known", condition=Q(kind__in=MeetingKind.values)),
            partial_date_check("tasks_meeting_held_partial", "held"),
            required_when_public("tasks_meeting_public_in_kk_and_ru", "title"),
            models.CheckConstraint(
                name="tasks_meeting_demo_apart",
                condition=Q(is_demo=False) | Q(source=None, visibility=Visibility.INTERNAL),
                violation_error_message=_("What is invented has no source and is not published."),
            ),
        ]
        indexes = [
            search_index("tasks_meeting_search"),
            models.Index("held_day", "id", name="tasks_meeting_by_day"),
            models.Index("updated_at", "id", name="tasks_meeting_by_update"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class MeetingDistrict(Recorded):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="tasks_meetingdistrict_once", fields=["meeting", "district"])
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.district_id}"


class AgendaItem(Worded, Recorded):
    """A topic that was considered, and what has become of it since."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name=_("meeting"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = Trilingual(_("topic"), max_length=500)
    later = Trilingual(_("what came of it"), max_length=500)
    later_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source of that")
    )
    instruction = models.ForeignKey(
        "tasks.Instruction",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="agenda_items",
        verbose_name=_("carried over"),
        help_text=_("An instruction of an earlier meeting that was still open."),
    )

    objects = MeetingPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("agenda item"), _("agenda items")
        ordering = ["meeting", "number"]
        triggers = [
            *Recorded.Meta.triggers,
            minuted("meeting_id", "later_kk,later_ru,later_en,later_source_id"),
        ]
        constraints = [
            models.UniqueConstraint(name="tasks_agendaitem_one_per_number", fields=["meeting", "number"]),
            models.UniqueConstraint(name="tasks_agendaitem_carried_once", fields=["meeting", "instruction"]),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Attendance(Worded, Recorded):
    """Who took part, as the text names him: a person, an organisation or a group."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="attendances", verbose_name=_("meeting")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    name = Trilingual(_("participant"), max_length=300)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    present = models.BooleanField(
        _("present"), null=True, blank=True, help_text=_("Empty: the source does not say.")
    )

    objects = MeetingPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("participant"), _("participants")
        ordering = ["meeting", "order"]
        triggers = [*Recorded.Meta.triggers, minuted("meeting_id", "organisation_id")]
        constraints = [
            models.UniqueConstraint(name="tasks_attendance_one_per_order", fields=["meeting", "order"])
        ]

    def __str__(self) -> str:
        return str(self.name)


class Finding(Worded, Recorded):
    """What was seen on a working trip, where, and what came of it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="findings", verbose_name=_("meeting"))
    order = models.PositiveSmallIntegerField(_("order"))
    text = Trilingual(_("what was seen"), max_length=1000)
    place = models.CharField(_("where"), max_length=300, blank=True, default="")
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    photo = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    instruction = models.ForeignKey(
        "tasks.Instruction",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("instruction given on it"),
    )

    objects = MeetingPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("finding"), _("findings")
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(name="tasks_finding_one_per_order", fields=["meeting", "order"]),
            models.CheckConstraint(
                name="tasks_finding_worded",
                condition=~Q(text_kk="") | ~Q(text_ru=""),
                violation_error_message=_("Say what was seen, in Kazakh or in Russian."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.text}"
