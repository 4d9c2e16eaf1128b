"""The living style guide, for staff: every component of templates/components in its states and in three languages."""

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alatau_portal.pages.styleguide import control, dated, facts, forms, lists, tokens, ways
from alatau_portal.pages.styleguide.example import Example, apart
from core.policies import sees_everything

#: What every page shows around its content, this one too: it is not repeated within it.
FRAME = {"header", "footer", "language_links", "search_box", "icon_search"}


class Section(NamedTuple):
    """A page of the guide."""

    title: Any
    examples: list[Example]


SECTIONS = {
    "": Section(_("Colours, type, space"), []),
    "facts": Section(_("States and facts"), facts.EXAMPLES),
    "forms": Section(_("Forms and messages"), forms.EXAMPLES),
    "dated": Section(_("Terms and changes"), dated.EXAMPLES),
    "control": Section(_("Control of instructions"), control.EXAMPLES),
    "lists": Section(_("Lists and search"), lists.EXAMPLES),
    "ways": Section(_("Map and ways"), ways.EXAMPLES),
}


class Specimen(NamedTuple):
    """A component as it looks in one language."""

    language: str
    name: str
    html: SafeString


@login_not_required
@require_safe
def guide(request: HttpRequest, section: str = "") -> HttpResponse:
    """Others do not know of it."""
    if not sees_everything(request.user) or section not in SECTIONS:
        raise Http404
    chosen = SECTIONS[section]
    context = {
        "sections": {name: one.title for name, one in SECTIONS.items()},
        "here": section,
        "title": chosen.title,
        "examples": [
            (example, specimens(example, f"e{number}", request))
            for number, example in enumerate(chosen.examples)
        ],
        "tokens": None if section else tokens.read(),
    }
    return render(request, "pages/styleguide.html", context)


def specimens(example: Example, prefix: str, request: HttpRequest | None = None) -> list[Specimen]:
    """The example in each language."""
    made = []
    for language, name in settings.LANGUAGES:
        with translation.override(language), example.around():
            html = render_to_string(example.template, example.make(language), request)
        made.append(
            Specimen(language, name, mark_safe(apart(html, f"{prefix}-{language}-")))
        )  # a template made it
    return made
