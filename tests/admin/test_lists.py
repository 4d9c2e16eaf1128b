"""Lists find, filter and never break; choices and Ctrl+K find the same way."""

import json

import pytest
from django.contrib import admin

from core.admin.texts import mark
from tests import factories as make
from tests.admin.rows import ROWS, address

pytestmark = pytest.mark.django_db

#: Of each register: a row with Kazakh letters, and how somebody types them without.
FOUND = {
    "core.Source": (lambda: make.SourceFactory(publisher="Үкімет құрылысы"), "укимет курылысы"),
    "core.LegalAct": (lambda: make.LegalActFactory(title_kk="Құрылыс туралы"), "КУРЫЛЫС"),
    "core.CalendarDay": (lambda: make.CalendarDayFactory(name_kk="Құрбан айт"), "курбан айт"),
    "core.StoredFile": (lambda: make.StoredFileFactory(name="хаттама-қазан.pdf"), "казан"),
    "core.Change": (lambda: _noted("үшінші себеп"), "ушинши себеп"),
    "accounts.Organisation": (lambda: make.OrganisationFactory(name_kk="Өңір әкімдігі"), "онир аким"),
    "accounts.User": (lambda: make.UserFactory(full_name="Әсел Қыдыр"), "асел кыдыр"),
    "accounts.Invitation": (lambda: make.InvitationFactory(full_name="Әсел Қыдыр"), "кыдыр"),
    "accounts.ApiClient": (lambda: make.ApiClientFactory(name="Ақпарат жүйесі"), "акпарат"),
    "districts.District": (lambda: make.DistrictFactory(name_kk="Өсу ауданы"), "осу"),
    "districts.Place": (lambda: make.PlaceFactory(name_kk="Қапшағай"), "капшагай"),
    "districts.Project": (lambda: make.ProjectFactory(name_kk="Құрылыс алаңы"), "аланы курылыс"),
    "districts.Milestone": (lambda: make.MilestoneFactory(name_kk="Іске қосу"), "иске косу"),
    "districts.Figure": (lambda: make.FigureFactory(printed="шамамен үш мың"), "уш мын"),
    "districts.Claim": (lambda: make.ClaimFactory(text_kk="Құрылыс басталды"), "курылыс"),
    "districts.LandPlot": (lambda: make.LandPlotFactory(name_kk="Өзен бойы"), "озен бойы"),
    "districts.PlotAllocation": (lambda: make.PlotAllocationFactory(basis="Әкім қаулысы"), "аким каулысы"),
    "investors.Opportunity": (lambda: make.OpportunityFactory(sought_kk="Құрылыс салушы"), "курылыс"),
    "investors.Investor": (
        lambda: make.InvestorFactory(organisation=make.OrganisationFactory(name_kk="Жетісу қоры")),
        "жетису коры",
    ),
    "investors.Talk": (lambda: make.TalkFactory(subject_kk="Көлік торабы"), "колик"),
    "tasks.Meeting": (lambda: make.MeetingFactory(title_kk="Жұмыс сапары"), "жумыс"),
    "tasks.Protocol": (lambda: make.ProtocolFactory(text="Жеделдетілсін, үш күн"), "уш кун"),
    "tasks.Instruction": (lambda: make.InstructionFactory(text_kk="Жұмысты жеделдету"), "жумысты"),
}


def _noted(note):
    from core.ledger import acting
    from core.models import Change

    with acting("system:test", "amend", note):
        make.SourceFactory()
    return Change.objects.get(note=note)


@pytest.mark.parametrize("model", FOUND)
def test_a_list_finds_however_kazakh_letters_are_typed(browse, office, model):
    factory, typed = FOUND[model]
    row, client = factory(), browse(office)

    found = client.get(address(model, "changelist"), {"q": typed}).context["cl"].queryset
    nothing = client.get(address(model, "changelist"), {"q": "жоқ нәрсе"}).context["cl"].queryset

    assert row in found
    assert row not in nothing


def test_every_list_can_be_searched():
    assert [model for model, one in admin.site._registry.items() if not one.search_fields] == []


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", '"a b"', "\x00", "a" * 3000, "(", "құрылыс\x00"])
def test_whatever_is_typed_the_list_stands(browse, office, typed):
    make.ProjectFactory()

    response = browse(office).get(address("districts.Project", "changelist"), {"q": typed})

    assert response.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "waits=nonsense",
        "untranslated=xx",
        "forecast_day_from=yesterday",
        "forecast_day_to=2025-99-99",
        "project__id__exact=abc",
        "status__exact=nothing",
        "nonsense=1",
        "o=99",
        "p=abc",
    ],
)
def test_a_filter_that_means_nothing_breaks_nothing(browse, office, query):
    make.MilestoneFactory()

    page = browse(office).get(f"{address('districts.Milestone', 'changelist')}?{query}", follow=True)

    assert page.status_code == 200


