"""What the verbs ask."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation, User
from core.fields import LANGUAGE_NAMES
from core.filters import Options
from core.text import LANGUAGES, Text
from investors.answering import answers, closings, unwritten
from investors.choices import Language, TicketBand
from investors.models import Enquiry
from investors.receipts import SHAPE

NEW = "new"


class Words(forms.CharField):
    """A text that is sent; what a template leaves open is written first."""

    def __init__(self, rows: int = 14, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if left := unwritten(text or ""):
            raise ValidationError(
                _("Write what is still open in the template: %(places)s") % {"places": ", ".join(left[:5])}
            )
        return text


class DeskForm(forms.Form):
    """Base of the forms of verbs: it knows the enquiry, how it stood when it was read, and where a refusal belongs."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    use_required_attribute = False

    def __init__(self, *args: Any, enquiry: Enquiry, user: Any, query: Any, **kwargs: Any) -> None:
        self.enquiry, self.user, self.query = enquiry, user, query
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", enquiry.version)
        self.arrange()

    def arrange(self) -> None:
        """For what the form asks of this enquiry."""

    def facts(self) -> dict[str, Any]:
        """As the service takes them."""
        return dict(self.cleaned_data)

    def refuse(self, error: Exception, sentences: list[str] | None = None) -> None:
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            for name, said in error.message_dict.items():
                self.add_error(None if name == NON_FIELD_ERRORS else self._place(name), said)
        else:
            said = sentences or (error.messages if isinstance(error, ValidationError) else [str(error)])
            self.add_error(None, said)

    def _place(self, name: str) -> str | None:
        return next((one for one in (name, f"{name}_kk") if one in self.fields), None)


class TakeForm(DeskForm):
    handler = forms.ModelChoiceField(
        label=gettext_lazy("Who answers"), queryset=User.objects.none(), empty_label=None, widget=Options
    )

    def arrange(self) -> None:
        people: Any = self.fields["handler"]
        people.queryset = User.objects.office(timezone.localdate()).order_by("full_name", "username")
        people.initial = self.user.pk


class AnswerForm(DeskForm):
    language = forms.ChoiceField(label=gettext_lazy("Language of the answer"), choices=Language)
    text = Words(label=gettext_lazy("Answer"), error_messages={"required": gettext_lazy("Write the answer.")})

    def arrange(self) -> None:
        """Begun from a template, in the language of the enquiry or the one that was chosen above the form."""
        chosen: Any = self.query.get("language")
        language = chosen if chosen in LANGUAGES else self.enquiry.language
        field: Any = self.fields["language"]
        field.choices = [(code, capfirst(name)) for code, name in Language.choices]
        field.initial = language
        begun = answers().get(self.query.get("words", ""), answers()["general"])
        self.fields["text"].initial = begun.begun(self.enquiry, self.user, language)


class _EndForm(DeskForm):
    """Whoever waits for an answer is told; else nothing needs to be written."""

    template = "close"
    words = Words(
        label=gettext_lazy("What the enquirer is told"),
        help_text=gettext_lazy("Sent by mail, in the language of the enquiry."),
        required=False,
    )

    def arrange(self) -> None:
        waits = self.enquiry.answered_at is None and self.enquiry.erased_at is None
        field = self.fields["words"]
        field.required = waits
        field.error_messages["required"] = _("Whoever asked waits for an answer: write what he is told.")
        if waits:
            begun = closings()[self.template]
            field.initial = begun.begun(self.enquiry, self.user, self.enquiry.language)


class CloseForm(_EndForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is closed"),
        help_text=gettext_lazy("For the house; it stands in the history for ever, so without personal data."),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why it is closed.")},
    )
    field_order = ["seen", "reason", "words"]


class DuplicateForm(_EndForm):
    template = "repeated"
    of = forms.CharField(
        label=gettext_lazy("Number of the enquiry that it repeats"),
        max_length=14,
        error_messages={"required": gettext_lazy("Give the number of the other enquiry.")},
    )
    field_order = ["seen", "of", "words"]

    def arrange(self) -> None:
        super().arrange()
        self.fields["of"].initial = self.query.get("of", "")

    def clean_of(self) -> Enquiry:
        """However it is typed: small letters, without dashes."""
        typed = "".join(self.cleaned_data["of"].upper().replace("-", " ").split())
        receipt = "-".join(typed[place : place + 4] for place in range(0, len(typed), 4))
        found = Enquiry.objects.visible_to(self.user).filter(receipt=receipt, receipt__regex=SHAPE).first()
        if found is None:
            raise ValidationError(_("There is no enquiry of this number: look at it again."))
        return found


class PlainForm(DeskForm):
    """For verbs that ask nothing but to be sure."""


class ConvertForm(DeskForm):
    """Which organisation it is, and how long the person is kept."""

    which = forms.ChoiceField(label=gettext_lazy("Organisation"), widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Another organisation of the register"),
        queryset=Organisation.objects.none(),
        to_field_name="code",
        required=False,
        widget=Options,
    )
    ticket_band = forms.ChoiceField(
        label=gettext_lazy("Size of the investment"), choices=TicketBand, required=False, widget=Options
    )
    retention_until = forms.DateField(
        label=gettext_lazy("The contact is kept until"),
        help_text=gettext_lazy("After this day the personal data are erased."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    invited = forms.BooleanField(
        label=gettext_lazy("Invite the contact to the portal as a representative of the investor"),
        required=False,
    )

    def __init__(self, *args: Any, alike: Iterable[Organisation], until: date, **kwargs: Any) -> None:
        self.alike, self.until = list(alike), until
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        which: Any = self.fields["which"]
        which.choices = [
            *((one.code, str(one.name)) for one in self.alike),
            ("other", _("another organisation of the register: choose it below")),
            (NEW, _("a new organisation: its name stands below")),
        ]
        which.initial = self.alike[0].code if self.alike else NEW
        known: Any = self.fields["organisation"]
        known.queryset = Organisation.objects.visible_to(self.user).order_by("sort_kk", "pk")
        bands: Any = self.fields["ticket_band"]
        bands.choices = [("", "—"), *TicketBand.choices]
        self.fields["retention_until"].initial = self.until
        names = {
            f"name_{language}": forms.CharField(
                label=format_lazy(
                    "{} ({})", gettext_lazy("Name of the new organisation"), LANGUAGE_NAMES[language]
                ),
                required=False,
                max_length=300,
                initial=self.enquiry.organisation_name,
            )
            for language in LANGUAGES
        }
        self.fields.update(names)
        self.order_fields(
            ["seen", "which", "organisation", *names, "ticket_band", "retention_until", "invited"]
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (
            told.get("which") == "other"
            and not told.get("organisation")
            and not self.has_error("organisation")
        ):
            self.add_error("organisation", _("Choose the organisation."))
        return told

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        chosen = next((one for one in self.alike if one.code == told["which"]), None)
        organisation = told["organisation"] if told["which"] == "other" else chosen
        return {
            "organisation": organisation,
            "name": Text(*(told[f"name_{language}"] for language in LANGUAGES)),
            "seen": told["seen"],
            **{name: told[name] for name in ("ticket_band", "retention_until", "invited")},
        }
