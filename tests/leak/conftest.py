"""The real city; in it a row of every table that nobody outside may know of."""

from collections.abc import Iterator
from typing import Any

import pytest

from accounts.choices import Role
from core.loading import Loading
from core.models import Source
from core.text import Text
from districts.models import District, Project
from districts.services import publishing
from tests.factories import DistrictFactory, OrganisationFactory, SourceFactory, UserFactory
from tests.leak.canaries import Planted
from tests.leak.reading import Answer, browser, everything

#: Who reads, and in which language: between them they speak all three.
READERS = {"anonymous": "kk", "investor": "ru", "executor": "en"}


class World:
    """`before`: all that everyone could read before a word was planted; `planted`: the words and where they stand."""

    def __init__(self) -> None:
        self.office = UserFactory(username="office", role=Role.OFFICE)
        self.second = UserFactory(username="second_office", role=Role.OFFICE)
        self.people = {
            "anonymous": None,
            "investor": UserFactory(
                username="an_investor",
                role=Role.INVESTOR,
                organisation=OrganisationFactory(code="caspian_group"),
            ),
            "executor": UserFactory(
                username="an_executor", role=Role.EXECUTOR, organisation=OrganisationFactory(code="mic")
            ),
        }
        self.planted = Planted()
        self.before = {name: self.read(name) for name in READERS}

    def read(self, name: str) -> dict[str, Answer]:
        return everything(browser(READERS[name], self.people[name]), READERS[name], files=name == "anonymous")

    def plant(self) -> None:
        self.planted.plant_every_table()
        self._draft()

    def _draft(self) -> None:
        """What the office writes of a public project waits, with its note, for a second person."""
        self.project = Project.objects.filter(visibility="public").order_by("pk").first()
        words = {
            f"purpose_{language}": self.planted.word(f"draft {self.project.pk} purpose_{language}")
            for language in ("kk", "ru", "en")
        }
        note = self.planted.word(f"draft {self.project.pk} note")
        publishing.save_draft(self.project, words, by=self.office, note=note)

    def publish(self, row: Any, *, withhold: tuple[str, ...] = (), at: Any = None) -> Any:
        """By two persons; the notes are internal."""
        row.refresh_from_db()
        note = self.planted.word(f"note of publication {row._meta.db_table} {row.pk}")
        publishing.make_ready(row, by=self.office, withhold=withhold, note=note)
        row.refresh_from_db()
        publishing.publish(row, by=self.second, at=at, note=note)
        row.refresh_from_db()
        return row

    def take_down(self, row: Any) -> None:
        row.refresh_from_db()
        note = self.planted.word(f"note of taking down {row._meta.db_table} {row.pk}")
        publishing.take_down(
            row, by=self.second, reason=Text("Қате болды.", "Была ошибка.", "It was wrong."), note=note
        )


def _there_is(manager: Any) -> Any:
    return classmethod(lambda cls, model, *args, **facts: manager.order_by("pk").first())


@pytest.fixture(scope="module")
def world(city: Loading, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        made = World()
        # Districts and sources are open to everybody: what is planted stands on those that are there.
        patch.setattr(DistrictFactory, "_create", _there_is(District.objects))
        patch.setattr(SourceFactory, "_create", _there_is(Source.objects))
        made.plant()
        yield made