def test_choices_are_found_folded_too(browse, office):
    project = make.ProjectFactory(name_kk="Құрылыс алаңы", name_en="")
    asked = {
        "term": "курылыс",
        "app_label": "districts",
        "model_name": "milestone",
        "field_name": "project",
    }

    found = json.loads(browse(office).get("/admin/autocomplete/", asked).content)

    assert [one["id"] for one in found["results"]] == [str(project.pk)]


@pytest.mark.parametrize("model", [model for model in FOUND if model != "core.Change"])
def test_ctrl_k_finds_rows_of_every_register(browse, office, model):
    factory, typed = FOUND[model]
    row = factory()

    found = browse(office).get("/admin/search/", {"s": typed}).content.decode()

    assert address(model, "change", row.pk) in found


def test_ctrl_k_finds_the_registers_themselves(browse, office):
    client = browse(office)
    client.post("/i18n/setlang/", {"language": "kk", "next": "/admin/"})

    assert (
        address("tasks.Instruction", "changelist") in client.get("/admin/search/?s=тапсырма").content.decode()
    )


def test_ctrl_k_is_bounded_and_fresh(browse, office, django_assert_max_num_queries):
    for number in range(30):
        make.ProjectFactory(name_kk=f"Құрылыс алаңы {number}")
    client = browse(office)

    with django_assert_max_num_queries(48):
        found = client.get("/admin/search/", {"s": "алаңы"}).content.decode()
    assert found.count("/admin/districts/project/") == 5
    newest = make.ProjectFactory(name_kk="Жаңа алаңы зауыты")
    again = client.get("/admin/search/", {"s": "алаңы зауыты"}).content.decode()
    assert address("districts.Project", "change", newest.pk) in again
    assert client.get("/admin/search/", {"s": ""}).content == b""
    assert client.get("/admin/search/", {"s": "\x00%"}).status_code == 200


def test_ctrl_k_is_for_those_who_may_enter(browse, executor, auditor):
    assert browse(executor).get("/admin/search/", {"s": "a"}).status_code != 200
    assert browse(auditor).get("/admin/search/", {"s": "a"}).status_code == 200


def test_the_ledger_is_not_counted(browse, office, django_assert_max_num_queries):
    make.SourceFactory()
    client, page = browse(office), address("core.Change", "changelist")

    with django_assert_max_num_queries(6) as queries:
        client.get(page, {"relation": "core_source"})

    said = " ".join(query["sql"] for query in queries)
    assert "COUNT(*)" not in said
    assert "DISTINCT" not in said


@pytest.mark.parametrize("model", ROWS)
def test_a_list_counts_its_rows_once(browse, office, model):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ROWS[model]()
    with CaptureQueriesContext(connection) as queries:
        browse(office).get(address(model, "changelist"), {"q": "a"})

    assert sum("COUNT(*)" in query["sql"] for query in queries) <= 1


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        (("Атауы", "Название", "Name"), "✓✓✓"),
        (("Атауы", "Название", ""), "✓✓–"),
        (("", "", ""), ""),
    ],
)
def test_a_tab_says_whether_the_row_is_written_in_its_language(browse, office, texts, marks):
    place = make.PlaceFactory(**dict(zip(("name_kk", "name_ru", "name_en"), texts, strict=True)))

    page = browse(office).get(address("districts.Place", "change", place.pk))

    titles = [fieldset.name for fieldset in page.context["adminform"] if fieldset.name]
    named = ["Қазақша", "Русский", "English"]
    assert titles == [f"{name} {sign}".strip() for name, sign in zip(named, marks or [""] * 3, strict=True)]
    assert mark(place, "kk", ["note"]) == ""


VIEWED = {
    "core.Source": "/about-data/#",
    "core.LegalAct": "/legal-acts/",
    "districts.District": "/districts/",
    "districts.Project": "/projects/ALT-P-",
    "districts.Milestone": "/projects/ALT-P-",
    "districts.Figure": "/figures/ALT-P-",
    "investors.Investor": "/investors/",
    "districts.LandPlot": "/invest/plots/ALT-L-",
    "investors.Opportunity": "/invest/opportunities/ALT-O-",
}


@pytest.mark.parametrize("model", VIEWED)
def test_what_has_a_page_is_looked_at_on_the_site(browse, office, model):
    row = ROWS[model]()

    page = browse(office).get(address(model, "change", row.pk)).content.decode()

    assert f'href="/en{VIEWED[model]}' in page


@pytest.mark.parametrize("subject", [{"project": None}, {"project": None, "district": True}])
def test_a_figure_of_the_city_or_of_a_district_has_its_page_too(browse, office, subject):
    if "district" in subject:
        subject["district"] = make.DistrictFactory()
    figure = make.FigureFactory(**subject)

    page = browse(office).get(address("districts.Figure", "change", figure.pk)).content.decode()

    about = subject["district"].code if "district" in subject else "city"
    assert f'href="/en/figures/{about}/{figure.measure}/"' in page
