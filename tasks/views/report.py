"""The report of the responsible executor: a draft that survives everything, then handed in."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tasks import services
from tasks.choices import EvidenceKind, ReportKind, ReportState
from tasks.forms.base import REFUSED
from tasks.forms.verbs import ReportForm
from tasks.models import Evidence
from tasks.views.asking import context_of, say
from tasks.views.offers import Situation
from tasks.views.reading import reports_of

WRITTEN = (ReportState.DRAFT, ReportState.RETURNED)


def page(request: HttpRequest, situation: Situation) -> HttpResponse:
    kinds = situation.kinds() or [ReportKind.FINAL]
    wanted = request.POST.get("kind") or request.GET.get("kind") or kinds[0]
    kind = wanted if wanted in ReportKind.values else kinds[0]
    if request.method == "POST":
        return _sent(request, situation, kind)
    if kind not in kinds:
        kind = kinds[0]
    draft = _draft(situation, kind)
    form = ReportForm(user=request.user, situation=situation, initial={"text": draft.text if draft else ""})
    return _shown(request, situation, kind, form)


def _sent(request: HttpRequest, situation: Situation, kind: str) -> HttpResponse:
    """First everything that is good is kept as the draft; only then is it handed in."""
    hands_in = "hand_in" in request.POST
    form: Any = ReportForm(
        request.POST, request.FILES, user=request.user, situation=situation, draft=not hands_in
    )
    form.is_valid()
    try:
        if _is_something(form):
            services.save_report(
                situation.instruction,
                by=request.user,
                kind=kind,
                text=form.data.get("text", ""),
                proofs=form.good,
            )
            _forget_kept(form)
        if "remove" in request.POST:
            _remove(request, situation, request.POST["remove"])
        elif hands_in and not form.errors:
            services.report(situation.instruction, by=request.user, kind=kind)
    except (*REFUSED, IntegrityError, OperationalError) as error:
        say(form, error)
    if form.errors:
        situation.life.reports = reports_of(request.user, situation.instruction)
        return _shown(request, situation, kind, form)
    return _done(request, situation, kind, hands_in)


def _is_something(form: Any) -> bool:
    return bool(form.good or form.data.get("text", "").strip())


def _forget_kept(form: Any) -> None:
    """Addresses that the draft holds now need not be typed again; wrong ones stay to be corrected."""
    kept = {proof.url for proof in form.good}
    lines = form.data.get("links", "").splitlines()
    form.data = form.data.copy()
    form.data["links"] = "\n".join(line for line in lines if line.strip() not in kept)


def _remove(request: HttpRequest, situation: Situation, key: str) -> None:
    mine = Evidence.objects.visible_to(request.user).filter(report__instruction=situation.instruction)
    proof = mine.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    if proof is not None:
        services.remove_proof(proof, by=request.user)


def _done(request: HttpRequest, situation: Situation, kind: str, hands_in: bool) -> HttpResponse:
    public_id = situation.instruction.public_id
    address = reverse("instruction-verb", args=[public_id, "report"])
    if "remove" in request.POST:
        messages.success(request, _("The proof is taken out of the draft."))
    elif not hands_in:
        messages.success(
            request, _("The draft is kept: your organisation sees it and goes on with it, nobody else.")
        )
    else:
        said = _("The report is handed in; the project office checks it.")
        messages.success(request, format_html("{}", said))
        return redirect("instruction", public_id)
    return redirect(f"{address}?{urlencode({'kind': kind})}")


def _draft(situation: Situation, kind: str) -> Any:
    rows = (one for one in situation.life.reports if one.kind == kind and one.state in WRITTEN)
    return next(rows, None)


def _shown(request: HttpRequest, situation: Situation, kind: str, form: Any) -> HttpResponse:
    instruction = situation.instruction
    draft = _draft(situation, kind)
    wanted = instruction.evidence_kind if kind == ReportKind.FINAL else ""
    has = {proof.kind for proof in draft.proofs} if draft else set()
    context = context_of(situation, "report") | {
        "form": form,
        "kind": kind,
        "kinds": [(one, ReportKind(one).label, one == kind) for one in situation.kinds()],
        "draft": draft,
        "lacks": EvidenceKind(wanted).label if wanted and wanted not in has else "",
        "contributions": [one for one in situation.life.executors if one.sent],
        "late": [
            one
            for one in situation.life.executors
            if not one.is_lead and one.organisation_id and not one.sent and one.released_on is None
        ],
    }
    return render(request, "tasks/report.html", context)
