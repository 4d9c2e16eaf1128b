"""Reads of investors and talks."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q

from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from core.querysets import OpenQuerySet, PublishedQuerySet, related
from core.text import fold
from investors.choices import ENQUIRY_WAITING


class AboutOrganisation(PublishedQuerySet):
    """What is said of an organisation is not told to who may not know of it."""

    def visible_to(self, user: Any) -> Self:
        rows = super().visible_to(user)
        if sees_everything(user):
            return rows
        return rows.filter(organisation__in=related(self.model, "organisation").visible_to(user))


class InvestorQuerySet(AboutOrganisation):
    def _own(self, user: Any) -> Q:
        return Q(organisation=getattr(user, "organisation_id", None))

    def search(self, query: str, user: Any = None) -> Self:
        """Found by the names of the organisation, whatever Kazakh letters the query was typed with."""
        return self.filter(organisation__in=related(self.model, "organisation").search(query).order_by())

    def for_display(self, user: Any) -> Self:
        """With the organisation and the projects it takes part in that this reader may see."""
        organisations = related(self.model, "organisation")
        parts = related(organisations.model, "project_parts")
        visible = (
            parts.visible_to(user).current().select_related("project__district", "source").order_by("pk")
        )
        return (
            self.select_related("organisation__source", "source")
            .prefetch_related(Prefetch("organisation__project_parts", visible, to_attr="visible_parts"))
            .order_by("organisation__sort_kk", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class TalkQuerySet(AboutOrganisation):
    def _own(self, user: Any) -> Q:
        return Q(organisation=getattr(user, "organisation_id", None))

    def for_display(self) -> Self:
        return (
            self.select_related("organisation", "district", "source")
            .order_by("-held_day", "-pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class ConsentTextQuerySet(OpenQuerySet):
    def in_force(self, purpose: str, day: date) -> Any:
        """The newest text of this purpose that holds on the day, if there is one."""
        return self.filter(purpose=purpose, in_force_from__lte=day).order_by("-number").first()


class HouseQuerySet(RecordedQuerySet):
    """What holds personal data of strangers: nobody but the house reads it."""

    def visible_to(self, user: Any) -> Self:
        return self if sees_everything(user) else self.none()


class ContactQuerySet(HouseQuerySet):
    def for_display(self) -> Self:
        return (
            self.select_related("investor__organisation", "consent", "enquiry")
            .order_by("pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class EnquiryQuerySet(HouseQuerySet):
    def waiting(self) -> Self:
        """The office owes an answer."""
        return self.filter(state__in=ENQUIRY_WAITING)

    def search(self, query: str, user: Any = None) -> Self:
        """By its number, the names of company and person, the BIN, the domain and the addresses."""
        rows = self
        for word in fold(query).split():
            held = Q(search_name__contains=word) | Q(receipt__icontains=word) | Q(bin=word)
            held |= Q(domain__icontains=word) | Q(email__icontains=word) | Q(person_name__icontains=word)
            rows = rows.filter(held)
        return rows

    def for_display(self) -> Self:
        """With what its page names, the oldest promise first."""
        return (
            self.select_related(
                "district", "plot", "opportunity", "handler", "file", "investor__organisation", "duplicate_of"
            )
            .order_by("promised_on", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )
