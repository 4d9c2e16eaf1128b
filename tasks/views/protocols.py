"""The papers of a meeting: a text with what was read in it, or a protocol written here; signature and correction."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, OperationalError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.calendar import WorkingDays
from core.filters import today
from tasks import services
from tasks.choices import ItemState
from tasks.forms import meetings as forms
from tasks.forms.base import REFUSED
from tasks.models import Instruction, Meeting, Protocol, ProtocolItem
from tasks.services.importing import may_be_discarded
from tasks.views import register
from tasks.views.asking import say
from tasks.views.highlights import pieces
from tasks.views.items import known_bodies, read_of
from tasks.views.meeting_edit import given_at
from tasks.views.meetings import find, house, keeper, may_keep, superseded
from tasks.views.once import Once, token
from tasks.views.shown import term_of

#: What waits comes first.
PLACES = {ItemState.PROPOSED: 0, ItemState.CONFIRMED: 1, ItemState.DISMISSED: 2}


def paper_of(user: Any, public_id: str, pk: int) -> tuple[Meeting, Any]:
    """The meeting and its paper, which knows its meeting."""
    meeting = find(user, public_id)
    papers = Protocol.objects.filter(meeting=meeting)
    paper = (
        papers.select_related("source", "source_file", "supersedes", "superseded_by").filter(pk=pk).first()
    )
    if paper is None:
        raise Http404
    paper.meeting = meeting
    return meeting, paper


@require_safe
def detail(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    user = house(request)
    meeting, paper = paper_of(user, public_id, pk)
    return _shown(request, meeting, paper)


def _shown(request: HttpRequest, meeting: Meeting, paper: Any, **forms_: Any) -> HttpResponse:
    user: Any = request.user
    items = _items(user, paper)
    is_open = may_keep(user) and paper.signed_on is None
    context = {
        "meeting": meeting,
        "paper": paper,
        "is_superseded": superseded(paper),
        "items": items,
        "waiting": sum(item.state == ItemState.PROPOSED for item in items),
        "confirmed": sum(item.state == ItemState.CONFIRMED for item in items),
        "pieces": pieces(paper.text, (item for item in items if item.state != ItemState.DISMISSED)),
        "is_open": is_open,
        "may_keep": may_keep(user),
        "may_discard": is_open and may_be_discarded(paper),
        "add_form": forms.ItemForm(user=user, initial={"once": token()}),
        "mark_form": forms.MarkForm(user=user),
        **forms_,
    }
    status = 200 if not forms_ else 422
    return render(request, "tasks/paper.html", context, status=status)


def _items(user: Any, paper: Any) -> list[Any]:
    """With what was read of each, the instruction that it became, and where its correction came from."""
    given = Instruction.objects.visible_to(user).order_by("pk")
    rows = (
        ProtocolItem.objects.filter(protocol=paper)
        .select_related("corrects")
        .prefetch_related(
            Prefetch("instructions", given, to_attr="given"),
            Prefetch("corrects__instructions", given, to_attr="given"),
        )
    )
    items: list[Any] = sorted(rows, key=lambda item: (PLACES[item.state], item.order))
    calendar, day, bodies = WorkingDays(), today(), known_bodies(user, *items)
    for item in items:
        item.protocol = paper
        item.became = item.given or (item.corrects.given if item.corrects else [])
        for instruction in item.became:
            instruction.term = term_of(instruction, day, calendar)
        item.read = read_of(item, bodies) if item.state == ItemState.PROPOSED else []
    return items


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin the protocol of a meeting."""
    meeting = find(keeper(request), public_id)
    form = forms.WriteForm(
        request.POST or None, user=request.user, initial={"language": request.LANGUAGE_CODE}
    )  # type: ignore[attr-defined]

    def call() -> Protocol:
        told = form.cleaned_data
        return services.write_protocol(meeting, by=request.user, **told)

    return _ask(
        request,
        meeting,
        None,
        form,
        call,
        _("Write the protocol"),
        _("The protocol is begun: add its items."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    meeting, paper = paper_of(keeper(request), public_id, pk)
    initial = {"number": paper.number, "signed_on": today()}
    form = forms.SignForm(request.POST or None, user=request.user, initial=initial)

    def call() -> Protocol:
        return services.sign_protocol(paper, by=request.user, **form.cleaned_data)

    words = _("The protocol is signed: from now on it is frozen.")
    return _ask(request, meeting, paper, form, call, _("Enter the signature"), words)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    meeting, paper = paper_of(keeper(request), public_id, pk)
    form = forms.CorrectForm(request.POST or None, user=request.user)

    def call() -> Protocol:
        return services.correct_protocol(paper, by=request.user, **form.cleaned_data)

    words = _("This draft will supersede the signed protocol: change its items, then enter the signature.")
    return _ask(request, meeting, paper, form, call, _("Correct by another protocol"), words)


def _ask(
    request: HttpRequest,
    meeting: Meeting,
    paper: Any,
    form: Any,
    call: Callable[[], Protocol],
    title: str,
    done: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = call()
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(form, error)
        else:
            messages.success(request, done)
            return redirect("meeting-paper", meeting.public_id, made.pk)
    context = {"meeting": meeting, "paper": paper, "form": form, "title": title}
    return render(request, "tasks/paper_asked.html", context)


@require_POST
def add(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A decision or a note, on the page of the paper."""
    meeting, paper = paper_of(keeper(request), public_id, pk)
    form: Any = forms.ItemForm(request.POST, user=request.user)
    if form.is_valid():
        told = form.cleaned_data
        try:
            with Once(request.user, told["once"]):
                services.add_item(paper, by=request.user, kind=told["kind"], text=told["text"])
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(form, error)
        else:
            messages.success(request, _("The item is added."))
            return redirect("meeting-paper", public_id, pk)
    return _shown(request, meeting, paper, add_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def instruct(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """An instruction as an item of a protocol that is written here."""
    meeting, paper = paper_of(keeper(request), public_id, pk)
    back = reverse("meeting-paper", args=[public_id, pk])
    if paper.signed_on:
        messages.info(request, _("A signed protocol is frozen: write one that supersedes it."))
        return redirect(back)
    return register.ask(
        request,
        lambda facts: services.instruct(paper, by=request.user, **facts),
        initial=given_at(meeting),
        back=back,
        back_words=str(paper),
    )


@require_POST
def mark(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Words that the reader passed over become an item."""
    meeting, paper = paper_of(keeper(request), public_id, pk)
    form: Any = forms.MarkForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            item = services.mark_item(paper, by=request.user, words=form.cleaned_data["words"])
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(form, error)
        else:
            return redirect("meeting-item", public_id, item.pk)
    return _shown(request, meeting, paper, mark_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Take a draft back, with what it brought."""
    meeting, paper = paper_of(keeper(request), public_id, pk)
    if request.method == "POST":
        try:
            gone = services.discard_paper(paper, by=request.user)
        except REFUSED as error:
            messages.error(request, str(error))
            return redirect("meeting-paper", public_id, pk)
        messages.success(request, _("The draft is taken back."))
        return redirect("meetings") if gone else redirect("meeting", public_id)
    return render(request, "tasks/paper_discard.html", {"meeting": meeting, "paper": paper})
