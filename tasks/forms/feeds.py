"""A calendar of terms: of which organisation, in which language."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.policies import sees_everything
from tasks.forms.base import ControlForm, OrganisationField


class FeedForm(ControlForm):
    """The house chooses the organisation; others have their own."""

    organisation = OrganisationField(label=gettext_lazy("Organisation"))
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
    )

    def arrange(self) -> None:
        self.fields["language"].initial = self.user.language
        if not sees_everything(self.user):
            del self.fields["organisation"]

    def facts(self) -> dict[str, Any]:
        """For the service."""
        return {
            "organisation": self.cleaned_data.get("organisation") or self.user.organisation,
            "language": self.cleaned_data["language"],
        }
