"""The instruction beside the others: whether it repeats one, and what else its executor has to do at that time."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import CharField, F, Func, Q, QuerySet
from django.db.models.functions import Greatest

from core.text import fold
from tasks.choices import OPEN, ExecutorRole, InstructionState
from tasks.linting.draft import Draft
from tasks.linting.words import telling
from tasks.models import Executor, Instruction

#: Of pg_trgm. The same task in other words has .65 and more, other tasks far less; numbers and names tell twins apart.
ALIKE = 0.5
MOST = 3
#: How many working days before and after a term are its time.
AROUND = 3


class Fold(Func):
    function = "core_fold"
    output_field = CharField()


def alike(draft: Draft) -> list[Instruction]:
    """Open ones with a similar text, the same object or responsible executor, and the same numbers and names."""
    text = draft.instruction.text
    written = {language: words for language, words in text._asdict().items() if words and language != "en"}
    if not written:
        return []
    nearness = [
        TrigramSimilarity(Fold(F(f"text_{language}")), fold(words)) for language, words in written.items()
    ]
    likeness = nearness[0] if len(nearness) == 1 else Greatest(*nearness)
    rows = _beside(draft).annotate(likeness=likeness).filter(likeness__gte=ALIKE)
    found = rows.order_by("-likeness", "pk")[:50]
    same: list[Instruction] = [one for one in found if _names_the_same(one, written)]
    return same[:MOST]


def _beside(draft: Draft) -> QuerySet[Instruction]:
    """Of the same object or responsible executor; its own family is no duplicate of it."""
    instruction = draft.instruction
    same = Q(pk__in=[])
    if instruction.project_id:
        same |= Q(project=instruction.project_id)
    if draft.lead:
        led = Executor.objects.live().filter(organisation=draft.lead, role=ExecutorRole.LEAD)
        same |= Q(pk__in=led.order_by().values("instruction"))
    family = [pk for pk in (instruction.pk, instruction.parent_id) if pk]
    return (
        Instruction.objects.filter(same, state__in=[InstructionState.REGISTERED, *OPEN])
        .filter(is_demo=instruction.is_demo)
        .exclude(pk__in=family)
        .exclude(parent=instruction.pk)
        .exclude(Q(parent__isnull=False) & Q(parent=instruction.parent_id))
    )


def _names_the_same(other: Instruction, written: dict[str, str]) -> bool:
    theirs = other.text._asdict()
    return any(
        telling(words) == telling(theirs[language]) for language, words in written.items() if theirs[language]
    )


def terms_near(draft: Draft) -> int:
    """How many other terms its responsible executor has within a few working days of this one."""
    if draft.lead is None or draft.due is None:
        return 0
    since, until = (draft.calendar.add(draft.due, days) for days in (-AROUND, AROUND))
    led = Executor.objects.live().filter(organisation=draft.lead, role=ExecutorRole.LEAD)
    open_ones = Instruction.objects.open().filter(
        due__range=(since, until), is_demo=draft.instruction.is_demo
    )
    return (
        open_ones.filter(pk__in=led.order_by().values("instruction")).exclude(pk=draft.instruction.pk).count()
    )
