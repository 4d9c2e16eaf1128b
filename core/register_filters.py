"""Filters of sources and legal acts, for pages and the API."""

from typing import Any

from django.core.validators import RegexValidator
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, FilterSet
from drf_spectacular.utils import extend_schema_field

from core.choices import ActKind
from core.filters import Day, OneOf, Order, Ordering, Search, YesNo, today, updated
from core.models import LegalActStage


@extend_schema_field({"type": "string", "pattern": "^[a-z]{2}$", "description": "ISO 639-1, two letters."})
class Language(CharFilter):
    """Sources in this language, also those that are in several."""

    def __init__(self) -> None:
        letters = RegexValidator("^[a-z]{2}$", _("Two small letters, such as kk."))
        super().__init__("language", label=_("Language"), validators=[letters])

    def filter(self, sources: Any, value: str) -> Any:
        # A source in several lists them: «ru, kk».
        return sources.filter(language__regex=rf"\m{value}\M") if value else sources


@extend_schema_field({"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[^\u0000]*$"})
class Publisher(CharFilter):
    """Sources of this publisher, in whatever case it is written."""

    def __init__(self) -> None:
        super().__init__("publisher", "iexact", label=_("Publisher"), max_length=200)


class SourceFilter(FilterSet):
    q = Search()
    language = Language()
    publisher = Publisher()
    published_from = Day("published_day", "gte", label=_("Published from"))
    published_to = Day("published_day", "lte", label=_("Published to"))
    ordering = Ordering(
        {
            "added": Order(_("Added"), "pk"),
            "published_on": Order(_("Published"), "published_day", "pk"),
            "publisher": Order(_("Publisher"), "publisher", "pk"),
            "updated_at": updated(),
        },
        default="added",
    )


class LegalActFilter(FilterSet):
    q = Search()
    kind = OneOf(ActKind.choices, label=_("Kind"))
    in_force = YesNo(method="keep_in_force", label=pgettext_lazy("legal act", "In force"))
    ordering = Ordering(
        {"signed_on": Order(_("Signed"), "signed_on", "pk"), "updated_at": updated()}, default="signed_on"
    )

    def keep_in_force(self, acts: Any, name: str, wanted: bool) -> Any:
        """By the days of entry into force that are known; an act without any is in neither list."""
        stages = LegalActStage.objects.filter(act=OuterRef("pk"))
        begun = Exists(stages.filter(in_force_on__lte=today()))
        return acts.filter(begun) if wanted else acts.filter(Exists(stages), ~begun)
