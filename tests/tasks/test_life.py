"""The whole life of one instruction, by services alone: from the register to removal from control."""

from datetime import date

import pytest

from tasks import services
from tasks.models import HoldInterval, Instruction

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_registration_to_removal(
    office, second_office, leadership, executor, akimat_preparer, time_machine
):
    time_machine.move_to("2026-02-02T10:00:00+05:00", tick=True)
    issuer, lead, co = leadership.organisation, executor.organisation, akimat_preparer.organisation
    i = services.register_instruction(
        by=office,
        issuer=issuer,
        text={"kk": "Орталықты салу", "ru": "Построить центр"},
        executors=[{"organisation": lead, "role": "lead"}, {"organisation": co, "role": "co"}],
    )
    assert (i.state, i.due) == ("registered", None)

    i = services.put_on_control(i, by=office, due=date(2026, 3, 2), expected_result={"kk": "Қабылдау актісі"})
    assert (i.state, i.due, i.original_due, i.controller) == (
        "on_control",
        date(2026, 3, 2),
        date(2026, 3, 2),
        office,
    )

    i = services.accept_assignment(i, by=executor)
    i = services.start(i, by=executor)
    services.contribute(i, by=akimat_preparer, text="Жер бөлінді")
    services.report(i, by=executor, kind="interim", text="Іргетас құйылды")
    i = services.accept(i, by=office)
    assert i.state == "in_execution"

    extension = services.request_extension(i, by=executor, new_due=date(2026, 4, 1), reason="Жабдық кешікті")
    assert HoldInterval.objects.now().get(instruction=i).holder == "issuer"
    services.take_up(extension, by=office)
    services.grant(extension, by=leadership, due=date(2026, 3, 25))
    i.refresh_from_db()
    assert (i.due, i.original_due) == (date(2026, 3, 25), date(2026, 3, 2))

    services.report(i, by=executor, kind="final", text="Салынды")
    i = services.return_report(i, by=office, note="Актіні қосыңыз")
    assert i.state == "returned"
    services.report(
        i,
        by=executor,
        kind="final",
        text="Салынды, актісі бар",
        proofs=[services.Proof(kind="link", url="https://example.kz/act")],
    )
    i = services.propose_removal(i, by=office)
    i = services.accept(i, by=leadership)

    assert (i.state, i.executed_on, i.removed_by) == ("executed", date(2026, 2, 2), leadership)
    assert i.reports.get(kind="final").returns == 1
    held = HoldInterval.objects.filter(instruction=i).order_by("during").values_list("holder", flat=True)
    assert list(held) == [
        "office",
        "executor",
        "issuer",
        "executor",
        "office",
        "executor",
        "office",
        "issuer",
    ]


def test_what_is_done_in_part(office, leadership, executor):
    i = services.register_instruction(
        by=office,
        issuer=leadership.organisation,
        text={"kk": "Жол салу"},
        due=date(2030, 3, 1),
        expected_result={"kk": "10 км"},
        executors=[{"organisation": executor.organisation, "role": "lead"}],
    )
    services.put_on_control(i, by=office)
    services.start(i, by=executor)
    services.report(i, by=executor, kind="final", text="6 км дайын")
    services.propose_removal(i, by=office)
    rest = services.remove_part(
        i, by=leadership, text={"kk": "4 км жол салу"}, expected_result={"kk": "4 км"}, due=date(2030, 9, 1)
    )

    i = Instruction.objects.get(pk=i.pk)
    assert (i.state, rest.state, rest.remainder_of, rest.parent) == ("executed", "on_control", i, i)


def test_sub_instructions_and_recurrence(office, leadership, executor, akimat_signer, akimat_preparer):
    i = services.register_instruction(
        by=office,
        issuer=leadership.organisation,
        text={"kk": "Есеп беру"},
        due=date(2099, 3, 1),
        expected_result={"kk": "Есеп"},
        executors=[{"organisation": akimat_signer.organisation, "role": "lead"}],
    )
    services.put_on_control(i, by=office)
    part = services.split(
        i,
        by=akimat_preparer,
        text={"kk": "Дерек жинау"},
        expected_result={"kk": "Кесте"},
        lead=executor.organisation,
        due=date(2099, 2, 1),
    )
    assert part.issuer == akimat_signer.organisation
    services.start(part, by=executor)
    services.report(part, by=executor, kind="final", text="Дайын")
    services.propose_removal(part, by=akimat_preparer)
    part = services.accept(part, by=akimat_signer)
    assert part.state == "executed"
    services.set_recurrence(i, by=office, recurrence="weekly", day=1)
    made = services.make_occurrences(date.today())
    assert made >= 4
    assert services.make_occurrences(date.today()) == 0
