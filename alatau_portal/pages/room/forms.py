"""The forms of requests: to ask, to write, to promise another day."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from accounts.choices import Role
from accounts.models import Organisation, User
from districts.models import Project
from investors.request_choices import RequestKind
from investors.services.requests import Attached, Written
from tasks.forms.base import Area, ControlForm, Day, FilesField, fault_of, one_of, words


class MessageForm(ControlForm):
    """Words and files. `client_uuid` makes one message of a form that is sent twice; `version` is what was read."""

    text = forms.CharField(label=gettext_lazy("Message"), required=False, max_length=20_000, widget=Area(5))
    files = FilesField(gettext_lazy("Files"))
    client_uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        self.request = request
        kwargs["initial"] = {
            "client_uuid": uuid4(),
            "version": request.version if request else None,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        files: Any = self.fields["files"]
        files.widget.attrs["multiple"] = True
        self.fields["text"].one_is_needed = True  # type: ignore[attr-defined]  # words or a file

    def clean_files(self) -> list[Any]:
        found = self.cleaned_data["files"]
        faults = [fault for file in found if (fault := fault_of(file))]
        if faults:
            raise forms.ValidationError(faults)
        return found

    def written(self) -> Written:
        said = self.cleaned_data
        files = tuple(Attached(file, file.name) for file in said["files"])
        return Written(said["text"], files, said["client_uuid"])

    def refresh(self, version: int) -> None:
        """After a conflict what was typed stays, and is sent upon what is read now."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class OfficeMessageForm(MessageForm):
    wanted_by = Day(
        label=gettext_lazy("Please by"),
        required=False,
        help_text=gettext_lazy("Only where you ask the investor for something: by when you need it."),
    )


class AskForm(MessageForm):
    """A new request of an investor."""

    field_order = ["organisation", "title", "kind", "project", "text", "files", "wanted_by"]

    title = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say in a few words what it is about.")},
    )
    kind = one_of(gettext_lazy("Kind"), RequestKind.choices, required=True)
    project = forms.ChoiceField(label=gettext_lazy("Project"), required=False)
    text = words(gettext_lazy("What you ask"), gettext_lazy("Write what you ask."))

    def arrange(self) -> None:
        super().arrange()
        self.fields["kind"].initial = RequestKind.QUESTION
        self.fields["text"].one_is_needed = False  # type: ignore[attr-defined]
        self.projects = {one.public_id: one for one in self._projects()}
        project: Any = self.fields["project"]
        project.choices = [("", "—"), *((code, str(one.name)) for code, one in self.projects.items())]

    def _projects(self) -> list[Project]:
        """Those in which the organisation takes part, as far as both sides may see them."""
        organisation = self.situation
        investor = User(role=Role.INVESTOR, organisation=organisation)
        own = Project.objects.visible_to(investor).filter(
            parties__organisation=organisation, parties__until=None
        )
        return list(own.order_by("pk").distinct())

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "title": said["title"],
            "kind": said["kind"],
            "project": self.projects.get(said["project"]),
            "wanted_by": said.get("wanted_by"),
        }


class OfficeAskForm(AskForm):
    """A request of the office to an investor."""

    wanted_by = Day(label=gettext_lazy("Please by"), required=False)


class PromiseForm(ControlForm):
    """Another day, and why."""

    on = Day(label=gettext_lazy("Answer promised by"))
    reason = words(gettext_lazy("Why another day"), gettext_lazy("Say why: the investor reads it."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ChooseForm(forms.Form):
    """Of whom it is asked."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"))

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.choices = [(one.code, str(one.name)) for one in organisations]
