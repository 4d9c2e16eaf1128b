"""Who has access: every account, program and open invitation, by what each comes in; for those who read everything."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.choices import Role
from accounts.models import ApiClient, Invitation, User
from alatau_portal.pages import access_file
from core import access
from core.api.exports import FORMATS, written
from core.choices import AccessKind
from core.keyset import BadCursor, Keyset
from core.policies import sees_everything

A_PAGE = 50
#: Somebody who was not seen for so long may have left.
LONG_AGO = timedelta(days=90)
SHOWS = [
    ("", gettext_lazy("everybody who may come in")),
    ("signs", gettext_lazy("may sign")),
    ("no_factor", gettext_lazy("no second factor")),
    ("unseen", gettext_lazy("not seen for 90 days")),
    ("ended", gettext_lazy("access ended")),
]


class AccessFilter(forms.Form):
    show = forms.ChoiceField(label=gettext_lazy("Show"), choices=SHOWS, required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=lambda: [("", _("every role")), *Role.choices],
        required=False,
    )


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    _for_readers_of_everything(request.user)
    now, asked = timezone.now(), AccessFilter(request.GET)
    keyset = Keyset(_people(request.user, asked, now), _asked(asked))
    try:
        found = keyset.page(request.GET.get("cursor"), A_PAGE)
    except BadCursor:
        messages.warning(request, _("That page of the list is not there any more: this is the first one."))
        found = keyset.page(None, A_PAGE)
    access.log(request.user, found.rows, AccessKind.LIST, purpose="access")
    context = {
        "form": asked,
        "people": found.rows,
        "page": found,
        "query": "&".join(f"{name}={value}" for name, value in _asked(asked).items()),
        "is_of_accounts": "show" in _asked(asked),
        "programs": list(_programs(request.user, asked, now)),
        "invitations": list(_invitations(request.user, asked, now)),
    }
    return render(request, "pages/access.html", context)


@require_safe
def file(request: HttpRequest, form: str) -> FileResponse:
    """The same of everybody whom the filter asks for, a row for each way in."""
    _for_readers_of_everything(request.user)
    now, asked = timezone.now(), AccessFilter(request.GET)
    people = list(_people(request.user, asked, now))
    programs, invitations = (found(request.user, asked, now) for found in (_programs, _invitations))
    rows = access_file.rows(people, programs, invitations)
    access.log(request.user, User, AccessKind.EXPORT, purpose=f"access.{form}", number=len(people))
    as_what = FORMATS[form]
    content = written(access_file.table(rows), as_what)
    name = f"access-{timezone.localdate(now)}.{form}"
    return FileResponse(content, as_attachment=True, filename=name, content_type=as_what.content_type)


def _for_readers_of_everything(user: Any) -> None:
    if not sees_everything(user):
        raise PermissionDenied


def _asked(form: AccessFilter) -> dict[str, str]:
    """What of the filter can be understood."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}


def _people(user: Any, form: AccessFilter, now: Any) -> Any:
    asked, today = _asked(form), timezone.localdate(now)
    rows = User.objects.visible_to(user).for_access(now)
    if asked.get("role"):
        rows = rows.filter(role=asked["role"])
    if asked.get("show") == "ended":
        return rows.without_access(today)
    rows = rows.with_access(today)
    match asked.get("show"):
        case "signs":
            return rows.filter(may_sign=True)
        case "no_factor":
            return rows.filter(second_factors=0)
        case "unseen":
            return rows.unseen_since(today - LONG_AGO)
    return rows


def _programs(user: Any, form: AccessFilter, now: Any) -> Any:
    """Tokens that act for an organisation; those of a person stand with him."""
    rows = _asked_of_others(ApiClient.objects.visible_to(user).holding(now).filter(owner=None), form)
    return rows.select_related("organisation").order_by("name", "pk")


def _invitations(user: Any, form: AccessFilter, now: Any) -> Any:
    rows = _asked_of_others(Invitation.objects.visible_to(user).open(now), form)
    return rows.select_related("organisation", "invited_by").order_by("expires_at", "pk")


def _asked_of_others(rows: Any, form: AccessFilter) -> Any:
    """What has no account has its role alone in common with those that have one."""
    asked = _asked(form)
    if asked.get("show"):
        return rows.none()
    return rows.filter(role=asked["role"]) if asked.get("role") else rows
