"""What changed, as an Atom feed in each language: the public part of the ledger, for readers and programs."""

from html import unescape
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from alatau_portal.pages.changes import News, latest
from core.paper.parts import printable

ENTRIES = 50


class Changes(Feed):
    """What a visitor may know, whoever asks: a feed is read by programs that sign in nowhere. Without control
    characters, which XML has not."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Alatau City: what changed")

    def subtitle(self) -> str:
        return _(
            "What changed in the register of Alatau City: "
            "projects, terms, figures, investors, meetings and sources, day by day."
        )

    def author_name(self) -> str:
        return _("Portal of the project office")

    def link(self) -> str:
        return settings.PUBLIC_URL + reverse("changes")

    def feed_url(self) -> str:
        return settings.PUBLIC_URL + reverse("changes-feed", args=[translation.get_language()])

    def items(self) -> list[News]:
        return latest(AnonymousUser(), ENTRIES)

    def item_title(self, item: News) -> str:
        return printable(unescape(strip_tags(item.sentence)))

    def item_description(self, item: News) -> str | None:
        source = item.source
        return printable(f"{_('Source')}: {source.publisher} [{source.code}]") if source else None

    def item_link(self, item: News) -> str:
        return settings.PUBLIC_URL + (item.url or reverse("changes"))

    def item_guid(self, item: News) -> str:
        """The place in the ledger: permanent, and the same in every language."""
        return f"{settings.PUBLIC_URL}/feeds/changes#{item.place}"

    def item_pubdate(self, item: News) -> Any:
        return item.at

    item_updateddate = item_pubdate


@login_not_required
@require_safe
@conditional_page
def changes(request: HttpRequest, language: str) -> HttpResponse:
    """Given again only where its bytes have changed: the instant of the newest entry tells of none taken away."""
    with translation.override(language):
        response = Changes()(request)
    del response.headers["Last-Modified"]
    response.headers["Content-Language"] = language
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
