"""`?as_of=` on the pages that answer how we know: what was known then, and what had happened by then."""

import re

import pytest
from django.utils import timezone

from core.ledger import acting
from districts.models import Figure, Project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def then(transactional_db):
    """A moment after which a project was renamed and another figure of it was chosen."""
    from tests import factories

    project = factories.ProjectFactory(
        code="k_park",
        district=factories.DistrictFactory(code="golden"),
        visibility="public",
        name_ru="Прежнее имя",
    )
    first, second = (
        factories.FigureFactory(
            project=project, measure="investment", unit="money", currency="USD", value=value, chosen=chosen,
            visibility="public",
        )
        for value, chosen in ((111, True), (222, False))
    )  # fmt: skip
    moment = timezone.now().isoformat()
    with acting("system:test", "amend"):
        Project.objects.update(name_ru="Новое имя")
    with acting("system:test", "choose"):
        Figure.objects.filter(pk=first.pk).update(chosen=False)
        Figure.objects.filter(pk=second.pk).update(chosen=True)
    return project, moment


def test_every_page_reads_the_past_and_its_links_stay_there(then, client, office):
    project, moment = then
    client.force_login(office)
    pages = {
        "/ru/changes/": ("Новый проект в реестре: Прежнее имя", "Новое имя"),
        "/ru/search/?q=имя": ("Прежнее", "Новое"),
        f"/ru/figures/{project.public_id}/investment/": ("Прежнее имя", "Новое имя"),
        "/ru/timeline/": ("Прежнее имя", "Новое имя"),
        "/ru/about-data/": ("Прежнее имя", "Новое имя"),
    }
    for page, (before, after) in pages.items():
        path, _mark, query = page.partition("?")
        now = client.get(page).content.decode()
        past = client.get(
            path, {"as_of": moment, **dict(part.split("=") for part in query.split("&") if part)}
        )
        html = re.sub(r"<mark>|</mark>", "", past.content.decode())
        assert past.status_code == 200
        assert before in html, page
        assert after not in html, page
        assert after in re.sub(r"<mark>|</mark>", "", now), page
        assert "?as_of=" in html or "&amp;as_of=" in html
    assert re.search(
        r'href="/ru/projects/ALT-P-\d+/\?as_of=[^"]+"',
        client.get("/ru/changes/", {"as_of": moment}).content.decode(),
    )


def test_the_figure_chosen_then_stands_with_the_history_until_then(then, client, office):
    project, moment = then
    client.force_login(office)
    page = f"/en/figures/{project.public_id}/investment/"

    past = client.get(page, {"as_of": moment}).content.decode()
    now = client.get(page).content.decode()

    assert re.search(r'figure-value big">111', past)
    assert "Not chosen any more" not in past
    assert re.search(r'figure-value big">222', now)
    assert "Not chosen any more" in now
