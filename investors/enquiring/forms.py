"""The three steps of an enquiry as forms. The checks are those of investors.intake."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.countries import to_choose
from core.files import ALLOWED
from core.filters import Options
from districts.choices import Sector
from districts.models import District
from investors.choices import EnquiryStart
from investors.intake import fault_of, normal

SPACES = str.maketrans({" ": None, "\u00a0": None, "\u202f": None, ",": "."})
#: A program fills in whatever it finds; a person does not see this one.
TRAP = "fax"


class Typed(forms.CharField):
    """Words as they are kept; what is wrong with them is said by investors.intake. No `maxlength`: a browser would
    cut what is pasted and not say so."""

    def __init__(self, label: Any, column: str, required: bool = True, lines: int = 0, **attrs: Any) -> None:
        self.column = column
        widget = forms.Textarea({"rows": lines, **attrs}) if lines else forms.TextInput(attrs)
        super().__init__(label=label, required=required, widget=widget)
        self.validators = []

    def to_python(self, value: Any) -> str:
        return normal(str(value or ""))

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if fault := fault_of(self.column, typed):
            raise ValidationError(fault)
        return typed


class Website(Typed):
    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        return f"https://{typed}" if typed and "://" not in typed else typed


class Bin(Typed):
    def to_python(self, value: Any) -> str:
        return super().to_python(value).translate(SPACES)


class Number(forms.CharField):
    """A number above nought as it is typed: 1 500,5."""

    def __init__(self, label: Any, column: str, places: int = 2, **attrs: Any) -> None:
        self.column, self.places = column, places
        mode = "decimal" if places else "numeric"
        typed = forms.TextInput({"inputmode": mode, "autocomplete": "off", "maxlength": 20, **attrs})
        super().__init__(label=label, required=False, widget=typed)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).translate(SPACES)
        if not typed:
            return None
        try:
            number = Decimal(typed)
            is_right = number.is_finite() and number == round(number, self.places)
        except InvalidOperation:  # no number, or one of more digits than can be rounded
            is_right = False
        if not is_right:
            words = (
                _("Write a number, such as 12.5.") if self.places else _("Write a whole number, such as 120.")
            )
            raise ValidationError(words)
        if fault := fault_of(self.column, number):
            raise ValidationError(fault)
        return number if self.places else int(number)


def one_of(label: Any, choices: Any, required: bool = False, **attrs: Any) -> forms.ChoiceField:
    widget = Options(attrs=attrs)
    return forms.ChoiceField(label=label, choices=choices, required=required, widget=widget)


class Step(forms.Form):
    """A step; `code` is its name in the state that the page carries."""

    code, title = "", gettext_lazy("Step")
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="e-%s", **kwargs)
        for field in self.fields.values():
            field.error_messages |= {
                "required": _("Fill in this field."),
                "invalid_choice": _("Choose from the list."),
            }

    def shown(self) -> list[tuple[Any, Any]]:
        """(label, what was answered) for looking over; what was left empty is not shown."""
        told = [(self.fields[name].label, self.words(name)) for name in self.fields]
        return [(label, words) for label, words in told if words]

    def words(self, name: str) -> Any:
        value, field = self.cleaned_data.get(name), self.fields[name]
        if isinstance(field, forms.ChoiceField):
            chosen = value if isinstance(value, list) else [value] if value else []
            spelled = {str(code): label for code, label in field.choices}
            return ", ".join(str(spelled[code]) for code in chosen)
        return value


class Who(Step):
    code, title = "who", gettext_lazy("Who you are")

    organisation_name = Typed(
        gettext_lazy("Company or organisation"), "organisation_name", autocomplete="organization"
    )
    country = one_of(gettext_lazy("Country of registration"), (), required=True)
    website = Website(
        gettext_lazy("Website"), "website", False, inputmode="url", autocomplete="url", spellcheck="false"
    )
    bin = Bin(gettext_lazy("BIN"), "bin", False, inputmode="numeric", autocomplete="off")
    person_name = Typed(gettext_lazy("Your name"), "person_name", autocomplete="name")
    position = Typed(gettext_lazy("Position"), "position", False, autocomplete="organization-title")
    email = Typed(
        gettext_lazy("E-mail"),
        "email",
        type="email",
        inputmode="email",
        autocomplete="email",
        spellcheck="false",
    )
    phone = Typed(gettext_lazy("Phone"), "phone", False, type="tel", inputmode="tel", autocomplete="tel")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "—"), *to_choose((get_language() or "kk")[:2])]
        self.fields["bin"].help_text = _(
            "Only of a company registered in Kazakhstan: 12 digits. Never the personal number (IIN) of a person."
        )
        self.fields["email"].help_text = _("The answer and the link to its state come to this address.")


class What(Step):
    """`about`: the plot and the opportunity that the reader came from, by column; each may be unticked."""

    code, title = "what", gettext_lazy("What you plan")

    sectors = forms.MultipleChoiceField(
        label=gettext_lazy("Sectors"),
        choices=[(code, capfirst(label)) for code, label in Sector.choices],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    district = one_of(gettext_lazy("District"), ())
    hectares = Number(gettext_lazy("Land, ha"), "hectares")
    power_mw = Number(gettext_lazy("Power, MW"), "power_mw")
    water_m3_day = Number(gettext_lazy("Water, m³ a day"), "water_m3_day", 1)
    rail = one_of(
        gettext_lazy("Railway siding"),
        [("", "—"), ("true", gettext_lazy("needed")), ("false", gettext_lazy("not needed"))],
    )
    jobs = Number(gettext_lazy("Jobs to be created"), "jobs", 0)
    starts = one_of(
        gettext_lazy("When you want to begin"),
        [("", "—"), *((code, capfirst(label)) for code, label in EnquiryStart.choices)],
    )

    def __init__(self, *args: Any, about: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        districts = District.objects.order_by("south_order")
        self.fields["district"].choices = [("", "—"), *((one.code, str(one.name)) for one in districts)]
        for name, row in reversed(about.items()):
            named = _("About the plot: %(name)s") if name == "plot" else _("About the opportunity: %(name)s")
            label = named % {"name": f"{row.name} ({row.public_id})"}
            field = forms.BooleanField(label=label, required=False)
            self.fields = {f"about_{name}": field, **self.fields}

    def words(self, name: str) -> Any:
        if name.startswith("about_"):
            return _("yes") if self.cleaned_data.get(name) else ""
        return super().words(name)


class Words(Step):
    """`consent`: the text in force; `waiting`: the file that was attached before."""

    code, title = "text", gettext_lazy("Your question")

    text = Typed(gettext_lazy("What do you want to know or to propose?"), "text", lines=8)
    file = forms.FileField(label=gettext_lazy("File"), required=False, allow_empty_file=True, max_length=None)
    drop_file = forms.BooleanField(required=False)
    consent = forms.BooleanField(required=False)

    def __init__(self, *args: Any, consent: Any, waiting: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent, self.waiting = consent, waiting
        endings = sorted(set().union(*ALLOWED.values()))
        self.fields["file"].widget = forms.FileInput({"accept": ",".join(endings)})
        self.fields["file"].help_text = _("One file, up to 10 MB: PDF, Word, Excel, JPEG, PNG or plain text.")
        if waiting is None:
            del self.fields["drop_file"]
        else:
            self.fields["drop_file"].label = _("Remove the attached file: %(name)s") % {"name": waiting.name}
        number = consent.number if consent else 0
        self.fields["consent"].label = _("I have read the text above and consent (text No. %(number)s)") % {
            "number": number
        }
        self.fields["consent"].one_is_needed = True  # type: ignore[attr-defined]

    def clean_consent(self) -> bool:
        if not self.cleaned_data["consent"]:
            raise ValidationError(
                _("Without your consent we may not keep what you wrote, and cannot answer: tick the box.")
            )
        return True

    def words(self, name: str) -> Any:
        if name == "file":
            return self.waiting.name if self.waiting else ""
        return self.cleaned_data.get(name) if name == "text" else ""


STEPS: tuple[type[Step], ...] = (Who, What, Words)
CODES = [step.code for step in STEPS]
