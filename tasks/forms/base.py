"""What the forms of control are made of: days, organisations by name, texts in three languages, proof."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import URLValidator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from core.exceptions import DomainError
from core.fields import LANGUAGE_NAMES
from core.files import ALLOWED, MAX_BYTES, BadFile, safe_name, type_by_content
from core.filters import Options
from core.text import LANGUAGES
from tasks.choices import EvidenceKind
from tasks.services import Proof
from tasks.words import MISSING


class Area(forms.Textarea):
    def __init__(self, rows: int = 4, **attrs: Any) -> None:
        super().__init__(attrs={"rows": rows, **attrs})


class Day(forms.DateField):
    """A day as the browser's calendar gives it."""

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=picker, **kwargs)


def one_of(label: Any, choices: Any, required: bool = False, **kwargs: Any) -> forms.ChoiceField:
    """A code of a list, or nothing yet."""
    spelled = [("", "—"), *((code, capfirst(word)) for code, word in choices)]
    return forms.ChoiceField(
        label=label, choices=lambda: spelled, required=required, widget=Options, **kwargs
    )


def words(label: Any, sentence: Any) -> forms.CharField:
    """A text that is needed, and what is said where it is missing."""
    return forms.CharField(label=label, widget=Area(), error_messages={"required": sentence})


def in_three(label: Any, rows: int = 3) -> dict[str, forms.CharField]:
    """Fields of one text in three languages, by the endings of their names."""
    return {
        language: forms.CharField(
            label=format_lazy("{} ({})", label, LANGUAGE_NAMES[language]),
            required=False,
            widget=Area(rows, lang=language),
        )
        for language in LANGUAGES
    }


class OrganisationField(forms.CharField):
    """The name of an organisation, offered as one types; its code or abbreviation will do."""

    def __init__(self, **kwargs: Any) -> None:
        self.known: list[Organisation] = []
        search = forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"})
        super().__init__(widget=search, max_length=400, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Organisation) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        wanted = " ".join(typed.casefold().split())
        found = [one for one in self.known if wanted in _names(one)]
        if len(found) == 1:
            return found[0]
        if found:
            codes = ", ".join(one.code for one in found)
            raise ValidationError(
                _("Several organisations are called so. Write one of these codes: %s.") % codes
            )
        raise ValidationError(_("No organisation of the register is called so: choose one from the list."))


def _names(organisation: Organisation) -> set[str]:
    names = (organisation.code, *organisation.name, *organisation.abbreviation, str(organisation.name))
    return {" ".join(name.casefold().split()) for name in names if name}


