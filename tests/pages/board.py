"""What tests of the pages of control share: rows that are shown, counters, one instruction a kind."""

import re
from datetime import date
from html import unescape

from tasks import services
from tests.factories import ExecutorFactory, instruction_in

BOARD, MINE, DECISIONS, BULK = (f"/kk/control/{name}" for name in ("", "mine/", "decisions/", "bulk/"))
#: The day of these tests: a Tuesday.
NOW = "2026-02-03T10:00:00+05:00"
DUE = date(2026, 3, 2)


def texts(response):
    """The texts of the rows, in their order."""
    html = response.content.decode()
    found = re.findall(r'<th scope="row">.*?<a href="[^"]+">(.*?)</a>', html, re.DOTALL)
    return [unescape(re.sub("<[^>]+>", "", text)) for text in found]


def counters(response):
    """By their address: how many."""
    html = response.content.decode()
    tally = html[html.index('class="tally"') :]
    tally = tally[: tally.index("</ul>")]
    return [
        (unescape(href), int(number))
        for href, number in re.findall(r'<a href="([^"]+)"[^>]*><b class="tabular">(\d+)</b>', tally)
    ]


def told(text, state="in_execution", **facts):
    """An instruction of this text in this state."""
    return instruction_in(state, text_kk=text, text_ru=text, **facts)


def given(office, leadership, lead, text="Орталықты салу", due=DUE, co=(), **facts):
    """On control, by services alone."""
    instruction = services.register_instruction(
        by=office,
        issuer=leadership.organisation,
        text={"kk": text, "ru": text},
        due=due,
        expected_result={"kk": "Акт"},
        executors=[
            {"organisation": lead, "role": "lead"},
            *({"organisation": one, "role": "co"} for one in co),
        ],
        **facts,
    )
    return services.put_on_control(instruction, by=office, reason="Бөлек нысандар")


def asked(office, leadership, executor, **facts):
    """More time is asked for, to 1 April."""
    instruction = given(office, leadership, executor.organisation, **facts)
    services.start(instruction, by=executor)
    services.request_extension(instruction, by=executor, new_due=date(2026, 4, 1), reason="Жабдық кешікті")
    return instruction


def proposed(office, leadership, executor, **facts):
    """Reported, with removal proposed."""
    instruction = given(office, leadership, executor.organisation, **facts)
    services.start(instruction, by=executor)
    services.report(instruction, by=executor, kind="final", text="Салынды")
    return services.propose_removal(instruction, by=office)


def also(instruction, organisation):
    """A co-executor of it."""
    return ExecutorFactory(instruction=instruction, organisation=organisation)
