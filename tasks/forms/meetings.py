"""Forms of meetings: the meeting with its agenda and participants, what was seen, its protocol."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.choices import Precision
from core.fields import LANGUAGE_NAMES
from core.files import ALLOWED
from core.filters import Options
from core.text import LANGUAGES, Text
from districts.models import District
from tasks.choices import ItemKind, MeetingKind
from tasks.forms.base import Area, ControlForm, Day, OrganisationField, fault_of, one_of, words
from tasks.models import Meeting
from tasks.words import UNSEEN, UNTITLED

PRESENT = [("", "—"), ("true", gettext_lazy("present")), ("false", gettext_lazy("absent"))]
PICTURES = {kind: endings for kind, endings in ALLOWED.items() if kind.startswith("image/")}
#: Empty rows below those that are filled.
SPARE = 3


def in_one(label: Any, language: str, max_length: int) -> forms.CharField:
    """A line of text in one language; it may stay empty."""
    typed = forms.TextInput({"lang": language})
    return forms.CharField(label=label, max_length=max_length, required=False, widget=typed)


class MeetingForm(ControlForm):
    three = {"title": gettext_lazy("Title")}
    needed = frozenset(three)
    missing = {"title": UNTITLED}

    kind = one_of(
        gettext_lazy("Kind"),
        MeetingKind.choices,
        required=True,
        error_messages={"required": gettext_lazy("Say what kind of event it was.")},
    )
    held = Day(label=gettext_lazy("Held on"), required=False)
    chair_post = OrganisationField(label=gettext_lazy("Post of the chair"), required=False)
    chair_kk = in_one(gettext_lazy("Chair (Kazakh)"), "kk", 200)
    chair_ru = in_one(gettext_lazy("Chair (Russian)"), "ru", 200)
    place_kk = in_one(gettext_lazy("Place (Kazakh)"), "kk", 300)
    place_ru = in_one(gettext_lazy("Place (Russian)"), "ru", 300)
    districts = forms.ModelMultipleChoiceField(
        District.objects.none(),
        label=gettext_lazy("Districts visited"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    once = forms.CharField(required=False, widget=forms.HiddenInput)

    def arrange(self) -> None:
        fields: Any = self.fields
        fields["districts"].queryset = District.objects.visible_to(self.user).order_by("south_order")
        self.order_fields(["kind", "held", *(f"title_{language}" for language in LANGUAGES)])

    @staticmethod
    def of(meeting: Meeting) -> dict[str, Any]:
        """What the form shows of it."""
        known = ("kind", "chair_post", "chair_kk", "chair_ru", "place_kk", "place_ru", "version")
        titles = {f"title_{language}": getattr(meeting, f"title_{language}") for language in LANGUAGES}
        held = meeting.held.day if meeting.held.precision == Precision.DAY else None
        visited = list(meeting.districts.all())
        return (
            {name: getattr(meeting, name) for name in known} | titles | {"held": held, "districts": visited}
        )

    def facts(self, meeting: Meeting | None) -> dict[str, Any]:
        """For the service; a date of which only a month is known stays unless a day is given."""
        told = self.cleaned_data
        plain = ("kind", "chair_post", "chair_kk", "chair_ru", "place_kk", "place_ru", "districts", "version")
        facts = {name: told[name] for name in plain} | {"title": Text(**self.in_languages("title"))}
        vague = meeting is not None and meeting.held.precision not in (Precision.DAY, Precision.UNKNOWN)
        if told["held"] or not vague:
            facts["held"] = told["held"]
        return facts


class Row(forms.Form):
    """A row of the agenda or of the participants; emptied it goes."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    words: str

    @classmethod
    def in_three(cls, label: Any, max_length: int) -> dict[str, forms.CharField]:
        return {
            f"{cls.words}_{language}": in_one(f"{label} ({LANGUAGE_NAMES[language]})", language, max_length)
            for language in LANGUAGES
        }

    def text(self) -> Text:
        told = getattr(self, "cleaned_data", {})
        return Text(*(told.get(f"{self.words}_{language}", "") for language in LANGUAGES))

    def facts(self) -> dict[str, Any]:
        return {"pk": self.cleaned_data.get("pk"), self.words: self.text()}


class AgendaRow(Row):
    words = "title"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(self.in_three(_("Topic"), 500))


