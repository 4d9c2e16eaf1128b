"""The room of an investor: what it and the project office ask of each other, who has to move, and what they write."""

import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.fields import public_id
from core.models import Recorded, StoredFile
from core.triggers import EACH_WRITE, Run, at_commit, moves, recorded
from districts.models import Project
from investors.request_choices import REQUEST_FINAL, REQUEST_MOVES, RequestKind, RequestState, Side
from investors.request_querysets import (
    MessageFileQuerySet,
    MessageQuerySet,
    OfRequestQuerySet,
    RequestQuerySet,
)


def _person(label: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=label,
    )


class Request(Recorded):
    """One side asks something of the other. Only its services move it; who holds it has to move next.

    `promised_on`: by when the office answers, in force while the office holds the ball; `wanted_by`: by when it
    would like the investor to. The title and whom it is asked of stay as they were.
    """

    public_id = public_id("ALT-Q-")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="requests", verbose_name=_("organisation")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("project")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=RequestKind, default=RequestKind.QUESTION)
    title = models.CharField(_("what it is about"), max_length=200)
    asked_side = models.CharField(_("asked of"), max_length=8, choices=Side)
    state = models.CharField(
        _("state"), max_length=9, choices=RequestState, default=RequestState.OPEN, editable=False
    )
    holder = models.CharField(
        _("who holds the ball"), max_length=8, choices=Side, blank=True, default="", editable=False
    )
    promised_on = models.DateField(_("answer promised by"), null=True, blank=True, editable=False)
    wanted_by = models.DateField(_("asked for by"), null=True, blank=True, editable=False)
    opened_by = _person(_("opened by"))
    handler = _person(_("handled by"))
    written_at = models.DateTimeField(_("last written in"), db_default=Now(), editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    is_demo = models.BooleanField(_("invented, for trying out"), default=False, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("request"), _("requests")
        ordering = ["-pk"]
        triggers = [
            *Recorded.Meta.triggers,
            moves("state", REQUEST_MOVES, [RequestState.OPEN]),
            Run("investors_keep_request", name="kept", when=pgtrigger.Before, operation=EACH_WRITE),
            Run(
                "investors_pass_ball",
                name="passes",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="investors_request_titled",
                condition=~Q(title=""),
                violation_error_message=_("Say what it is about."),
            ),
            models.CheckConstraint(
                name="investors_request_held_until_its_end",
                condition=Q(state__in=REQUEST_FINAL, holder="", ended_at__isnull=False)
                | ~Q(state__in=REQUEST_FINAL) & ~Q(holder="") & Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="investors_request_answer_passes_it",
                condition=~Q(state=RequestState.ANSWERED) | ~Q(holder=F("asked_side")),
            ),
            models.CheckConstraint(
                name="investors_request_office_promises",
                condition=~Q(holder=Side.OFFICE) | Q(promised_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index("organisation", "state", name="investors_request_whose"),
            models.Index("holder", "promised_on", name="investors_request_waiting", condition=~Q(holder="")),
            models.Index("updated_at", "id", name="investors_request_by_update"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}: {self.title}"

    @property
    def is_final(self) -> bool:
        return self.state in REQUEST_FINAL

    @property
    def asker(self) -> Side:
        return Side(self.asked_side).other


class RequestHold(Recorded):
    """One side had to move next during this time. Written by the database itself (`investors_pass_ball`)."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="holds", verbose_name=_("request"))
    holder = models.CharField(_("held by"), max_length=8, choices=Side)
    during = DateTimeRangeField(_("during"))

    objects = OfRequestQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("time of holding a request"), _("times of holding a request")
        ordering = ["request", "during"]
        triggers = [
            *Recorded.Meta.triggers,
            Run("investors_keep_clock", name="by_database", when=pgtrigger.After, operation=EACH_WRITE),
        ]
        constraints = [
            ExclusionConstraint(
                name="investors_requesthold_one_at_a_time",
                expressions=[("request", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return self.get_holder_display()


class Message(Recorded):
    """What somebody of a side wrote. It is never changed nor removed; only its text may be erased, and that is seen.

    `client_uuid`: of the form it was typed into, so that a form sent twice is one message.
    """

    request = models.ForeignKey(Request, models.CASCADE, related_name="messages", verbose_name=_("request"))
    side = models.CharField(_("written for"), max_length=8, choices=Side)
    author = _person(_("author"))
    text = models.TextField(_("text"), blank=True, default="")
    at = models.DateTimeField(_("written at"), db_default=Now(), editable=False)
    erased_at = models.DateTimeField(_("text erased at"), null=True, editable=False)
    client_uuid = models.UUIDField(_("sent from the form"), unique=True, default=uuid.uuid4, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("message"), _("messages")
        ordering = ["pk"]
        triggers = [
            *Recorded.Meta.triggers,
            Run("investors_keep_message", name="kept", when=pgtrigger.Before, operation=EACH_WRITE),
            at_commit("investors_check_message", name="says", operation=pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}, {self.at:%Y-%m-%d %H:%M}"


class MessageFile(Recorded):
    """A file that came with a message. The right to it is the right to the request."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="files", verbose_name=_("message"))
    file = models.OneToOneField(
        StoredFile, models.PROTECT, related_name="message_file", verbose_name=_("file")
    )

    objects = MessageFileQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("file of a message"), _("files of messages")
        ordering = ["pk"]
        triggers = [
            *Recorded.Meta.triggers,
            Run("investors_keep_message_file", name="kept", when=pgtrigger.Before, operation=EACH_WRITE),
        ]

    def __str__(self) -> str:
        return str(self.file)


class RequestSeen(Recorded):
    """Up to which message a person has read a request."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="seen", verbose_name=_("request"))
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("read by")
    )
    upto = models.BigIntegerField(_("up to the message"), default=0)

    objects = OfRequestQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("mark of reading"), _("marks of reading")
        ordering = ["pk"]
        triggers = recorded(quiet=["upto"])
        constraints = [
            models.UniqueConstraint(name="investors_requestseen_once", fields=["request", "reader"])
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.upto}"
