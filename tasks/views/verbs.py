"""One page a verb: what will happen, what is asked; then the service, and what it said."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tasks import policies
from tasks.choices import VERB_LABELS
from tasks.forms.base import REFUSED
from tasks.models import Instruction
from tasks.views import report
from tasks.views.acts import ACTS, Act
from tasks.views.asking import context_of, say, situation_of
from tasks.views.offers import EXTENSION_VERBS, Situation, is_possible, label, offers
from tasks.views.once import Once, token


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: str, verb: str) -> HttpResponse:
    if verb not in ACTS and verb != "report":
        raise Http404
    situation = situation_of(request.user, public_id)
    if not situation.may(verb):
        _refuse(situation, verb)
    if request.method != "POST" and not is_possible(situation, verb):
        words = _("“%(verb)s” is not possible now: look at the state of the instruction.")
        messages.warning(request, words % {"verb": label(verb, situation)})
        return redirect("instruction", public_id)
    if verb == "report":
        return report.page(request, situation)
    return _ask(request, situation, verb, ACTS[verb])


def _refuse(situation: Situation, verb: str) -> None:
    """In the words of the policy: for whom the verb is."""
    raise PermissionDenied(policies.refusal(situation.right(verb)))


def _ask(request: HttpRequest, situation: Situation, verb: str, act: Act) -> HttpResponse:
    sent = request.method == "POST"
    form: Any = act.form(
        request.POST if sent else None,
        (request.FILES or None) if sent else None,
        user=request.user,
        situation=situation,
        initial=_initial(situation, verb),
    )
    if sent and form.is_valid():
        try:
            with Once(request.user, form.cleaned_data.get("once", "")):
                made = act.call(situation, form)
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(form, error)
        else:
            return _done(request, situation, verb, act, made)
    context = context_of(situation, verb) | {"form": form, "intro": act.intro}
    return render(request, "tasks/verb.html", context)


def _initial(situation: Situation, verb: str) -> dict[str, Any]:
    initial: dict[str, Any] = {"once": token()}
    if verb in EXTENSION_VERBS:
        life = situation.life
        about = life.last_decision if verb == "correct" else life.undecided
        initial |= {"extension": about and about.public_id, "due": about and about.new_due}
        if verb == "correct":
            initial["due"] = None
    return initial


def _done(request: HttpRequest, situation: Situation, verb: str, act: Act, made: Any) -> HttpResponse:
    """Back to the card with a message, and a way back or on where there is one."""
    public_id = situation.instruction.public_id
    after = situation_of(request.user, public_id)
    links = []
    if act.undo and after.may(act.undo) and is_possible(after, act.undo):
        links.append((act.undo, VERB_LABELS[act.undo]))
    following = next((offer for offer in offers(after) if offer.is_next), None)
    if following is not None:
        links.append((following.verb, following.label))
    said = [format_html("{}", act.done)]
    for name, words in links:
        address = reverse("instruction-verb", args=[public_id, name])
        said.append(format_html('<a href="{}">{}</a>', address, words))
    if isinstance(made, Instruction) and made.public_id != public_id:
        address = reverse("instruction", args=[made.public_id])
        said.append(format_html('<a href="{}">{}</a>', address, made.public_id))
    messages.success(request, format_html(" ".join(["{}"] * len(said)), *said))
    return redirect("instruction", public_id)
