"""A file of reports that comes back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tasks.forms.base import ControlForm
from tasks.offline.sent import LARGEST


class SendBackForm(ControlForm):
    file = forms.FileField(
        label=gettext_lazy("The file with your answers"),
        help_text=gettext_lazy(
            "The .json file that the form has saved, or the workbook (.xlsx); at most 2 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.xlsx"}),
        allow_empty_file=False,
        error_messages={
            "required": gettext_lazy("Choose the file that you want to send back."),
            "empty": gettext_lazy("The file is empty: choose another one."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": LARGEST // 2**20})
        return file
