"""A verb in the admin: a page that asks what the service needs, and says what it answered."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from core.admin.refusals import REFUSALS, explain

type Facts = Iterable[tuple[Any, Any]]


class VerbForm(forms.Form):
    """Base of the forms that ask; it knows the object, to offer only what is possible."""

    def __init__(self, *args: Any, thing: Any, **kwargs: Any) -> None:
        self.thing = thing
        super().__init__(*args, **kwargs)


class Reason(VerbForm):
    """For verbs that need nothing but a confirmation."""

    note = forms.CharField(
        label=_("Why"), required=False, max_length=500, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )


def verb_page(
    admin: Any,
    request: HttpRequest,
    object_id: str,
    *,
    title: Any,
    form: type[VerbForm],
    act: Callable[[Any, dict[str, Any]], Any],
    done: Any,
    intro: Callable[[Any], Any] | None = None,
    stands: Callable[[Any], Facts] | None = None,
) -> HttpResponse:
    """Ask; on the answer call `act(thing, facts)`. What the service refuses stands on the page, nothing is written.

    Who may come here is said by the `permissions` of the action; the service asks again. `stands`: how the object
    is now, as labels and values, so that whoever confirms sees of what.
    """
    thing = admin.get_object(request, unquote(object_id))
    if thing is None:
        return admin._get_obj_does_not_exist_redirect(request, admin.opts, object_id)
    back = reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change", args=[object_id])
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    asked = form(*posted, thing=thing)
    if request.method == "POST" and asked.is_valid():
        try:
            act(thing, asked.cleaned_data)
        except REFUSALS as error:
            refuse(asked, error, admin.rules)
        else:
            admin.message_user(request, done, messages.SUCCESS)
            return HttpResponseRedirect(back)
    context = {
        **admin.admin_site.each_context(request),
        "title": title,
        "subtitle": str(thing),
        "intro": intro(thing) if intro else "",
        "stands": list(stands(thing)) if stands else [],
        "form": asked,
        "opts": admin.opts,
        "original": thing,
        "back": back,
        "media": admin.media + asked.media,
    }
    return TemplateResponse(request, "admin/core/verb.html", context)


def refuse(form: forms.Form, error: Exception, rules: Any) -> None:
    """What a service refused, at the field that it names where the form has it, else above the form."""
    named = error.message_dict if isinstance(error, ValidationError) and hasattr(error, "error_dict") else {}
    for field, sentences in named.items():
        place = next((name for name in (field, f"{field}_kk") if name in form.fields), None)
        for sentence in sentences:
            form.add_error(place, sentence)
    if not named:
        for sentence in explain(error, rules):
            form.add_error(None, sentence)
