"""A new instruction in the register: for the office. From a paper or a finding it comes with what is known of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tasks import policies, services
from tasks.choices import VERB_LABELS
from tasks.forms.base import REFUSED
from tasks.forms.register import RegisterForm
from tasks.models import Instruction
from tasks.views.asking import say
from tasks.views.once import Once, token


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if not policies.may(request.user, "register_instruction"):
        raise PermissionDenied(policies.refusal("register_instruction"))
    return ask(request, lambda facts: services.register_instruction(by=request.user, **facts))


def ask(
    request: HttpRequest,
    call: Callable[[dict[str, Any]], Instruction],
    *,
    initial: dict[str, Any] | None = None,
    back: str = "",
    **shown: Any,
) -> HttpResponse:
    """The form, filled with `initial`; `call` registers what it says. `back`: where the reader came from."""
    if request.method != "POST":
        first = RegisterForm(user=request.user, initial={"once": token(), **(initial or {})})
        return _shown(request, first, back, shown)
    form: Any = RegisterForm(request.POST, user=request.user)
    if "more" in request.POST:
        return _shown(request, _longer(request, form), back, shown)
    if form.is_valid():
        try:
            with Once(request.user, form.cleaned_data["once"]):
                made = call(form.facts())
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(form, error)
        else:
            return _done(request, made, back)
    return _shown(request, form, back, shown)


def _longer(request: HttpRequest, form: Any) -> RegisterForm:
    """The same words with more rows, and no complaint yet."""
    typed = {name: value for name, value in request.POST.items() if name in form.fields}
    initial = typed | {"rows": form.number_of_rows}
    longer = RegisterForm({"rows": str(form.number_of_rows)}, user=request.user, initial=initial)
    longer.is_bound = False
    return longer


def _done(request: HttpRequest, made: Instruction, back: str) -> HttpResponse:
    address = reverse("instruction-verb", args=[made.public_id, "put_on_control"])
    said = _("The instruction is registered: %(number)s.") % {"number": made.public_id}
    link = format_html('<a href="{}">{}</a>', address, VERB_LABELS["put_on_control"])
    messages.success(request, format_html("{} {}", said, link))
    return redirect(back) if back else redirect("instruction", made.public_id)


def _shown(request: HttpRequest, form: RegisterForm, back: str, shown: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "rows": form.number_of_rows, "back": back, **shown}
    return render(request, "tasks/register.html", context)
