"""The judge of `make chaos` finds what is lost, done twice or too slow; faults keep to their seed and their portal."""

import itertools
import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter

import pytest

from alatau_portal.embedded.apart import Portal
from chaos import faults, judging
from chaos.clients import History, Written
from chaos.faults import Fault
from chaos.jobs import Job, Sent, owed, sent
from tests.receiver import Got

A, B = Written("a-1", "ALT-I-0001", True), Written("a-2", "ALT-I-0002", False)
THERE = [
    {"number": "a-1", "public_id": "ALT-I-0001", "state": "on_control"},
    {"number": "a-2", "public_id": "ALT-I-0002", "state": "registered"},
]


def missed(figures):
    return {figure.name for figure in figures if not figure.is_kept}


def history(*written, **facts):
    return History(written=list(written), **facts)


def test_what_is_there_as_it_was_acknowledged_is_no_fault():
    assert missed(judging.of_writes(history(A, B, Written("a-3")), THERE)) == set()
    assert history(A, B).acknowledged == 3


@pytest.mark.parametrize(
    "there",
    [THERE[1:], [THERE[0] | {"state": "registered"}, THERE[1]], [THERE[0] | {"public_id": "x"}, THERE[1]]],
)
def test_an_acknowledged_write_that_is_not_there_is_lost(there):
    assert missed(judging.of_writes(history(A, B), there)) == {"acknowledged writes lost"}


def test_a_write_that_is_there_twice_is_doubled_acknowledged_or_not():
    twice = [*THERE, THERE[1] | {"public_id": "ALT-I-0003"}]

    assert missed(judging.of_writes(history(A, B), twice)) == {"writes done twice"}
    assert missed(judging.of_writes(history(A, Written("a-2")), twice)) == {"writes done twice"}


def test_jobs_are_counted_by_their_own_numbers(tmp_path):
    def hook(kind, number):
        told = {"type": kind, "data": {"id": "ALT-I-0001"}}
        return Got("/hook", {"Webhook-Id": number}, json.dumps(told).encode())

    mail = "Message-ID: <{}>\nContent-Type: text/plain\n\nhttp://127.0.0.1/kk/control/ALT-I-0001/\n"
    for name, number in (("one", 1), ("same", 1), ("other", 2)):
        (tmp_path / f"{name}.eml").write_text(mail.format(number))
    came = sent([hook("instruction.appeared", "m1"), hook("instruction.appeared", "m1")], tmp_path)

    assert came.messages == {
        Job("instruction.appeared", "ALT-I-0001"): {"m1"},
        Job("mail", "ALT-I-0001"): {"<1>", "<2>"},
    }
    assert came.repeats == 2
    assert judging.missing([A], came) == [Job("instruction.changed", "ALT-I-0001")]
    assert missed(judging.of_jobs([A] * 100, came, 5)) == {"jobs done once", "jobs done twice"}


def test_all_jobs_done_once_is_no_fault():
    written = [Written(f"a-{n}", f"ALT-I-{n:04}", True) for n in range(100)]
    came = Sent({job: {"one"} for job in owed(written)}, 0)

    assert missed(judging.of_jobs(written, came, 60)) == set()
    assert missed(judging.of_jobs(written, came, 61)) == {"settled after the last fault"}
    assert missed(judging.of_jobs(written[:99], came, 1)) == {"jobs owed"}


def test_failures_are_counted_for_each_kill_of_the_database():
    kill = Fault("postgres", "", "kill", 0, 1)
    seen = history(statuses=Counter({200: 5, 503: 3}), longest_answer=11, longest_wait=9)

    assert missed(judging.of_answers(seen, [kill], 1)) == {"longest answer"}
    assert missed(judging.of_answers(seen, [], 1)) == {
        "kills and freezes within a minute",
        "longest answer",
        "answers 5xx, 0 kills of the database",
    }


def test_faults_hit_the_programs_of_this_portal_alone(tmp_path, monkeypatch):
    for name in ("FREEZE", "PAUSE", "BACK_WITHIN", "STARTS_WITHIN"):
        monkeypatch.setattr(faults, name, 0)
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "beat.pid").write_text(str(process.pid))

    done = list(faults.inflict(Portal("http://127.0.0.1:1", tmp_path), 7, {"beat", "redis"}))

    assert process.wait(10) == -signal.SIGKILL
    assert {fault.program for fault in done} == {"beat", "redis"}
    assert os.getpid() in faults.children(os.getppid())


def test_faults_come_in_the_order_of_the_seed_and_never_twice_in_a_row():
    programs = {f"{program} {whom}".strip() for program, whom, _what in faults.ALL}
    first, again, other = (faults.in_turn(programs, random.Random(seed)) for seed in (1, 1, 2))

    assert first == again != other
    assert sorted(first) == sorted(faults.ALL)
    for order in (first, other):
        assert all(one[0] != two[0] for one, two in itertools.pairwise(order))
