"""One verb for several rows of the board: first what would happen to each and why not, then what happened.

The preview asks the very services, row by row, and takes back what they did: no rule is told twice.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.choices import Role
from accounts.models import User
from core.admin.refusals import REFUSALS, explain
from core.exceptions import Conflict
from core.filters import today
from tasks import services
from tasks.choices import UNDECIDED, VERB_LABELS
from tasks.models import Extension, Instruction
from tasks.policies import is_office
from tasks.views.rows import listed, told

#: So many rows at once: each is a transaction of its own.
MOST = 100


class Nothing(forms.Form):
    """For verbs that ask for nothing."""


class WithReason(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithController(forms.Form):
    controller = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Controller"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = User.objects.office(timezone.localdate()).order_by("full_name", "username")
        self.fields["controller"].queryset = office  # type: ignore[attr-defined]


class Verb(NamedTuple):
    """`form` asks what the service needs beside the row."""

    label: Any
    act: Callable[..., Any]
    form: type[forms.Form] = Nothing


def _grant(instruction: Instruction, *, by: Any) -> Any:
    extension = Extension.objects.filter(instruction=instruction, state__in=UNDECIDED).first()
    if extension is None:
        raise Conflict(_("No request for more time waits for a decision."))
    return services.grant(extension, by=by)


OFFICE = {
    "put_on_control": Verb(VERB_LABELS["put_on_control"], services.put_on_control),
    "propose_removal": Verb(VERB_LABELS["propose_removal"], services.propose_removal),
    "set_controller": Verb(VERB_LABELS["set_controller"], services.set_controller, WithController),
    "cancel": Verb(VERB_LABELS["cancel"], services.cancel, WithReason),
}
LEADERSHIP = {
    "accept": Verb(VERB_LABELS["accept"], services.accept),
    "grant": Verb(VERB_LABELS["grant"], _grant),
}
VERBS = OFFICE | LEADERSHIP


class Outcome(NamedTuple):
    row: Any
    done: bool
    why: str


def verbs_for(user: Any) -> list[tuple[str, Any]]:
    """Those that the board offers; whether a row lets itself, and this person, is asked of the service."""
    offered = OFFICE if is_office(user) else LEADERSHIP if user.role == Role.LEADERSHIP else {}
    return [(name, verb.label) for name, verb in offered.items()]


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    if not verbs_for(request.user):
        raise PermissionDenied(
            _("Only the project office and leadership act on several instructions at once.")
        )
    if request.method != "POST":
        return redirect("control")
    name = request.POST.get("verb", "")
    verb, rows = VERBS.get(name), _chosen(request)
    if verb is None or not rows:
        return _again(request, rows, bool(verb))
    confirmed = "confirmed" in request.POST
    form = verb.form(request.POST if confirmed else None)
    if confirmed and form.is_valid():
        outcomes = [_try(verb, row, request.user, form.cleaned_data) for row in rows]
        return _answer(request, verb, name, outcomes, None)
    facts = {"reason": "…"} if verb.form is WithReason else {}
    previews = [_preview(verb, row, request.user, facts) for row in rows]
    return _answer(request, verb, name, previews, form)


def _chosen(request: HttpRequest) -> list[Any]:
    """The ticked rows that the reader may see, in the order of their terms."""
    codes = [code.replace("\x00", "") for code in request.POST.getlist("row")][:MOST]
    seen = Instruction.objects.visible_to(request.user).concerning(request.user)
    return told(listed(seen.filter(public_id__in=codes), request.user).order_by("due", "pk"), today())


def _again(request: HttpRequest, rows: list[Any], is_known: bool) -> HttpResponse:
    why = _("Tick at least one instruction first.") if is_known else _("Choose what is to be done with them.")
    return render(request, "tasks/bulk.html", {"nothing": why}, status=400)


def _answer(
    request: HttpRequest, verb: Verb, name: str, outcomes: list[Outcome], form: forms.Form | None
) -> HttpResponse:
    done = [one for one in outcomes if one.done]
    context = {
        "verb": name,
        "label": verb.label,
        "outcomes": outcomes,
        "done": len(done),
        "refused": len(outcomes) - len(done),
        "form": form,
        "too_many": len(request.POST.getlist("row")) > MOST and MOST,
    }
    return render(
        request, "tasks/bulk.html", context, status=400 if form is not None and form.errors else 200
    )


def _preview(verb: Verb, row: Any, user: Any, facts: dict[str, Any]) -> Outcome:
    """What the service would answer; whatever it did is taken back."""
    if verb.form is WithController:
        office = User.objects.office(timezone.localdate()).exclude(pk=row.controller_id)
        facts = {"controller": office.first() or user}
    with transaction.atomic():
        outcome = _try(verb, row, user, facts)
        transaction.set_rollback(True)
    return outcome


def _try(verb: Verb, row: Any, user: Any, facts: dict[str, Any]) -> Outcome:
    """By its service, in a transaction of its own, judged to the end."""
    try:
        with transaction.atomic():
            verb.act(Instruction.objects.get(pk=row.pk), by=user, **facts)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except REFUSALS as error:
        return Outcome(row, False, " ".join(explain(error)))
    return Outcome(row, True, "")
