"""Registers that every app cites: sources, legal acts, the working calendar, stored files."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.choices import ActKind, Confidence, DayKind, ScanState, Visibility
from core.fields import PartialDateField, Trilingual, partial_date_check, search_column, search_index
from core.models.recorded import Published, Recorded, Worded
from core.querysets import OpenQuerySet, OpenSearchableQuerySet, PublishedQuerySet


class Source(Recorded):
    """A public text that says something of the city. Its title stands as issued, in whatever language."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    publisher = models.CharField(_("publisher"), max_length=200)
    title = models.CharField(_("title as issued"), max_length=400, blank=True, default="")
    about = Trilingual(_("what it is about"), max_length=400)
    addresses = ArrayField(
        models.TextField(validators=[URLValidator(["http", "https"])]),
        verbose_name=_("addresses"),
        default=list,
        blank=True,
    )
    published = PartialDateField(_("published on"))
    language = models.CharField(_("language"), max_length=40, blank=True, default="")
    search = search_column("code", "publisher", "title", "about_kk", "about_ru", "about_en")

    objects = OpenSearchableQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("source"), _("sources")
        ordering = ["pk"]
        constraints = [partial_date_check("core_source_published_partial", "published")]
        indexes = [
            search_index("core_source_search"),
            models.Index("published_day", "id", name="core_source_by_day"),
            models.Index("updated_at", "id", name="core_source_by_update"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.publisher}"


class Citation(Recorded):
    """One more source of a row; the models that have several derive from it."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))

    class Meta(Recorded.Meta):
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.source)


class LegalAct(Worded, Recorded):
    """An act that founds or shapes the city. Titles stand as issued; a translation of ours is marked by its basis."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=30, choices=ActKind)
    number = models.CharField(_("number"), max_length=20, blank=True, default="")
    signed_on = models.DateField(_("signed on"))
    title = Trilingual(_("title"), max_length=400)
    note = Trilingual(_("note"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="legal_acts", verbose_name=_("source"))
    other_sources = models.ManyToManyField(Source, through="LegalActSource", related_name="+")
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence)
    search = search_column("number", "title_kk", "title_ru", "title_en")

    objects = OpenSearchableQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("legal act"), _("legal acts")
        ordering = ["signed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="core_legalact_titled", condition=~Q(title_kk="") | ~Q(title_ru="") | ~Q(title_en="")
            )
        ]
        indexes = [
            search_index("core_legalact_search"),
            models.Index("signed_on", "id", name="core_legalact_by_day"),
            models.Index("updated_at", "id", name="core_legalact_by_update"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class LegalActSource(Citation):
    act = models.ForeignKey(LegalAct, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [models.UniqueConstraint(name="core_legalactsource_once", fields=["act", "source"])]


class LegalActStage(Recorded):
    """A day from which a part of the act applies."""

    act = models.ForeignKey(LegalAct, models.CASCADE, related_name="stages", verbose_name=_("legal act"))
    in_force_on = models.DateField(_("in force on"))
    name = Trilingual(_("stage"), max_length=200)

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("stage of entry into force"), _("stages of entry into force")
        ordering = ["in_force_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="core_legalactstage_one_per_day", fields=["act", "in_force_on"])
        ]

    def __str__(self) -> str:
        return f"{self.in_force_on} {self.name}"


class CalendarDay(Recorded):
    """A day that differs from the week: a holiday, a moved day off, a working Saturday. Every other day is Mon–Fri."""

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=5, choices=DayKind)
    name = Trilingual(_("name"), max_length=200)
    moved_from = models.DateField(_("moved from"), null=True, blank=True)
    act = models.CharField(_("act"), max_length=300, blank=True, default="")

    objects = OpenQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("calendar day"), _("calendar days")
        ordering = ["date"]
        constraints = [
            models.CheckConstraint(name="core_calendarday_kind_known", condition=Q(kind__in=DayKind.values)),
            models.CheckConstraint(
                name="core_calendarday_moved_elsewhere",
                condition=Q(moved_from=None) | ~Q(moved_from=F("date")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y} {self.get_kind_display()}"


class StoredFile(Published, Recorded):
    """A file as it was handed in: found by its hash, typed by its content, published only when scanned clean."""

    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content_type = models.CharField(_("type by content"), max_length=100)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    path = models.CharField(_("path in the store"), max_length=200, editable=False)
    scan_state = models.CharField(_("scan"), max_length=8, choices=ScanState, default=ScanState.PENDING)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    objects = PublishedQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("stored file"), _("stored files")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="core_storedfile_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="core_storedfile_public_is_clean",
                condition=Q(scan_state=ScanState.CLEAN) | Q(visibility=Visibility.INTERNAL),
            ),
        ]

    def __str__(self) -> str:
        return self.name
