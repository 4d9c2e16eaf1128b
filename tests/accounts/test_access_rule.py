"""Who may come in is said once: `User.has_access`, `UserQuerySet.with_access`, and `tasks_last_day` in the database."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection

from accounts.models import User
from tests.database import ROOT
from tests.factories import UserFactory

APPS = ("core", "districts", "investors", "tasks", "alatau_portal")
#: Of rules of reminders, and of a program, which has no term of a person.
OTHERS = {
    "alatau_portal/sight.py",
    "tasks/admin/reminders.py",
    "tasks/models/reminder.py",
    "tasks/querysets/reminders.py",
}


def test_nobody_else_asks_whether_an_account_is_open():
    """An open account may be one whose term is over: who asks for it alone takes him for somebody who is there."""
    files = [file for app in APPS for file in (ROOT / app).rglob("*.py") if "migrations" not in file.parts]
    asking = {file.relative_to(ROOT).as_posix() for file in files if "is_active" in file.read_text()}

    assert len(files) > 300
    assert asking == OTHERS


def test_nor_does_the_database():
    reading = {}
    for file in ROOT.glob("*/sql/*.sql"):
        text = re.sub(r"tasks_last_day\(.*?\)", "", file.read_text())
        if names := re.findall(r"\b(?:FROM|JOIN) accounts_user (?:AS )?([a-z]+)\b", text):
            reading[file.name] = [name for name in names if f"{name}.is_active" in text]

    assert reading == {"reminders.sql": [], "duty_reminders.sql": []}


@pytest.mark.django_db
@pytest.mark.parametrize("is_active", [True, False])
@pytest.mark.parametrize("days", [None, -1, 0, 1])
def test_all_three_say_the_same(time_machine, is_active, days):
    time_machine.move_to("2026-02-03T23:30:00+05:00", tick=False)
    today = date(2026, 2, 3)
    until = None if days is None else today + timedelta(days=days)
    person = UserFactory(is_active=is_active, valid_until=until)

    with connection.cursor() as cursor:
        cursor.execute("SELECT tasks_last_day(%s, %s::date) >= %s", [is_active, until, today])
        in_the_database = cursor.fetchone()[0]

    expected = is_active and days != -1
    asked = User.objects.with_access(today).filter(pk=person.pk).exists()
    assert (person.has_access, asked, in_the_database) == (expected, expected, expected)