class ParticipantRow(Row):
    words = "name"

    organisation = OrganisationField(label=gettext_lazy("Organisation"), required=False)
    present = forms.ChoiceField(label=gettext_lazy("Present"), choices=PRESENT, required=False)

    def __init__(self, *args: Any, known: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.known = known
        self.fields.update(self.in_three(_("Participant"), 300))
        self.order_fields([f"name_{language}" for language in LANGUAGES])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("organisation") and not self.text():
            self.add_error("name_kk", _("Write who it was, or take the organisation out."))
        return told

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        present = {"true": True, "false": False}.get(told.get("present", ""))
        return super().facts() | {"organisation": told.get("organisation"), "present": present}


class RowSet(forms.BaseFormSet):
    def filled(self) -> list[dict[str, Any]]:
        return [form.facts() for form in self.forms if form.text()]


AgendaSet = forms.formset_factory(AgendaRow, RowSet, extra=SPARE, max_num=100, absolute_max=120)
ParticipantSet = forms.formset_factory(ParticipantRow, RowSet, extra=SPARE, max_num=200, absolute_max=220)


class FindingForm(ControlForm):
    three = {"text": gettext_lazy("What was seen")}
    needed = frozenset(three)
    missing = {"text": UNSEEN}

    place = forms.CharField(label=gettext_lazy("Where"), max_length=300, required=False)
    district = forms.ModelChoiceField(
        District.objects.none(),
        label=gettext_lazy("District"),
        required=False,
        empty_label="—",
        widget=Options,
    )
    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        required=False,
        widget=forms.FileInput({"accept": ",".join(sorted(set().union(*PICTURES.values())))}),
        help_text=gettext_lazy("JPEG or PNG, up to 25 MB."),
    )
    without_photo = forms.BooleanField(label=gettext_lazy("Take the photo out"), required=False)
    once = forms.CharField(required=False, widget=forms.HiddenInput)

    def arrange(self) -> None:
        fields: Any = self.fields
        fields["district"].queryset = District.objects.visible_to(self.user).order_by("south_order")
        if not self.initial.get("photo"):
            del self.fields["without_photo"]

    def clean_photo(self) -> Any:
        photo = self.files.get("photo")
        if photo and (fault := fault_of(photo)):
            raise forms.ValidationError(fault)
        if photo and not str(photo.name).lower().endswith(tuple(set().union(*PICTURES.values()))):
            raise forms.ValidationError(
                _("“%(name)s” is no photo: choose a JPEG or PNG file.") % {"name": photo.name}
            )
        return photo

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "text": Text(**self.in_languages("text")),
            "place": told["place"],
            "district": told["district"],
            "photo": told["photo"],
            "without_photo": told.get("without_photo", False),
        }


class WriteForm(ControlForm):
    """Begins a protocol."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the protocol"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("If it is known already; at the latest with the signature."),
    )


class ItemForm(ControlForm):
    """A decision or a note of a protocol that is written here."""

    kind = one_of(
        gettext_lazy("What it is"),
        [(one, one.label) for one in (ItemKind.DECISION, ItemKind.NOTE)],
        required=True,
        error_messages={"required": gettext_lazy("Say what it is: a decision or a note.")},
    )
    text = words(gettext_lazy("Text of the item"), gettext_lazy("Write the text of the item."))
    once = forms.CharField(required=False, widget=forms.HiddenInput)


class ItemText(ControlForm):
    text = words(gettext_lazy("Text of the item"), gettext_lazy("Write the text of the item."))


class SignForm(ControlForm):
    number = forms.CharField(
        label=gettext_lazy("Number of the protocol"),
        max_length=40,
        error_messages={"required": gettext_lazy("A signed protocol has a number.")},
    )
    signed_on = Day(
        label=gettext_lazy("Signed on"),
        error_messages={"required": gettext_lazy("Give the day of the signature.")},
    )


class CorrectForm(ControlForm):
    reason = words(
        gettext_lazy("What is wrong with the signed protocol"),
        gettext_lazy("Say what was wrong with the protocol."),
    )


class MarkForm(ControlForm):
    """Words that the reader passed over."""

    words = forms.CharField(
        label=gettext_lazy("Words of the text"),
        widget=Area(2),
        error_messages={"required": gettext_lazy("Copy the words from the text.")},
        help_text=gettext_lazy("Copied from the text as they stand there."),
    )
