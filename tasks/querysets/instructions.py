"""Reads of instructions."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery, Sum
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Organisation, Substitution, User
from core.policies import sees_everything
from core.querysets import SearchableQuerySet, related
from tasks.choices import OPEN, WAITING, ExtensionState, InstructionState, ReportState
from tasks.querysets.whose import SIGNS, organisations_of, signers_of


class InstructionQuerySet(SearchableQuerySet):
    def _own(self, user: Any) -> Q:
        """What an organisation must do, or gave, concerns it, published or not; so does that of who is substituted."""
        mine = organisations_of(user)
        if mine is None:
            return Q(pk__in=[])
        executors = related(self.model, "executors").filter(
            mine, instruction=OuterRef("pk"), released_on=None
        )
        return Q(Exists(executors)) | organisations_of(user, "issuer")

    def concerning(self, user: Any) -> Self:
        """Those whose inner life this reader may see: terms asked for, reports, proof, who holds the ball."""
        return self if sees_everything(user) else self.filter(self._own(user))

    def of_desk(self, user: Any) -> Self:
        """The same as `concerning`, for a long list of them: of two that are found by an index each. “Or”, which is
        better for a few rows, would read the whole register."""
        organisation = getattr(user, "organisation_id", None)
        if sees_everything(user) or organisations_of(user) is None:
            return self.concerning(user)
        bodies = Substitution.objects.by(user, timezone.localdate()).order_by().values("person__organisation")
        if organisation is not None:
            bodies = bodies.union(Organisation.objects.filter(pk=organisation).order_by().values("pk"))
        executors = related(self.model, "executors").filter(organisation__in=bodies, released_on=None)
        given: Any = self.model._default_manager
        gave = given.filter(issuer__in=bodies).order_by().values("pk")
        return self.filter(pk__in=executors.order_by().values("instruction").union(gave))

    def open(self) -> Self:
        """On control, not closed."""
        return self.filter(state__in=OPEN)

    def overdue(self, today: date) -> Self:
        """The due day has passed and nothing final was handed in (as `Instruction.is_overdue`)."""
        return self.filter(state__in=WAITING, due__lt=today)

    def mine(self, user: Any) -> Self:
        """Those that the organisation of this user, or of whom he acts for, executes or gave, or that he controls."""
        person = getattr(user, "user_id", None)
        return self.filter(self._own(user) | (Q(pk__in=[]) if person is None else Q(controller=person)))

    def held_by(self, holder: str) -> Self:
        """Those in which this side has to move next."""
        holds = related(self.model, "holds").now().filter(holder=holder, instruction=OuterRef("pk"))
        return self.filter(Exists(holds))

    def executed_by(self, organisations: Any, role: str = "") -> Self:
        """Those that one of these organisations executes now, in this role or in any."""
        executors = related(self.model, "executors").live().filter(organisation__in=organisations)
        executors = executors.filter(role=role) if role else executors
        return self.filter(Exists(executors.order_by().filter(instruction=OuterRef("pk"))))

    def extended(self, times: int) -> Self:
        """Those whose term was moved at least so often, decisions that were corrected not counted."""
        granted = related(self.model, "extensions").filter(state=ExtensionState.GRANTED, corrected_by=None)
        often = granted.order_by().values("instruction").annotate(times=Count("pk")).filter(times__gte=times)
        return self.filter(pk__in=often.values("instruction"))

    def returned(self, times: int) -> Self:
        """Those whose reports came back at least so often."""
        reports = related(self.model, "reports").order_by().values("instruction")
        often = reports.annotate(times=Sum("returns")).filter(times__gte=times)
        return self.filter(pk__in=often.values("instruction"))

    def stalled(self, since: datetime) -> Self:
        """Those on control in which nothing has moved since: not the instruction, and nothing that belongs to it."""
        rows = self.open().filter(updated_at__lt=since)
        for name in ("executors", "extensions", "reports"):
            moved = related(self.model, name).filter(instruction=OuterRef("pk"), updated_at__gte=since)
            if name == "reports":  # a draft is its organisation's own
                moved = moved.exclude(state=ReportState.DRAFT)
            rows = rows.exclude(Exists(moved.order_by()))
        sent = related(related(self.model, "executors").model, "contributions")
        moved = sent.filter(executor__instruction=OuterRef("pk"), updated_at__gte=since)
        return rows.exclude(Exists(moved.order_by()))

    def with_inner_life(self, user: Any) -> Self:
        """`concerns_reader`, and for whom it concerns who holds it, requests, reports and contributions.

        `parent_known`, `remainder_known`: public ids of what it belongs to, where the reader may know of it.
        """
        instructions: Any = self.model
        holds, extensions, reports = (
            related(instructions, name).visible_to(user) for name in ("holds", "extensions", "reports")
        )
        sent = related(related(instructions, "executors").model, "contributions").visible_to(user)
        known = instructions.objects.visible_to(user).order_by().values("public_id")
        concerning = instructions.objects.concerning(user).order_by()
        return self.annotate(
            concerns_reader=Exists(concerning.filter(pk=OuterRef("pk"))),
            parent_known=Subquery(known.filter(pk=OuterRef("parent"))),
            remainder_known=Subquery(known.filter(pk=OuterRef("remainder_of"))),
        ).prefetch_related(
            Prefetch("holds", holds.now().select_related("organisation"), to_attr="held"),
            Prefetch("extensions", extensions.for_display(), to_attr="visible_extensions"),
            Prefetch("reports", reports.for_display(), to_attr="visible_reports"),
            Prefetch("executors__contributions", sent.for_display(), to_attr="visible_contributions"),
        )

    def awaiting_decision(self) -> Self:
        """More time is asked for, or removal proposed: whoever gave it decides."""
        asked = related(self.model, "extensions").undecided().order_by().values("instruction")
        given: Any = self.model._default_manager
        proposed = given.filter(state=InstructionState.REPORTED, removal_proposed_at__isnull=False)
        # Of two that are found by an index each; “or” would read the whole register.
        return self.filter(pk__in=asked.union(proposed.order_by().values("pk")))

    def decided_by(self, user: Any) -> Self:
        """Those of which this user decides, himself or for whom he acts for today: as policies say of one."""
        substituted = Substitution.objects.by(user, timezone.localdate()).values("person")
        people = User.objects.filter(Q(pk=getattr(user, "user_id", None)) | Q(pk__in=substituted))
        own = people.filter(SIGNS).exclude(organisation=None).order_by().values("organisation")
        nobodys = Q(Exists(people.filter(role=Role.LEADERSHIP))) & ~Exists(signers_of(OuterRef("issuer")))
        return self.filter(Q(issuer__in=own) | nobodys)

    def with_visible_links(self, user: Any) -> Self:
        """`project_is_visible` and so on: what an instruction refers to may be hidden from its reader.

        `concerns`: its inner life is this reader's.
        """
        project = related(self.model, "project").visible_to(user).filter(pk=OuterRef("project"))
        items = related(self.model, "source_item")
        meetings = related(related(items.model, "protocol").model, "meeting").visible_to(user)
        meeting = meetings.filter(pk=OuterRef("source_item__protocol__meeting"))
        issuer = related(self.model, "issuer").visible_to(user).filter(pk=OuterRef("issuer"))
        given: Any = self.model._default_manager
        return self.annotate(
            project_is_visible=Exists(project),
            meeting_is_visible=Exists(meeting),
            issuer_is_visible=Exists(issuer),
            concerns=Exists(given.concerning(user).filter(pk=OuterRef("pk"))),
        )

    def with_deciders(self) -> Self:
        """`has_deciders`: somebody decides for the organisation that gave it; asked of by policies."""
        return self.annotate(has_deciders=Exists(signers_of(OuterRef("issuer"))))

    def for_display(self) -> Self:
        """With all that a list or a card shows; reading anything else is an error, not a query."""
        executors = related(self.model, "executors").select_related("organisation").order_by("-role", "pk")
        return (
            self.select_related("issuer", "district", "project", "source", "source_item__protocol__meeting")
            .prefetch_related(Prefetch("executors", executors), "other_sources")
            .order_by("-issued_day", "-pk")
            .fetch_mode(models.FETCH_RAISE)
        )
