"""The form that takes a paper: pasted, or as a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LANGUAGE_NAMES
from tasks.choices import MeetingKind, ProtocolKind
from tasks.forms.base import Area, ControlForm, one_of
from tasks.reading.files import MAX_CHARACTERS, text_of

#: Languages that the reader reads.
READ = ("kk", "ru")
#: Each costs the reader 0.2 ms at the least, and somebody waits for it.
MOST_LINES = 10_000


class ImportForm(ControlForm):
    text = forms.CharField(
        label=gettext_lazy("Text of the paper"),
        required=False,
        widget=Area(14, spellcheck="false"),
        strip=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        widget=forms.FileInput({"accept": ".txt,.docx"}),
        help_text=gettext_lazy("TXT or DOCX. Its words are put into the field above, to be looked at."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the paper"), choices=[(code, LANGUAGE_NAMES[code]) for code in READ]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            (one.value, capfirst(one.label)) for one in (ProtocolKind.PRESS_RELEASE, ProtocolKind.PROTOCOL)
        ],
    )
    meeting_kind = one_of(
        gettext_lazy("Kind of event"),
        MeetingKind.choices,
        help_text=gettext_lazy("Leave it empty where the text says it."),
    )
    again = forms.BooleanField(required=False, label=gettext_lazy("Import it all the same"))
    once = forms.CharField(required=False, widget=forms.HiddenInput)

    def arrange(self) -> None:
        if self.situation is not None:  # it joins a meeting that is known
            del self.fields["meeting_kind"]
        self.file_text = ""

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        upload = told.get("file")
        if upload and not self.has_error("file"):
            try:
                self.file_text = told["text"] = text_of(upload.read(), upload.name)
            except ValidationError as error:
                self.add_error("file", error)
            else:
                upload.seek(0)
        text = told.get("text") or ""
        if not text.strip() and not self.has_error("file"):
            self.add_error("text", _("Paste the text, or choose a file."))
        if text.count("\n") > MOST_LINES or len(text) > MAX_CHARACTERS:
            said = _("More than %(most)s lines, or a million characters: part the text.")
            self.add_error("file" if upload else "text", said % {"most": MOST_LINES})
        return told
