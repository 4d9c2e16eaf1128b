"""The paper that an instruction comes from: a protocol or a press release, and its items."""

from collections.abc import Iterable

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from core.models import Recorded, Source, StoredFile
from core.triggers import Run, moves
from tasks.choices import ITEM_MOVES, ItemKind, ItemState, ProtocolKind
from tasks.models.meeting import Meeting
from tasks.querysets import MeetingPartQuerySet

FROZEN = pgtrigger.Update | pgtrigger.Delete


class Protocol(Recorded):
    """Its text and its items. Signed it is frozen; a correction is a protocol that supersedes it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="protocols", verbose_name=_("meeting"))
    kind = models.CharField(_("kind"), max_length=15, choices=ProtocolKind)
    number = models.CharField(_("number"), max_length=40, blank=True, default="")
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True, default="")
    text = models.TextField(_("text"), blank=True, default="")
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="protocols", verbose_name=_("source")
    )
    source_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
    )

    objects = MeetingPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("protocol"), _("protocols")
        ordering = ["-pk"]
        triggers = [
            *Recorded.Meta.triggers,
            Run("tasks_keep_signed", "id", name="signed", when=pgtrigger.Before, operation=FROZEN),
            Run("tasks_check_settled", name="settled", when=pgtrigger.Before, operation=pgtrigger.Update),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_protocol_kind_known", condition=Q(kind__in=ProtocolKind.values)
            ),
            models.UniqueConstraint(
                F("number"),
                ExtractYear("signed_on"),
                name="tasks_protocol_number_once_a_year",
                condition=~Q(number="") & Q(signed_on__isnull=False, supersedes=None),
                violation_error_message=_("A protocol with this number was signed in that year already."),
            ),
            models.CheckConstraint(
                name="tasks_protocol_signed_with_number",
                condition=Q(signed_on=None) | ~Q(number=""),
                violation_error_message=_("A signed protocol has a number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()


def in_force(papers: Iterable[Protocol]) -> list[Protocol]:
    """Of all papers of a meeting those that hold: not superseded by a signed one, nor a correction still unsigned."""
    papers = list(papers)
    superseded = {one.supersedes_id for one in papers if one.signed_on}
    return [
        one for one in papers if one.pk not in superseded and (one.signed_on or one.supersedes_id is None)
    ]


class ProtocolItem(Recorded):
    """One decision, instruction or note, tied to its own words: `text` is `protocol.text[start:end]`.

    `reading` is what the reader of `tasks.reading` made of the words: {addressees, lead, due, due_text}; a draft until
    a person confirms it. Nothing is registered before.
    """

    protocol = models.ForeignKey(Protocol, models.CASCADE, related_name="items", verbose_name=_("protocol"))
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=12, choices=ItemKind)
    text = models.TextField(_("text"))
    start = models.PositiveIntegerField(_("from character"), null=True, blank=True)
    end = models.PositiveIntegerField(_("to character"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=ItemState, default=ItemState.CONFIRMED, editable=False
    )
    reading = models.JSONField(_("as read"), default=dict, blank=True, editable=False)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("protocol item"), _("protocol items")
        ordering = ["protocol", "order"]
        triggers = [
            *Recorded.Meta.triggers,
            moves("state", ITEM_MOVES, [ItemState.PROPOSED, ItemState.CONFIRMED]),
            Run(
                "tasks_keep_signed",
                "protocol_id",
                name="signed",
                when=pgtrigger.Before,
                operation=FROZEN | pgtrigger.Insert,
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="tasks_protocolitem_one_per_order", fields=["protocol", "order"]),
            models.CheckConstraint(
                name="tasks_protocolitem_kind_known", condition=Q(kind__in=ItemKind.values)
            ),
            models.CheckConstraint(
                name="tasks_protocolitem_state_known", condition=Q(state__in=ItemState.values)
            ),
            models.CheckConstraint(
                name="tasks_protocolitem_unclear_waits",
                condition=~Q(kind=ItemKind.UNCLEAR) | ~Q(state=ItemState.CONFIRMED),
                violation_error_message=_("Say what it is: an instruction, a decision or a note."),
            ),
            models.CheckConstraint(
                name="tasks_protocolitem_span",
                condition=Q(start=None, end=None)
                | Q(start__isnull=False, end__isnull=False, end__gt=F("start")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.text}"
