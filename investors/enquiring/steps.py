"""The way of an enquiry: three steps, a look over the answers, the receipt. Works without JavaScript and without a
session: a page carries what was typed so far, signed (investors.enquiring.state)."""

import time
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from core import rates
from core.exceptions import DomainError, TooMany
from core.files import BadFile
from investors import services
from investors.choices import ConsentPurpose
from investors.enquiring.asked import about, asked, facts_of
from investors.enquiring.forms import CODES, STEPS, TRAP, Step
from investors.enquiring.state import State, read
from investors.intake import holds_personal_number
from investors.models import ConsentText
from investors.receipts import done_path

CHECK = "check"
#: Nobody reads and answers three pages in less; a program does.
QUICKEST = 4


class Asking:
    """One request of the form: where it stands, what it carries, and the page that answers it."""

    def __init__(self, request: HttpRequest, state: State) -> None:
        self.request, self.state = request, state
        self.about = about(state.about, request.user)
        today = timezone.localdate()
        self.consent = ConsentText.objects.in_force(ConsentPurpose.ENQUIRY, today)

    def form(self, code: str, *sent: Any) -> Step:
        """Bound to what was sent; else with what was typed before, not judged."""
        made = STEPS[CODES.index(code)]
        more: dict[str, Any] = {"about": self.about} if code == "what" else {}
        if code == "text":
            more = {"consent": self.consent, "waiting": services.waiting_file(self.state.client_uuid)}
        if sent:
            return made(*sent, **more)
        form = made(**more)
        for name, values in self.state.answers.get(code, {}).items():
            if name in form.fields:
                form.initial[name] = values if name == "sectors" else values[0]
        return form

    def judged(self) -> dict[str, Step]:
        """Every step, with its faults."""
        return {code: self.form(code, self.state.typed(code) or {}) for code in CODES}

    def show(self, code: str, form: Step | None = None, fault: str = "", status: int = 200) -> HttpResponse:
        form = form or self.form(code)
        if code == "text" and self.consent:
            self.state.consent = self.consent.number
        context = {"form": form, "place": CODES.index(code) + 1, "before": _before(code)}
        return self._page("investors/enquiry/step.html", code, context, fault, status)

    def look_over(self, fault: str = "", status: int = 200) -> HttpResponse:
        """All answers before they are sent; a step with a fault is shown instead."""
        forms = self.judged()
        for code, form in forms.items():
            if not form.is_valid():
                return self.show(code, form)
        if refusal := self._consent_is_over():
            return self.show("text", refusal)
        typed = self.state.answers["text"].get("text", [""])[0]
        context = {
            "parts": [(code, form.title, form.shown()) for code, form in forms.items()],
            "place": len(CODES) + 1,
            "personal": holds_personal_number(typed),
        }
        return self._page("investors/enquiry/check.html", CHECK, context, fault, status)

    def _consent_is_over(self) -> Step | None:
        """The third step with its fault, where the words changed since they were shown."""
        if self.consent and self.consent.number == self.state.consent:
            return None
        self.state.answers["text"].pop("consent", None)
        form = self.form("text", self.state.typed("text"))
        form.errors.pop("consent", None)
        form.add_error("consent", _("The text of the consent has changed: read it again and agree to it."))
        return form

    def _page(
        self, template: str, code: str, context: Mapping[str, Any], fault: str, status: int
    ) -> HttpResponse:
        said = {
            "state": self.state.signed(),
            "step": code,
            "steps": [step.title for step in STEPS] + [_("Check your answers")],
            "trap": TRAP,
            "consent": self.consent,
            "fault": fault,
        }
        return render(self.request, template, said | dict(context), status=status)


def _before(code: str) -> str:
    place = CODES.index(code)
    return CODES[place - 1] if place else ""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)  # not no-store: the browser's Back shows the page as it was left
def enquiry(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return Asking(request, asked(request.GET, request.user)).show("who")
    state = read(request.POST.get("state", ""))
    if state is None:
        fault = _("The form was not sent as a whole. Please begin again.")
        return Asking(request, State()).show("who", fault=fault, status=400)
    here, go = request.POST.get("step", ""), request.POST.get("go", "next")
    asking = Asking(request, state)
    if here in CODES:
        return _answered(asking, here, go)
    if go in CODES:
        return asking.show(go)
    if go != "send":
        return asking.look_over()
    return _send(asking)


def _answered(asking: Asking, here: str, go: str) -> HttpResponse:
    """A step came in: keep it, judge it, and go where its button leads."""
    sent = asking.request.POST
    kept = asking.state.keep(here, [*asking.form(here).fields], sent)
    fault_of_file = _keep_file(asking) if here == "text" else ""
    if sent.get(TRAP):
        return asking.show(
            here, fault=_("A hidden field was filled in, as programs do. Please send it again.")
        )
    if kept and not fault_of_file and go in {*CODES, "stay"}:
        return asking.show(here if go == "stay" else go)
    form = asking.form(here, sent)
    if fault_of_file:
        form.add_error("file", fault_of_file)
    if not form.is_valid():
        return asking.show(here, form)
    place = CODES.index(here) + 1
    return asking.show(CODES[place]) if place < len(CODES) else asking.look_over()


def _keep_file(asking: Asking) -> str:
    """Keep the file that came, or drop the one that waits; why it cannot be kept."""
    number, file = asking.state.client_uuid, asking.request.FILES.get("file")
    if asking.request.POST.get("drop_file"):
        services.drop_file(number)
        asking.state.answers.get("text", {}).pop("drop_file", None)
    if file is None:
        return ""
    try:
        services.keep_file(number, file, address=rates.address_of(asking.request))
    except DomainError as refusal:
        return str(refusal)
    return ""


def _send(asking: Asking) -> HttpResponse:
    request, state = asking.request, asking.state
    if request.POST.get(TRAP):
        return asking.look_over(_("A hidden field was filled in, as programs do. Please send it again."))
    if time.time() - state.begun < QUICKEST:
        return asking.look_over(_("That was very quick. Look at your answers and send them again."))
    forms = asking.judged()
    if not all(form.is_valid() for form in forms.values()) or asking.consent is None:
        return asking.look_over()
    if asking.consent.number != state.consent:
        return asking.look_over()
    try:
        made = services.submit_enquiry(
            client_uuid=state.client_uuid,
            language=(get_language() or "kk")[:2],
            consent=asking.consent,
            address=rates.address_of(request),
            today=timezone.localdate(),
            file=services.waiting_file(state.client_uuid),
            **facts_of(forms, asking.about),
        )
    except TooMany as refusal:
        response = asking.look_over(str(refusal), status=429)
        response.headers["Retry-After"] = str(max(1, round(refusal.retry_after.total_seconds())))
        return response
    except BadFile as refusal:
        return asking.show("text", fault=str(refusal))
    except (DomainError, ValidationError) as refusal:
        words = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
        return asking.look_over(" ".join(words))
    return redirect(done_path(made.receipt))
