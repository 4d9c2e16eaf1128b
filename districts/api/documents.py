"""Documents in the API: what they are, and where their files are handed out."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from core.api.fields import CodeField, PartialDateField, TextField, UrlField, WordField
from core.api.serializers import Row, SourceRef
from core.api.views import CODE, Register
from districts.api import examples
from districts.api.filters import DocumentFilter
from districts.api.serializers import DistrictRef, ProjectRef
from districts.choices import DocumentKind, DocumentLanguage
from districts.models import Document


class PlotOfDocument(serializers.Serializer):
    """The plot that a document is about."""

    public_id = serializers.CharField(read_only=True)
    name = TextField()
    url = UrlField("plot", "public_id")


class DownloadField(WordField):
    """The door of the file; it asks who reads, each time."""

    def to_representation(self, public_id: str) -> str:
        with override("kk"):
            return settings.PUBLIC_URL + reverse("document", args=[public_id])


class DocumentFileSerializer(serializers.Serializer):
    """The file of a document."""

    headings = {
        "address": _("address"),
        "name": _("file name"),
        "size": _("size in bytes"),
        "content_type": _("type by content"),
        "sha256": "SHA-256",
    }

    address = DownloadField(source="public_id", help_text="Where it is handed out.")
    name = serializers.CharField(source="file.name", read_only=True)
    size = serializers.IntegerField(source="file.size", read_only=True, help_text="In bytes.")
    content_type = serializers.CharField(
        source="file.content_type", read_only=True, help_text="Judged by what is in it."
    )
    sha256 = serializers.CharField(source="file.sha256", read_only=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)


@extend_schema_serializer(component_name="Document", examples=[examples.DOCUMENT])
class DocumentSerializer(Row):
    """A document about a district, a project or a plot; about the whole city where it names none."""

    url = UrlField("document", "public_id")
    public_id = serializers.CharField(read_only=True)
    name = TextField()
    kind = CodeField(DocumentKind)
    language = CodeField(DocumentLanguage, allow_null=True, help_text="null: in several.")
    published = PartialDateField()
    district = DistrictRef(read_only=True, allow_null=True)
    project = ProjectRef(read_only=True, allow_null=True)
    plot = PlotOfDocument(read_only=True, allow_null=True)
    file = DocumentFileSerializer()
    source = SourceRef(read_only=True, allow_null=True)
    demo = serializers.BooleanField(source="is_demo", read_only=True, help_text="Invented, for trying out.")


class DocumentRegister(Register):
    """Documents that are handed out, each as a file that was found clean."""

    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    lookup_field, lookup_value_regex = "public_id", CODE
    queryset = Document.objects.none()
    parts = (
        *("file", "source", "district", "project__parties"),
        *("plot__allocations__project__parties",),
    )

    def get_queryset(self) -> Any:
        return Document.objects.visible_to(self.request.user).for_display()
