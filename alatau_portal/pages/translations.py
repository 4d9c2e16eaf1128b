"""All texts that are missing in a language or older than the same text in another one, over every register."""

from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import CharField, Q, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.choices import Role
from core.admin.refusals import REFUSALS, explain
from core.admin.texts import STALE, keeps_stale, stale, trilingual, untranslated
from core.fields import LANGUAGE_NAMES
from core.models import Published
from core.policies import sees_everything
from core.text import LANGUAGES
from districts.services import publishing

A_PAGE = 40


class Wanting(NamedTuple):
    """A row, what it lacks, and what is old in it: (text, languages) each."""

    row: Any
    kind: str
    key: str
    link: str
    missing: list[tuple[str, str]]
    old: list[tuple[str, str]]
    may_confirm: bool


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not sees_everything(user):
        raise PermissionDenied
    if request.method == "POST":
        return _confirm(request)
    show = request.GET.get("show", "")
    if show not in {"", STALE, *LANGUAGES}:
        raise Http404
    sets = [_wanting(model, show, user) for model in _models()]
    found = sets[0].union(*sets[1:], all=True).order_by("set", "pk")
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": _told(list(shown), user),
        "page": shown,
        "show": show,
        "choices": [("", _("all")), (STALE, _("older than in another language"))]
        + [(code, _("not in: %(language)s") % {"language": LANGUAGE_NAMES[code]}) for code in LANGUAGES],
    }
    return render(request, "pages/translations.html", context)


def _models() -> list[type[Any]]:
    """Registers with words in three languages that have a page in the admin."""
    return [model for model in admin.site._registry if keeps_stale(model) and issubclass(model, Published)]


def _given(model: type[Any]) -> frozenset[str]:
    return getattr(admin.site._registry[model], "as_issued", frozenset())


def _wanting(model: type[Any], show: str, user: Any) -> Any:
    lacks = {code: untranslated(model, code, _given(model)) for code in LANGUAGES}
    asked = {STALE: stale(model), **lacks}
    which: Q = asked[show] if show else reduce(or_, asked.values())
    rows = model.objects.visible_to(user).filter(which).order_by()
    return rows.values("pk", set=Value(model._meta.label_lower, CharField()))


def _told(found: list[dict[str, Any]], user: Any) -> list[Wanting]:
    kinds = {model._meta.label_lower: model for model in _models()}
    keys: dict[str, list[int]] = {}
    for one in found:
        keys.setdefault(one["set"], []).append(one["pk"])
    rows = {name: kinds[name].objects.visible_to(user).in_bulk(pks) for name, pks in keys.items()}
    return [_one(rows[one["set"]][one["pk"]], user) for one in found]


def _one(row: Any, user: Any) -> Wanting:
    model: Any = type(row)
    missing, old = [], []
    for name in trilingual(model):
        label = str(model._meta.get_field(f"{name}_kk").verbose_name).rpartition(" (")[0]
        words = {code: getattr(row, f"{name}_{code}") for code in LANGUAGES}
        empty = [code for code, said in words.items() if not said] if any(words.values()) else []
        if empty and name not in _given(model):
            missing.append((label, _languages(empty)))
        if late := [code for code in LANGUAGES if f"{name}_{code}" in row.stale]:
            old.append((label, _languages(late)))
    return Wanting(
        row,
        str(model._meta.verbose_name),
        f"{model._meta.label_lower}:{row.pk}",
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk]),
        missing,
        old,
        bool(old) and user.role == Role.OFFICE,
    )


def _languages(codes: list[str]) -> str:
    return ", ".join(str(LANGUAGE_NAMES[code]) for code in codes)


def _confirm(request: HttpRequest) -> HttpResponse:
    """Somebody has read the old words beside the new: they still hold."""
    user: Any = request.user
    model, _colon, key = request.POST.get("row", "").partition(":")
    kinds = {kind._meta.label_lower: kind for kind in _models()}
    if user.role != Role.OFFICE:
        raise PermissionDenied(_("Only the project office may do this."))
    if model not in kinds or not key.isdecimal() or len(key) > 17:
        raise Http404
    row = kinds[model].objects.visible_to(user).filter(pk=int(key)).first()
    if row is None:
        raise Http404
    try:
        publishing.confirm_translations(row, by=user, languages=LANGUAGES)
        messages.success(request, _("Confirmed: %(what)s") % {"what": row})
    except REFUSALS as error:
        messages.error(request, " ".join(explain(error)))
    return redirect(f"{reverse('review-translations')}?show={STALE}")
