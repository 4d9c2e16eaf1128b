"""Plots that a reader chose: side by side, in a list of one's own, and compared with what is needed."""

import re

import pytest

from tests.factories import allocation_in
from tests.pages.plots import INVEST, cards, plot, supplied, words

pytestmark = pytest.mark.django_db


def rows(text):
    """Label → the cells of a table of the page."""
    found = {}
    for row in re.findall(r"<tr.*?</tr>", text, re.S):
        cells = [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)
        ]
        found[cells[0]] = cells[1:]
    return found


def asked(*plots):
    return "?" + "&".join(f"plot={one if isinstance(one, str) else one.public_id}" for one in plots)


# Side by side


def test_plots_stand_side_by_side_and_differences_are_marked(read):
    one, other = plot("One", area_ha=20, zone="P-2"), plot("Other", area_ha=35, zone="P-2")
    supplied(one)

    text = read(f"{INVEST}compare/{asked(one, other)}")

    table = rows(text)
    assert table["Area differs"] == ["20 ha", "35 ha"]
    assert table["Zone of the detailed plan"] == ["P-2", "P-2"]
    assert table["Power differs"] == ["40 MW, ready", "not published"]
    (unknown,) = table["Not published of any of them"]
    assert {"Gas", "Price", "Cadastral number"} <= set(unknown.split(" · "))
    assert "Power" not in unknown.split(" · ")


def test_no_more_than_three_are_compared_and_the_others_are_named(read):
    plots = [plot(f"Plot {number}") for number in range(4)]

    told = words(read(f"{INVEST}compare/{asked(*plots, plots[0])}"))

    assert "Plot 2" in told
    assert f"No more than 3 plots fit here. Left out: {plots[3].public_id}." in told


def test_a_plot_is_taken_off_and_another_is_added_without_javascript(client, read):
    one, other, third = plot("One"), plot("Other"), plot("Third")

    text = read(f"{INVEST}compare/{asked(one, other)}")

    assert f'href="/en/invest/compare/?plot={other.public_id}"' in text
    assert f'<option value="{third.public_id}">Third' in text
    assert f'<input type="hidden" name="plot" value="{one.public_id}">' in text


@pytest.mark.parametrize("page", ["compare/", "shortlist/"])
def test_what_is_hidden_absent_or_nonsense_says_nothing_of_itself(read, page):
    shown, hidden = plot("Shown"), plot("Hidden", visibility="internal")

    told = read(f"{INVEST}{page}{asked(shown, hidden, 'ALT-L-9999', 'nonsense', '<script>')}")

    assert "Shown" in told
    assert "Hidden" not in told
    assert "2 plots of this address are not published, or are not any more." in words(told)
    assert "&lt;script&gt;" not in told
    assert "No plot is chosen" not in told


@pytest.mark.parametrize(
    ("page", "said"), [("compare/", "No plot is chosen yet"), ("shortlist/", "Your list is empty")]
)
def test_an_empty_one_says_how_to_fill_it(read, page, said):
    assert said in words(read(INVEST + page))


# A list of one's own


def test_the_address_holds_the_list_in_its_order_and_no_cookie_does(client):
    one, other = plot("One"), plot("Other")

    answer = client.get(f"{INVEST}shortlist/{asked(other, one)}")

    text = answer.content.decode()
    assert cards(text) == ["Other", "One"]
    assert not {name for name in answer.cookies if name != "django_language"}
    assert f"/en/invest/shortlist/?plot={other.public_id}&amp;plot={one.public_id}" in text
    assert f'href="/en/invest/shortlist/?plot={one.public_id}" data-drop="{other.public_id}"' in text


def test_the_list_has_thirty_plots_at_most(read):
    plots = [plot(f"Plot {number}") for number in range(31)]

    text = read(f"{INVEST}shortlist/{asked(*plots)}")

    assert len(cards(text)) == 30
    assert plots[30].public_id in words(text)
    assert "Add a plot" not in text


# What fits


def test_each_plot_says_why_it_fits_or_does_not(read):
    good, small, _silent, taken = (
        plot("Good", area_ha=30),
        plot("Small", area_ha=5),
        plot("Silent", area_ha=None),
        plot("Taken", area_ha=30),
    )
    for row in (good, small, taken):
        supplied(row)
    allocation_in("reserved", plot=taken)

    text = read(f"{INVEST}match/?hectares=20&power_mw=10")

    told = words(text)
    assert "Fits: 1" in told
    assert "Not known: 1" in told
    assert "Does not fit: 2" in told
    assert re.findall(r'<li class="match".*?<h3><a [^>]*>(.*?)</a>', text, re.S) == [
        "Good",
        "Silent",
        "Small",
        "Taken",
    ]
    first, silent, small_table, _taken = (rows(part) for part in text.split('<li class="match"')[1:])
    assert first["Power"] == ["10 MW", "40 MW, ready", "Fits"]
    assert silent["Power"] == ["10 MW", "not published", "Not known"]
    assert small_table["Area"] == ["20 ha", "5 ha", "Does not fit"]


def test_the_needs_go_with_the_reader_to_the_enquiry(read):
    plot()

    text = read(f"{INVEST}match/?hectares=20&water_m3_day=1500&rail=on&sector=transport&by=2031-05-01")

    address = re.search(r'href="([^"]*/invest/enquiry/[^"]*)">Ask with these needs', text)[1].replace(
        "&amp;", "&"
    )
    query = dict(part.split("=") for part in address.partition("?")[2].split("&"))
    assert query == {
        "hectares": "20",
        "water_m3_day": "1500",
        "rail": "true",
        "sector": "transport",
        "by": "2031-05-01",
    }


def test_nothing_asked_shows_the_form_alone(read):
    plot("Shown")

    assert "Shown" not in words(read(f"{INVEST}match/"))
    assert "Shown" not in words(read(f"{INVEST}match/?hectares=&power_mw="))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("hectares=much", "hectares"),
        ("hectares=-1", "hectares"),
        ("by=2020-01-01", "by"),
        ("by=soon", "by"),
        ("sector=magic", "sector"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field_and_stays_there(client, query, field):
    answer = client.get(f"{INVEST}match/?{query}")

    text = answer.content.decode()
    assert answer.status_code == 400
    assert f'href="#id_{field}"' in text
    if field != "sector":
        assert f'value="{query.partition("=")[2]}"' in text


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("kk", "1 250,5", "1 250,5"),
        ("ru", "2,500", "2,5"),
        ("en", "1,250.5", "1,250.5"),
        ("en", "2,5", "2.5"),
        ("kk", "2.5", "2,5"),
    ],
)
def test_numbers_are_taken_as_people_write_them(client, language, typed, meant):
    plot()

    text = client.get(f"/{language}/invest/match/", {"hectares": typed}).content.decode()

    assert f"{meant} " in text.replace("\xa0", " ")
