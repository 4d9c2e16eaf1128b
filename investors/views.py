"""The page of those who build and of those who are being talked with."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from investors.choices import InvestorStage
from investors.models import Investor, Talk

#: From those who work to those who are only spoken of.
ORDER = [
    InvestorStage.OPERATING,
    InvestorStage.BUILDING,
    InvestorStage.COMMITTED,
    InvestorStage.IN_TALKS,
    InvestorStage.PROSPECT,
    InvestorStage.LEFT,
]


class Group(NamedTuple):
    stage: InvestorStage
    investors: list[Investor]


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    user = request.user
    investors = list(Investor.objects.visible_to(user).for_display(user))
    talks = list(Talk.objects.visible_to(user).for_display())
    for investor in investors:
        investor.takes_part = _roles(investor.organisation.visible_parts)
        investor.talks = [talk for talk in talks if talk.organisation_id == investor.organisation_id]
    groups = [Group(stage, [i for i in investors if i.stage == stage]) for stage in ORDER]
    context = {
        "groups": [group for group in groups if group.investors],
        "total": len(investors),
        "data_as_of": _newest(investor.as_of for investor in investors),
    }
    return render(request, "investors/register.html", context)


def _roles(parts: Iterable[Any]) -> list[tuple[Any, str]]:
    """Each project once, with all roles in it."""
    roles: dict[Any, list[str]] = {}
    for part in parts:
        roles.setdefault(part.project, []).append(part.get_role_display())
    return [(project, ", ".join(words)) for project, words in roles.items()]


def _newest(dates: Iterable[Any]) -> Any:
    return max((day for day in dates if day), key=lambda known: known.day, default=None)
