"""One item of a paper: what was read of its words, and what a person makes of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Organisation
from tasks import services
from tasks.choices import ItemKind, ItemState
from tasks.forms.base import REFUSED
from tasks.forms.meetings import ItemText
from tasks.forms.register import MOST, ROWS
from tasks.models import Meeting, ProtocolItem
from tasks.views import register
from tasks.views.asking import say
from tasks.views.meeting_edit import given_at
from tasks.views.meetings import find, keeper


def item_of(request: HttpRequest, public_id: str, pk: int) -> tuple[Meeting, ProtocolItem]:
    meeting = find(keeper(request), public_id)
    rows = ProtocolItem.objects.select_related("protocol")
    item = rows.filter(protocol__meeting=meeting, pk=pk).first()
    if item is None:
        raise Http404
    item.protocol.meeting = meeting
    return meeting, item


def page_of(meeting: Meeting, item: ProtocolItem) -> str:
    return reverse("meeting-paper", args=[meeting.public_id, item.protocol_id])


def known_bodies(user: Any, *items: ProtocolItem) -> dict[str, Organisation]:
    """By their codes, those that the reader recognised in these items."""
    codes = {code for item in items for code in item.reading.get("addressees", [])}
    rows = Organisation.objects.visible_to(user).filter(code__in=codes) if codes else ()
    return {one.code: one for one in rows}


def read_of(item: ProtocolItem, bodies: Mapping[str, Organisation]) -> list[tuple[str, str]]:
    """What the reader found besides the words, for a person to check: label and value."""
    told = item.reading
    lead = told.get("lead")
    found = []
    if told.get("addressees"):
        names = [str(bodies[one].name) if one in bodies else f"«{one}»" for one in told["addressees"]]
        found.append((_("To whom"), ", ".join(names)))
    if lead:
        found.append((_("Responsible executor"), str(bodies[lead].name) if lead in bodies else lead))
    if day := parse_date(told.get("due") or ""):
        words = f" («{told['due_text']}»)" if told.get("due_text") else ""
        found.append((_("Due"), date_format(day, "DATE_FORMAT") + words))
    elif told.get("due_text"):
        found.append((_("Term as said"), f"«{told['due_text']}»"))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The form of the register with all that was read; what is sent is registered, and the item confirmed."""
    meeting, item = item_of(request, public_id, pk)
    back = page_of(meeting, item)
    if item.state != ItemState.PROPOSED and request.method != "POST":
        messages.info(request, _("This item is decided already."))
        return redirect(f"{back}#item-{item.pk}")
    language, bodies = item.protocol.language, known_bodies(request.user, item)
    return register.ask(
        request,
        lambda facts: services.confirm_instruction(item, by=request.user, **facts),
        initial=given_at(meeting) | _initial(item, bodies),
        back=back,
        back_words=str(item.protocol),
        quoted=item.text,
        quoted_language=language,
        quoted_title=_("Words of the paper"),
        read=read_of(item, bodies),
    )


def _initial(item: ProtocolItem, bodies: Mapping[str, Organisation]) -> dict[str, Any]:
    told = item.reading
    language = item.protocol.language if item.protocol.language in ("kk", "ru") else "kk"
    lead = bodies.get(told.get("lead") or "")
    others = [bodies[code] for code in told.get("addressees", []) if code in bodies and bodies[code] != lead]
    groups = [words for words in told.get("addressees", []) if words not in bodies]
    return {
        f"text_{language}": item.text,
        f"group_{language}": "\n".join(groups),
        "lead": lead,
        "due": parse_date(told.get("due") or ""),
        "source": item.protocol.source_id or item.protocol.meeting.source_id,
        "rows": min(max(ROWS, len(others)), MOST),
        **{f"co_{number}": one for number, one in enumerate(others[:MOST])},
    }


@require_POST
def decide(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A decision, a note, nothing, or again what was put aside: by one button each."""
    meeting, item = item_of(request, public_id, pk)
    verbs: dict[str, tuple[Callable[[], Any], str]] = {
        "decision": (
            lambda: services.confirm_as(item, ItemKind.DECISION, by=request.user),
            _("Kept as a decision."),
        ),
        "note": (lambda: services.confirm_as(item, ItemKind.NOTE, by=request.user), _("Kept as a note.")),
        "dismiss": (
            lambda: services.dismiss_item(item, by=request.user),
            _("Put aside; you can take it up again."),
        ),
        "reopen": (lambda: services.reopen_item(item, by=request.user), _("It waits again.")),
        "remove": (lambda: services.remove_item(item, by=request.user), _("The item is taken out.")),
    }
    if request.POST.get("as") not in verbs:
        raise Http404
    call, words = verbs[request.POST["as"]]
    try:
        call()
    except REFUSED as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect(page_of(meeting, item) + "#items")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Other words for an item that was written here."""
    meeting, item = item_of(request, public_id, pk)
    form: Any = ItemText(request.POST or None, user=request.user, initial={"text": item.text})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_item(item, by=request.user, text=form.cleaned_data["text"])
        except REFUSED as error:
            say(form, error)
        else:
            messages.success(request, _("The item is changed."))
            return redirect(f"{page_of(meeting, item)}#item-{item.pk}")
    context = {"meeting": meeting, "paper": item.protocol, "form": form, "title": _("Change the item")}
    return render(request, "tasks/paper_asked.html", context)
