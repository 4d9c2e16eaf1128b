"""Verbs of control and reporting as pages of the admin: shown to whoever may use them now, refused to all others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action

from core.admin import VerbForm, verb_page
from tasks.choices import VERB_LABELS
from tasks.models import Instruction
from tasks.policies import Desk, Subject
from tasks.reporting_choices import PROGRESS_VERB_LABELS, SCHEDULING_LABELS

LABELS: dict[str, Any] = VERB_LABELS | PROGRESS_VERB_LABELS | SCHEDULING_LABELS


@dataclass(frozen=True)
class Verb:
    """`act(thing, user, facts)` calls the service, `said` tells what follows, `possible(thing, user)`: is it the time.

    `right` is the verb that the policy knows it by, where that is another.
    """

    code: str
    form: type[VerbForm]
    act: Callable[[Any, Any, dict[str, Any]], Any]
    said: Any
    done: Any
    icon: str
    possible: Callable[[Any, Any], bool]
    right: str = ""

    def is_for(self, desk: Desk, subject: Subject) -> bool:
        return desk.may(self.right or self.code, subject)


def page_of(name: str, verb: Verb) -> Any:
    """The action of an admin class that has this name there."""

    def page(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        thing = self.get_object(request, unquote(object_id))
        if thing is not None and not verb.is_for(Desk(request.user), self.subject_of(thing)):
            raise PermissionDenied
        return verb_page(
            self,
            request,
            object_id,
            title=LABELS[verb.code],
            form=verb.form,
            intro=lambda thing: verb.said,
            stands=self.stands,
            act=lambda thing, facts: verb.act(thing, request.user, facts),
            done=verb.done,
        )

    page.__name__ = name
    return action(description=LABELS[verb.code], url_path=verb.code.replace("_", "-"), icon=verb.icon)(page)


class Verbs:
    """For admin classes of what belongs to an instruction, or to reporting: `verbs` by the name of their action."""

    verbs: ClassVar[Mapping[str, Verb]] = {}
    actions_detail: list[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.actions_detail = list(cls.verbs)
        for name, verb in cls.verbs.items():
            setattr(cls, name, page_of(name, verb))

    def instruction_of(self, thing: Any) -> Instruction:
        return thing if isinstance(thing, Instruction) else thing.instruction

    def subject_of(self, thing: Any) -> Subject:
        """What the policy is asked of."""
        return self.instruction_of(thing)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Those that the signed-in person may use, and that the object is ready for."""
        actions = super().get_actions_detail(request, object_id)  # type: ignore[misc]
        thing: models.Model | None = self.get_object(request, unquote(str(object_id)))  # type: ignore[attr-defined]
        if thing is None:
            return []
        desk, user, subject = Desk(request.user), request.user, self.subject_of(thing)
        if isinstance(subject, Instruction):
            models.prefetch_related_objects([subject], "executors")
        return [one for one in actions if self._offers(one.method.__name__, desk, subject, thing, user)]

    def _offers(self, name: str, desk: Desk, subject: Subject, thing: Any, user: Any) -> bool:
        verb = self.verbs.get(name)
        return verb is None or (verb.possible(thing, user) and verb.is_for(desk, subject))
