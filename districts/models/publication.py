"""What becomes public, by two persons: prepared by one, published by another."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.choices import Visibility
from core.fields import Trilingual
from core.models import Recorded
from core.triggers import Run, moves
from districts.choices import PUBLICATION_FIRST, PUBLICATION_MOVES, PublicationState
from districts.querysets import PublicationQuerySet


def _person(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=label,
    )


class Publication(Recorded):
    """Where an object stands on its way to the public. The object itself holds what is published; the draft waits here.

    `prepared_by`: who had made ready what is published now; the database keeps it. `published_by` empty: by the load.
    """

    model = models.CharField(_("model"), max_length=60, editable=False)
    object_id = models.BigIntegerField(_("object"), editable=False)
    state = models.CharField(
        _("state"),
        max_length=11,
        choices=PublicationState,
        default=PublicationState.INTERNAL,
        editable=False,
    )
    target = models.CharField(
        _("for whom"), max_length=8, choices=Visibility, default=Visibility.PUBLIC, editable=False
    )
    draft = models.JSONField(
        _("not public yet"), default=dict, blank=True, editable=False, encoder=DjangoJSONEncoder
    )
    drafted_by = _person(_("last changed by"))
    drafted_at = models.DateTimeField(_("last changed at"), null=True, blank=True, editable=False)
    withheld = ArrayField(
        models.CharField(max_length=60), verbose_name=_("withheld"), default=list, blank=True, editable=False
    )
    confirmed = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("words confirmed"),
        default=list,
        blank=True,
        editable=False,
    )
    snapshot = models.JSONField(
        _("as last published"), default=dict, blank=True, editable=False, encoder=DjangoJSONEncoder
    )
    ready_by = _person(_("made ready by"))
    ready_at = models.DateTimeField(_("made ready at"), null=True, blank=True, editable=False)
    ready_version = models.PositiveIntegerField(null=True, blank=True, editable=False)
    prepared_by = _person(_("prepared by"))
    published_by = _person(_("published by"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    taken_down_by = _person(_("taken down by"))
    taken_down_at = models.DateTimeField(_("taken down at"), null=True, blank=True, editable=False)
    was_public = models.BooleanField(_("was public before it was taken down"), default=False, editable=False)
    tombstone = Trilingual(_("what is said in its place"), max_length=400)

    objects = PublicationQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("publication"), _("publications")
        ordering = ["-updated_at", "-pk"]
        triggers = [
            *Recorded.Meta.triggers,
            moves("state", PUBLICATION_MOVES, PUBLICATION_FIRST),
            Run(
                "districts_keep_publication",
                name="prepared",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="districts_publication_one_per_object", fields=["model", "object_id"]
            ),
            models.CheckConstraint(
                name="districts_publication_two_persons",
                condition=Q(published_by=None)
                | (Q(prepared_by__isnull=False) & ~Q(prepared_by=F("published_by"))),
                violation_error_message=_("Whoever made it ready does not publish it: a second person does."),
            ),
            models.CheckConstraint(
                name="districts_publication_ready_by_somebody",
                condition=Q(state=PublicationState.READY, ready_by__isnull=False, ready_at__isnull=False)
                | (~Q(state=PublicationState.READY) & Q(ready_by=None, ready_at=None)),
            ),
            models.CheckConstraint(
                name="districts_publication_down_with_words",
                condition=~Q(state=PublicationState.UNPUBLISHED)
                | (Q(taken_down_at__isnull=False) & ~Q(tombstone_kk="") & ~Q(tombstone_ru="")),
                violation_error_message=_("Say in Kazakh and in Russian why it was taken down."),
            ),
        ]
        indexes = [models.Index("state", F("updated_at").desc(), name="districts_publication_queue")]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}: {self.get_state_display()}"

    @property
    def changes(self) -> dict[str, object]:
        """The draft without what is withheld on purpose: what the next publication makes public."""
        return {column: value for column, value in self.draft.items() if column not in self.withheld}