class ControlForm(forms.Form):
    """Base of the forms of verbs. It knows who asks and of what, and puts a refusal where it belongs.

    `three` names the texts in three languages: a field for each is made of its label.
    """

    three: Mapping[str, Any] = {}
    #: Of those the ones without which the service refuses.
    needed: frozenset[str] = frozenset()
    #: What is said where one of these is missing.
    missing: Mapping[str, Any] = MISSING
    #: What a service calls otherwise than the form.
    places: Mapping[str, str] = {}

    def __init__(self, *args: Any, user: Any, situation: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.situation = user, situation
        for name, label in self.three.items():
            self.fields.update({f"{name}_{lang}": field for lang, field in in_three(label).items()})
            if name in self.needed:
                self.fields[f"{name}_kk"].help_text = _("At least in Kazakh or in Russian.")
                for language in ("kk", "ru"):  # neither is needed alone, yet neither is called optional
                    self.fields[f"{name}_{language}"].one_is_needed = True  # type: ignore[attr-defined]
        self.arrange()
        searching = [field for field in self.fields.values() if isinstance(field, OrganisationField)]
        self.organisations = self._known() if searching else []
        for field in searching:
            field.known = self.organisations

    def _known(self) -> list[Organisation]:
        """Those that he may know of, and those that execute this instruction already."""
        known = {one.pk: one for one in Organisation.objects.visible_to(self.user).order_by("sort_kk")}
        for executor in self.situation.life.executors if self.situation else ():
            if executor.organisation_id:
                known.setdefault(executor.organisation_id, executor.organisation)
        return list(known.values())

    def arrange(self) -> None:
        """For forms that ask by the state of the instruction."""

    def clean(self) -> dict[str, Any]:
        """What the service would refuse is said with all other faults, not after them."""
        told = super().clean() or {}
        for name in sorted(self.needed):
            written = {f"{name}_kk", f"{name}_ru"} & set(self.fields)
            if written and not any(told.get(one) or self.has_error(one) for one in written):
                self.add_error(f"{name}_kk", self.missing[name])
        return told

    def in_languages(self, name: str) -> dict[str, str]:
        return {language: self.cleaned_data.get(f"{name}_{language}", "") for language in LANGUAGES}

    def datalist(self) -> SafeString:
        options = format_html_join(
            "", '<option value="{}">', ((str(one.name),) for one in self.organisations)
        )
        return format_html('<datalist id="organisations">{}</datalist>', options)

    def refuse(self, error: Exception, sentences: list[str] | None = None) -> None:
        """Say at its field, or above the form, what the service refused."""
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            for name, said in error.message_dict.items():
                self.add_error(self._place(name), said)
        else:
            said = sentences or (error.messages if isinstance(error, ValidationError) else [str(error)])
            self.add_error(None, said)

    def _place(self, name: str) -> str | None:
        if name == NON_FIELD_ERRORS:
            return None
        name = self.places.get(name, name)
        return next((one for one in (name, f"{name}_kk") if one in self.fields), None)


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is looked at by its content, the good ones are kept when one is bad."""

    def __init__(self, label: Any) -> None:
        endings = sorted(set().union(*ALLOWED.values()))
        super().__init__(label=label, required=False, widget=Files(attrs={"accept": ",".join(endings)}))

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [one for one in (data if isinstance(data, list | tuple) else [data]) if one]


def fault_of(file: Any) -> str:
    """Why the file cannot be kept, or nothing."""
    if file.size > MAX_BYTES:
        return _("“%(name)s” is larger than %(limit)s MB: choose a smaller file.") % {
            "name": file.name,
            "limit": MAX_BYTES // 2**20,
        }
    content = file.read()
    file.seek(0)
    try:
        if content:
            type_by_content(content, safe_name(file.name))
            return ""
    except BadFile as error:
        return str(error)
    return _("“%(name)s” is empty: choose another file.") % {"name": file.name}


class ProofsForm(ControlForm):
    """A text with proof: files by their kind, and addresses, one a line."""

    FILES = {"photos": EvidenceKind.PHOTO, "acts": EvidenceKind.ACT, "documents": EvidenceKind.DOCUMENT}
    places = {"evidence": "documents", "url": "links", "file": "documents"}

    text = words(gettext_lazy("What was done"), gettext_lazy("Say what was done."))
    photos = FilesField(gettext_lazy("Photos"))
    acts = FilesField(gettext_lazy("Acts"))
    documents = FilesField(gettext_lazy("Other documents"))
    links = forms.CharField(
        label=gettext_lazy("Links, one a line"),
        required=False,
        widget=Area(2, inputmode="url", spellcheck="false"),
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        self.good: list[Proof] = []
        for name, kind in self.FILES.items():
            for file in facts.get(name) or []:
                if fault := fault_of(file):
                    self.add_error(name, fault)
                else:
                    self.good.append(Proof(kind, file, file.name))
        self.good += self._links(facts.get("links", ""))
        return facts

    def _links(self, typed: str) -> Iterator[Proof]:
        allowed = URLValidator(schemes=["http", "https"])
        for line in filter(None, map(str.strip, typed.splitlines())):
            try:
                allowed(line)
            except ValidationError:
                self.add_error("links", _("“%s” is not an address: it begins with https://.") % line[:100])
            else:
                yield Proof(EvidenceKind.LINK, url=line)


#: What a service may raise that a form can say.
REFUSED = (DomainError, ValidationError)
