"""Personal data: how long each kind is kept, what was cleared when, and all that is held of one person.

A person is asked for by POST only: his address is in no address, no log and no history of a browser.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import policies
from core import personal, retention
from core.admin.history import said_by
from core.admin.refusals import REFUSALS, explain
from core.calendar import WorkingDays
from core.models import Erasure
from investors.models import Enquiry

NIGHTS, ERASURES, SHOWN = 14, 20, 20


class PersonForm(forms.Form):
    """Whom it is about: an e-mail address, or the receipt of an enquiry."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    receipt = forms.CharField(
        label=gettext_lazy("Receipt number of an enquiry"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("As on the receipt: 7K3M-9QXR-2B5T."),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not (told.get("email") or told.get("receipt")):
            self.add_error("email", _("Give an e-mail address or a receipt number."))
        return told


class ErasureForm(forms.Form):
    ground = forms.CharField(
        label=gettext_lazy("On what ground"),
        max_length=500,
        help_text=gettext_lazy(
            "Who asked, when and how. Stays in the history: write no name and no address."
        ),
        error_messages={"required": gettext_lazy("Say who asked, when and how.")},
    )
    sure = forms.BooleanField(
        label=gettext_lazy("I have looked at what will be cleared. It cannot be brought back."),
        error_messages={"required": gettext_lazy("Tick this when you have looked.")},
    )


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied
    return _shown(request, PersonForm())


def _shown(request: HttpRequest, form: PersonForm) -> HttpResponse:
    over = retention.due(timezone.now())
    context = {
        "form": form if policies.may(request.user, "find_person") else None,
        "asked": _asked() if policies.may(request.user, "find_person") else [],
        "rules": [(rule, over[rule.code]) for rule in retention.RULES.values()],
        "nights": [_night(run) for run in retention.runs(NIGHTS)],
        "erasures": _erasures(request.user),
    }
    status = 400 if form.is_bound else 200
    return render(request, "pages/personal_data.html", context, status=status)


def _asked() -> list[tuple[Enquiry, Any, bool]]:
    """Who asked on the status page of an enquiry: by when the office answers, and whether that day has passed."""
    rows = list(
        Enquiry.objects.filter(erasure_asked_at__isnull=False, erased_at=None).order_by("erasure_asked_at")
    )
    calendar, today = WorkingDays(), timezone.localdate()
    terms = [calendar.add(timezone.localdate(row.erasure_asked_at), settings.ERASURE_DAYS) for row in rows]
    return [(row, term, term < today) for row, term in zip(rows, terms, strict=True)]


def _night(run: Any) -> dict[str, Any]:
    """What a night cleared, in words; what it cleared nothing of is left out."""
    told = [
        (retention.RULES[code].what, number)
        for code, number in (run.result or {}).items()
        if number and code in retention.RULES
    ]
    return {"at": run.finished_at, "told": told}


def _erasures(user: Any) -> list[Any]:
    rows: list[Any] = list(Erasure.objects.visible_to(user).annotate(named=said_by(F("done_by")))[:ERASURES])
    for row in rows:
        row.cleared, row.kept = (_named(row.report.get(part, {})) for part in ("cleared", "kept"))
    return rows


def _named(counts: dict[str, int]) -> list[tuple[Any, int]]:
    kinds = {kind.code: kind.title for kind in personal.kinds()}
    return [(kinds.get(code, code), number) for code, number in counts.items()]


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """All that is held of the person asked for: looked at, given out as a file, or erased."""
    if not policies.may(request.user, "find_person"):
        raise PermissionDenied(_("Only the project office may do this."))
    if request.method != "POST":
        return redirect("personal-data")
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _shown(request, form)
    who, held = personal.gather(**form.cleaned_data)
    match request.POST.get("do"):
        case "export":
            return _file(request, who, held)
        case "erase":
            return _erase(request, form, who, held)
    personal.log_look(request.user, held)
    return _found(request, form, who, held, ErasureForm())


def _found(
    request: HttpRequest, form: PersonForm, who: personal.Person, held: list[personal.Held], ask: ErasureForm
) -> HttpResponse:
    context = {
        "asked": form.cleaned_data,
        "held": [(one, _rows(one), len(one.to_erase)) for one in held],
        "may_erase": any(one.to_erase for one in held),
        "before": list(Erasure.objects.visible_to(request.user).of(who.typed)),
        "ask": ask,
    }
    return render(request, "pages/person_held.html", context, status=400 if ask.is_bound else 200)


def _rows(one: personal.Held) -> list[list[tuple[str, Any]]]:
    """Some of the rows, column by column, in words."""
    return [_columns(one.kind, row) for row in one.rows[:SHOWN]]


def _columns(kind: personal.Kind, row: Any) -> list[tuple[str, Any]]:
    labels = {column.name: column.verbose_name for column in row._meta.concrete_fields} | dict(kind.labels)
    told = [(labels.get(name, name), personal.plain(getattr(row, name))) for name in kind.columns]
    return [(label, value) for label, value in told if value not in (None, "", [], {})]


def _file(request: HttpRequest, who: personal.Person, held: list[personal.Held]) -> HttpResponse:
    personal.log_export(request.user, held)
    body = {"made_at": timezone.now().isoformat(), "held": personal.told(held)}
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"personal-data-{timezone.localdate()}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _erase(
    request: HttpRequest, form: PersonForm, who: personal.Person, held: list[personal.Held]
) -> HttpResponse:
    ask = ErasureForm(request.POST)
    if not any(one.to_erase for one in held):
        messages.warning(request, _("Nothing is left to erase."))
        return redirect("personal-data")
    if not ask.is_valid():
        return _found(request, form, who, held, ask)
    try:
        personal.erase(who, held, by=request.user, ground=ask.cleaned_data["ground"])
    except REFUSALS as error:
        for sentence in explain(error):
            ask.add_error(None, sentence)
        return _found(request, form, who, held, ask)
    messages.success(request, _("Erased. What was cleared and what is kept stands below."))
    return redirect("personal-data")
