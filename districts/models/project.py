"""Projects and who takes part in them."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.choices import Confidence, Visibility
from core.fields import (
    Trilingual,
    numbered,
    public_id,
    required_when_public,
    search_column,
    search_index,
    sort_column,
)
from core.geometry import valid_geometry
from core.models import Citation, Published, Recorded, Source, Worded
from core.triggers import Run, at_commit, moves
from districts.choices import (
    PROJECT_FIRST,
    PROJECT_MOVES,
    PartyRole,
    ProjectKind,
    ProjectStatus,
    ProjectType,
    Sector,
)
from districts.models.district import District, in_kazakhstan
from districts.querysets import PartyQuerySet, ProjectQuerySet


class Project(Published, Worded, Recorded):
    """Something that is to be built. `status` changes only in `districts.services`, together with a stage change."""

    public_id = public_id("ALT-P-")
    code = models.SlugField(_("code"), max_length=60, unique=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("district")
    )
    name = Trilingual(_("name"), max_length=300)
    purpose = Trilingual(_("purpose"))
    kind = models.CharField(_("kind"), max_length=20, choices=ProjectKind)
    type = models.CharField(_("type"), max_length=20, choices=ProjectType, blank=True, default="")
    sectors = ArrayField(
        models.CharField(max_length=40, choices=Sector), verbose_name=_("sectors"), default=list, blank=True
    )
    status = models.CharField(_("status"), max_length=20, choices=ProjectStatus, editable=False)
    cancelled_reason = models.TextField(_("why cancelled"), blank=True, default="", editable=False)
    suspended_since = models.DateField(_("suspended since"), null=True, blank=True)
    suspended_reason = models.TextField(_("why suspended"), blank=True, default="")
    geometry = models.JSONField(_("geometry (GeoJSON)"), null=True, blank=True, validators=[valid_geometry])
    note = Trilingual(_("note"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, related_name="projects", verbose_name=_("source")
    )
    other_sources = models.ManyToManyField(Source, through="ProjectSource", related_name="+")
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence)
    is_demo = models.BooleanField(_("invented, for trying out"), default=False, editable=False)
    search = search_column(
        "name_kk", "name_ru", "name_en", "purpose_kk", "purpose_ru", "purpose_en", numbered("ALT-P-")
    )
    sort_kk = sort_column()

    objects = ProjectQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("project"), _("projects")
        ordering = ["pk"]
        triggers = [
            *Recorded.Meta.triggers,
            moves("status", PROJECT_MOVES, PROJECT_FIRST),
            at_commit(
                "districts_check_stage",
                "id",
                name="stage_recorded",
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
            Run(
                "districts_keep_demo",
                name="stays_what_it_is",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="districts_project_status_known", condition=Q(status__in=ProjectStatus.values)
            ),
            models.CheckConstraint(
                name="districts_project_kind_known", condition=Q(kind__in=ProjectKind.values)
            ),
            models.CheckConstraint(
                name="districts_project_sectors_known", condition=Q(sectors__contained_by=Sector.values)
            ),
            models.CheckConstraint(
                name="districts_project_cancelled_with_reason",
                condition=~Q(status=ProjectStatus.CANCELLED) | ~Q(cancelled_reason=""),
                violation_error_message=_("Say why the project is cancelled."),
            ),
            models.CheckConstraint(
                name="districts_project_suspended_with_reason",
                condition=Q(suspended_since=None) | ~Q(suspended_reason=""),
                violation_error_message=_("Say why the project is suspended."),
            ),
            models.CheckConstraint(
                name="districts_project_demo_apart",
                condition=Q(is_demo=False, source__isnull=False)
                | Q(is_demo=True, source=None, district=None, visibility=Visibility.INTERNAL),
                violation_error_message=_(
                    "A project has its source; what is invented has none, no district, and is not published."
                ),
            ),
            in_kazakhstan("districts_project_in_kazakhstan", "geometry"),
            required_when_public("districts_project_public_in_kk_and_ru", "name"),
        ]
        indexes = [
            search_index("districts_project_search"),
            models.Index("sort_kk", "id", name="districts_project_by_name"),
            models.Index("updated_at", "id", name="districts_project_by_update"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def can_become(self, status: str) -> bool:
        return status in PROJECT_MOVES[self.status]


class ProjectSource(Citation):
    project = models.ForeignKey(Project, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [
            models.UniqueConstraint(name="districts_projectsource_once", fields=["project", "source"])
        ]


class ProjectParty(Recorded):
    """What an organisation is to a project, and for how long; `until` is empty while it is."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="parties", verbose_name=_("project"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="project_parts", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=PartyRole)
    share = models.DecimalField(
        _("share, %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    note = Trilingual(_("note"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    objects = PartyQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("party of a project"), _("parties of projects")
        ordering = ["pk"]
        triggers = [
            *Recorded.Meta.triggers,
            Run(
                "districts_check_shares",
                name="shares",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="districts_projectparty_role_known", condition=Q(role__in=PartyRole.values)
            ),
            models.CheckConstraint(
                name="districts_projectparty_share_percent",
                condition=Q(share=None) | Q(share__range=(0, 100)),
            ),
            models.CheckConstraint(
                name="districts_projectparty_until_after_since",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                name="districts_projectparty_one_live_authority",
                fields=["project"],
                condition=Q(role=PartyRole.PUBLIC_AUTHORITY, until=None),
                violation_error_message=_("The project has a public authority already: end that part first."),
            ),
            models.UniqueConstraint(
                name="districts_projectparty_one_live_role",
                fields=["project", "organisation", "role"],
                condition=Q(until=None),
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
