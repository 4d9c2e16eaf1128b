"""`If-Match`: who changes an object names the state of it that he has read (RFC 9110, 13.1.1).

Any answer to a GET of the whole object will do, in whatever language it was read. It is compared while the row is
locked: of two who have read the same, one changes it, and the other is told how it stands now.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from core.api.errors import Problem
from core.api.tags import tag_of
from core.text import LANGUAGES

#: Whatever there is, as long as there is something.
ANY = "*"
TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
TAGS = rf"{TAG}(?:[ \t]*,[ \t]*{TAG})*"


def require(view: Any, row: Any) -> None:
    """Nothing, where the caller names the object as it is; until the transaction ends nobody else changes it.

    Problem: 428 without the header, 400 for one that names nothing, 412 with how the object stands now.
    """
    tags = _named(view.request)
    if ANY not in tags:
        view.hold(row)
        compare(view, row, tags)


def respect(view: Any, row: Any) -> None:
    """The same where the header may be left out, because another precondition is asked for and judged with a lock."""
    if "If-Match" in view.request.headers and ANY not in (tags := _named(view.request)):
        compare(view, row, tags)


def compare(view: Any, row: Any, tags: set[str]) -> None:
    whole = view.whole(row)
    if tags.isdisjoint(_tags(view, whole)):
        current = view.tell(whole)
        detail = _(
            "Somebody has changed it since you read it: “current” is how it stands now. Look at it, then send the "
            "request again with the new “ETag” in “If-Match”."
        )
        raise Problem(412, "stale", detail, headers={"ETag": tag_of_answer(current)}, current=current)


def tag_of_answer(shown: Any) -> str:
    """Of the answer to a GET that shows this."""
    return tag_of(JSONRenderer().render(shown))


def _named(request: Request) -> set[str]:
    said = request.headers.get("If-Match")
    if said is None:
        detail = _(
            "Send the header “If-Match” with the “ETag” that a GET of the object answers: so nobody writes over what "
            "he has not seen. “*” stands for whatever there is."
        )
        raise Problem(428, "precondition_required", detail)
    if said.strip() == ANY:
        return {ANY}
    if not re.fullmatch(TAGS, said.strip()):
        detail = _("“If-Match” takes the “ETag” as it was answered, quotation marks included, or “*”.")
        raise Problem(400, "invalid_tag", detail)
    return set(re.findall(TAG, said))  # a weak one names no bytes and matches nothing


def _tags(view: Any, whole: Any) -> Iterator[str]:
    """Of all the answers to a GET of it: texts in one language or in all, words about it in that of the caller."""
    mine = view.lang, translation.get_language()
    others = [(spoken, spoken) for spoken in LANGUAGES] + [(None, spoken) for spoken in LANGUAGES]
    for lang, spoken in dict.fromkeys([mine, *others]):
        with translation.override(spoken):
            yield tag_of_answer(view.tell(whole, lang=lang))
