"""The head of a page for those elsewhere who show links to it: its title, its picture, what it is about."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.template.base import NodeList
from django.template.loader_tags import BlockNode
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from alatau_portal.pages import share
from core import formats

register = template.Library()

#: Open Graph knows places, not only languages.
LOCALES = {"kk": "kk_KZ", "ru": "ru_RU", "en": "en_GB"}
#: What would end the block, or begin a comment in it (as django.utils.html.json_script).
ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def block_again(context: template.Context, name: str) -> SafeString:
    """What the block of this name says on this page, once more, as the value of an attribute."""
    said = BlockNode(name, NodeList()).render(context)
    return SafeString(" ".join(strip_tags(said).replace('"', "&quot;").split()))


@register.simple_tag
def share_picture(shared: tuple[str, str] | None = None) -> str:
    """The address of the picture of what the page is about; of the city, where it is of nothing else."""
    return share.address(*(shared or share.HOME))


@register.simple_tag
def locale() -> str:
    return LOCALES[formats.language(get_language())]


@register.simple_tag
def other_locales() -> list[str]:
    return [LOCALES[code] for code, _name in settings.LANGUAGES if code != formats.language(get_language())]


@register.simple_tag
def linked_data(things: list[dict[str, Any]]) -> SafeString:
    """JSON-LD, which is data and runs nowhere, whatever is written in it."""
    told = {"@context": "https://schema.org", "@graph": things}
    return SafeString(json.dumps(told, ensure_ascii=False).translate(ESCAPED))
