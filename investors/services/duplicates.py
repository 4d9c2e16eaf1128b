"""Who asked or came before: enquiries and organisations that an enquiry resembles, each with the reasons."""

import re
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    Value,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from core.text import fold
from investors.domains import FREE_MAIL
from investors.models import Contact, Enquiry

#: How alike two names are that may be one, from nought to one; of a part of a longer name, more is asked.
ALIKE, ALIKE_IN_PART = 0.45, 0.7
MOST = 10
#: What companies are, which says nothing of who they are; folded.
FORMS = re.compile(
    r"\b(тоо|жшс|ао|ак|ооо|зао|оао|пао|ип|жк|llp|llc|ltd|limited|inc|corp|corporation|co|company|group|gmbh|ag|sa|"
    r"bv|nv|plc|jsc|spa|srl|kg|oy|ab|as|pte|pty)\b\.?"
)


class Likeness(NamedTuple):
    """`row`: an Enquiry or an Organisation. `reasons`: sentences, the surest first."""

    row: Any
    reasons: list[str]

    @property
    def is_enquiry(self) -> bool:
        return isinstance(self.row, Enquiry)


def core_of(name: str) -> str:
    """The name as it is compared: folded, without quotes and the form of the company."""
    folded = re.sub(r"[«»\"“”„'’.,()&/-]+", " ", fold(name))
    return " ".join(FORMS.sub(" ", folded).split()) or " ".join(folded.split())


def alike_enquiries(enquiry: Enquiry, user: Any) -> list[Likeness]:
    """Other enquiries by the number of the company, the address, the domain or the name; one query."""
    name = core_of(enquiry.organisation_name)
    others = Enquiry.objects.visible_to(user).exclude(pk=enquiry.pk).filter(is_demo=enquiry.is_demo)
    rows: Any = others.annotate(
        same_bin=_true(Q(bin=enquiry.bin)) if enquiry.bin else _never(),
        same_email=_true(Q(email__iexact=enquiry.email)) if enquiry.email else _never(),
        same_domain=_true(Q(domain=enquiry.domain)) if enquiry.domain else _never(),
        alike=_similarity(name, F("search_name")),
    )
    rows = rows.filter(Q(same_bin=True) | Q(same_email=True) | Q(same_domain=True) | Q(alike__gte=ALIKE))
    found = rows.for_display().order_by("-same_bin", "-same_email", "-same_domain", "-alike", "-pk")[:MOST]
    return [Likeness(row, _reasons(row)) for row in found]


def alike_organisations(enquiry: Enquiry, user: Any) -> list[Likeness]:
    """Organisations of the register, investors among them; known by their contacts and their people, too; one query."""
    name, at = core_of(enquiry.organisation_name), enquiry.domain
    contacts = Contact.objects.visible_to(user).filter(investor__organisation=OuterRef("pk"), erased_at=None)
    people = User.objects.visible_to(user).with_access(timezone.localdate())
    people = people.filter(organisation=OuterRef("pk"))
    at_domain = Q(email__iendswith=f"@{at}")
    has_domain = bool(at) and at not in FREE_MAIL
    rows: Any = Organisation.objects.visible_to(user).annotate(
        same_bin=_true(Q(bin=enquiry.bin)) if enquiry.bin else _never(),
        same_email=_any(contacts, people, Q(email__iexact=enquiry.email)) if enquiry.email else _never(),
        same_domain=_any(contacts, people, at_domain) if has_domain else _never(),
        alike=_word_similarity(name, F("search")),
    )
    rows = rows.filter(
        Q(same_bin=True) | Q(same_email=True) | Q(same_domain=True) | Q(alike__gte=ALIKE_IN_PART)
    )
    rows = rows.select_related("investor").order_by(
        "-same_bin", "-same_email", "-same_domain", "-alike", "pk"
    )
    return [Likeness(row, _reasons(row)) for row in rows[:MOST]]


def _reasons(row: Any) -> list[str]:
    reasons = []
    if row.same_bin:
        reasons.append(_("the same BIN"))
    if row.same_email:
        reasons.append(_("the same e-mail address"))
    elif row.same_domain:
        reasons.append(_("the same domain"))
    if row.alike >= ALIKE:
        reasons.append(_("the name is alike (%(percent)s)") % {"percent": f"{round(row.alike * 100)}\u00a0%"})
    return reasons


def _similarity(name: str, column: F) -> Func:
    return Func(Value(name), column, function="similarity", output_field=FloatField())


def _word_similarity(name: str, column: F) -> Func:
    return Func(Value(name), column, function="word_similarity", output_field=FloatField())


def _true(condition: Any) -> Case:
    """Never NULL, which would come before what is true."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _never() -> Value:
    return Value(False, output_field=BooleanField())


def _any(contacts: Any, people: Any, condition: Q) -> Case:
    return _true(Exists(contacts.filter(condition)) | Exists(people.filter(condition)))
