"""Documents that are handed out: a stored file with what it is, of what, since when and from whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
from districts.choices import DocumentKind, DocumentLanguage
from districts.models.district import District
from districts.models.plot import LandPlot, stays
from districts.models.project import Project
from districts.querysets import DocumentQuerySet


class Document(Published, Worded, Recorded):
    """Of a district, a project or a plot; of none of them, of the whole city. Whoever may know of it may have its file.

    `file` changes only in `districts.services`: what was handed out once stays in the history.
    """

    public_id = public_id("ALT-F-")
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("district")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("project")
    )
    plot = models.ForeignKey(
        LandPlot, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("plot")
    )
    name = Trilingual(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=30, choices=DocumentKind)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=DocumentLanguage,
        blank=True,
        default="",
        help_text=_("empty: several"),
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="documents", editable=False, verbose_name=_("file")
    )
    published = PartialDateField(_("published on"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("source")
    )
    is_demo = models.BooleanField(_("invented, for trying out"), default=False, editable=False)
    search = search_column("name_kk", "name_ru", "name_en", numbered("ALT-F-"))

    objects = DocumentQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("document"), _("documents")
        ordering = ["-published_day", "-pk"]
        triggers = [*Recorded.Meta.triggers, stays("is_demo")]
        constraints = [
            models.CheckConstraint(
                name="districts_document_one_subject",
                condition=Q(district=None, project=None)
                | Q(district=None, plot=None)
                | Q(project=None, plot=None),
                violation_error_message=_(
                    "A document is about a district, a project or a plot, not several."
                ),
            ),
            models.CheckConstraint(
                name="districts_document_kind_known", condition=Q(kind__in=DocumentKind.values)
            ),
            models.CheckConstraint(
                name="districts_document_named",
                condition=~Q(name_kk="") | ~Q(name_ru="") | ~Q(name_en=""),
                violation_error_message=_("Give the document a name in one language at least."),
            ),
            models.CheckConstraint(
                name="districts_document_demo_has_no_source",
                condition=Q(is_demo=False) | Q(source=None),
                violation_error_message=_("What is invented has no source."),
            ),
            required_when_public("districts_document_public_in_kk_and_ru", "name"),
            partial_date_check("districts_document_published_partial", "published"),
        ]
        indexes = [
            search_index("districts_document_search"),
            models.Index("published_day", "id", name="districts_document_by_day"),
            models.Index("updated_at", "id", name="districts_document_by_update"),
        ]

    def __str__(self) -> str:
        return str(self.name)
