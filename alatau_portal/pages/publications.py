"""What is on its way to the public: ready for a second person, changed, under embargo, taken down."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from alatau_portal.pages import addresses
from alatau_portal.pages.publication_forms import STEPS, Step
from core.admin.refusals import REFUSALS
from core.keyset import BadCursor, Keyset
from core.policies import sees_everything
from districts import publishable
from districts.models import Publication
from districts.policies import may
from districts.services import publishing

A_PAGE = 40
READY, CHANGED, EMBARGO, DOWN = "ready", "changed", "embargo", "down"
LISTS = {
    READY: gettext_lazy("Wait for a second person"),
    CHANGED: gettext_lazy("Changes that are not public yet"),
    EMBARGO: gettext_lazy("Under embargo"),
    DOWN: gettext_lazy("Taken down"),
}
EMPTY = {
    READY: gettext_lazy("Nothing waits to be published"),
    CHANGED: gettext_lazy("No public object has unpublished changes"),
    EMBARGO: gettext_lazy("Nothing is under embargo"),
    DOWN: gettext_lazy("Nothing was taken down"),
}


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """One of the four lists, the last moved first."""
    _for_the_house(request.user)
    chosen = request.GET.get("list", READY)
    is_wrong = chosen not in LISTS
    chosen = READY if is_wrong else chosen
    visible = Publication.objects.visible_to(request.user)
    lists = {code: getattr(visible, _SETS[code])() for code in LISTS}
    rows = lists[chosen].select_related("ready_by", "published_by", "drafted_by", "taken_down_by")
    keyset = Keyset(rows.order_by("-updated_at", "-pk"), {"list": chosen})
    try:
        page = keyset.page(request.GET.get("cursor"), A_PAGE)
    except BadCursor:
        page, is_wrong = keyset.page(None, A_PAGE), True
    sizes = visible.sizes()
    context = {
        "rows": named(page.rows),
        "page": page,
        "list": chosen,
        "title": LISTS[chosen],
        "empty": EMPTY[chosen],
        "lists": [(code, title, sizes[code]) for code, title in LISTS.items()],
        "query": f"list={chosen}",
        "is_wrong": is_wrong,
    }
    return render(request, "pages/publications.html", context, status=400 if is_wrong else 200)


_SETS = {READY: "waiting", CHANGED: "with_changes", EMBARGO: "under_embargo", DOWN: "taken_down"}


def named(publications: Iterable[Publication]) -> list[Publication]:
    """Each with its object as `row`, and what that is called as `kind`: a query for each kind of object."""
    found = list(publications)
    kinds = {model._meta.label_lower: model for model in publishable.published_models()}
    rows: dict[tuple[str, int], models.Model] = {}
    for label in {one.model for one in found} & set(kinds):
        keys = [one.object_id for one in found if one.model == label]
        rows |= {(label, pk): row for pk, row in kinds[label]._base_manager.in_bulk(keys).items()}
    for one in found:
        one.row = rows.get((one.model, one.object_id))  # type: ignore[attr-defined]
        one.is_out = one.row is not None and publishing.is_out(one.row)  # type: ignore[attr-defined]
        one.kind = kinds[one.model]._meta.verbose_name if one.model in kinds else one.model  # type: ignore[attr-defined]
    return found


def _for_the_house(user: Any) -> None:
    if not sees_everything(user):
        raise PermissionDenied(_("Only the project office may do this."))


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How one object stands, what would change for the public, and the steps that this reader may take."""
    _for_the_house(request.user)
    user: Any = request.user
    publication = get_object_or_404(Publication.objects.visible_to(user), pk=pk)
    row = publishable.find(publication.model, publication.object_id)
    if row is None:
        raise Http404
    if request.method == "POST" and not may(user, "publish"):
        raise PermissionDenied(_("Only the project office may do this."))
    forms = {step: STEPS[step](row=row, step=step) for step in publishing.steps_open(row, user, publication)}
    if request.method == "POST" and (answer := _take(request, row, publication, forms)) is not None:
        return answer
    context = {
        "publication": publication,
        "row": row,
        "kind": row._meta.verbose_name,
        "facts": publishing.facts_of(row, publication),
        "changes": publishing.changes_of(row, publication),
        "is_out": publishing.is_out(row),
        "forms": [forms[step] for step in STEPS if step in forms],
        "is_mine": publication.ready_by_id == user.pk,
        "links": _links(row, user),
    }
    return render(request, "pages/publication.html", context)


def _take(
    request: HttpRequest, row: Any, publication: Publication, forms: dict[str, Step]
) -> HttpResponse | None:
    """The step that was sent; what it refuses stays on the page with what was typed."""
    step = request.POST.get("do", "")
    if step not in forms:
        messages.error(request, _("Somebody was quicker: look at how it stands now."))
        return redirect("review-publication", publication.pk)
    asked = forms[step] = STEPS[step](request.POST, row=row, step=step)
    seen = request.POST.get("seen", "")
    if not asked.is_valid():
        return None
    try:
        asked.act(request.user, int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0)
    except REFUSALS as error:
        asked.refuse(error)
        return None
    messages.success(request, _("Done: %(step)s.") % {"step": asked.title})
    return redirect("review-publications")


def _links(row: Any, user: Any) -> list[tuple[Any, str]]:
    """Where the object is changed, and where it is read."""
    links = []
    if user.is_staff:
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        with suppress(NoReverseMatch):
            links.append((_("Change it in the admin"), reverse(name, args=[row.pk])))
    if page := addresses.of(row):
        links.append((_("Its page"), page))
    return links
