"""The embedded servers: who starts them, who shares them, who stops them, and what a kill leaves."""

import os
import shutil
import signal
from pathlib import Path

import psycopg

from alatau_portal.embedded import locks, postgres
from alatau_portal.embedded.places import Places
from tests.embedded.conftest import Command, lives, until


def test_a_command_starts_the_servers_and_the_last_one_takes_them_along(cluster: Path) -> None:
    first = Command(cluster)
    server = first.server()
    second = Command(cluster)
    assert second.server() == server
    first.leave()
    assert lives(server)
    second.leave()
    assert not lives(server)
    assert not list((cluster / "run").glob("*.pid"))


def test_two_commands_at_once_start_one_server(cluster: Path) -> None:
    commands = [Command(cluster) for _ in range(2)]
    assert len({command.server() for command in commands}) == 1
    for command in commands:
        command.leave()


def test_a_killed_command_leaves_no_servers(cluster: Path) -> None:
    command = Command(cluster)
    server = command.server()
    command.kill()
    command.communicate()
    assert until(lambda: not lives(server))
    assert until(lambda: not locks.is_held(cluster / "run" / "servers.lock"))


def test_a_killed_server_is_back_while_a_command_uses_it(cluster: Path) -> None:
    command = Command(cluster)
    server = command.server()
    places = Places.of(cluster)
    os.kill(server, signal.SIGKILL)
    assert until(
        lambda: locks.read_number(places.run / "postgres.pid") != server and postgres.answers(places)
    )
    command.leave()


def test_a_killed_keeper_ends_its_servers_and_the_next_command_starts_them(cluster: Path) -> None:
    first = Command(cluster)
    server = first.server()
    keeper = locks.read_number(cluster / "run" / "servers.lock")
    assert keeper
    os.kill(keeper, signal.SIGKILL)
    assert until(lambda: not lives(server))
    second = Command(cluster)
    assert second.server() != server
    first.leave()
    second.leave()


def test_a_process_number_that_is_somebody_elses_by_now_does_not_stop_the_start(cluster: Path) -> None:
    command = Command(cluster)
    command.server()
    command.leave()
    places = Places.of(cluster)
    stale = f"1\n{places.cluster}\n0\n5432\n{places.postgres_socket.parent}\n\n  1 1\nready   \n"
    (places.cluster / "postmaster.pid").write_text(stale)
    (places.run / "postgres.pid").write_text("1\n")
    again = Command(cluster)
    again.server()
    again.leave()


def test_a_cluster_of_an_earlier_version_gets_its_roles(cluster: Path) -> None:
    first = Command(cluster)
    first.server()
    places = Places.of(cluster)
    with psycopg.connect(postgres.url(places, postgres.USER), autocommit=True) as owner:
        for role in ("portal_app", "portal_ro", "portal_backup"):
            owner.execute(f"DROP ROLE {role}")
    (places.cluster / "portal_roles").unlink()
    second = Command(cluster)  # finds a server that answers, and still looks for the roles
    second.server()
    first.leave()
    second.leave()


def test_a_path_that_is_too_long_for_sockets_is_said_and_avoided(data_dir: Path) -> None:
    deep = data_dir / ("long" * 20) / ("path" * 10)
    command = Command(deep)
    command.server()
    assert "too long" in command.leave() or not Places.of(deep).cluster.is_relative_to(deep)


def test_a_copy_of_data_dir_gets_an_outside_of_its_own(data_dir: Path) -> None:
    original, copy = data_dir / ("a" * 90), data_dir / ("b" * 90)
    socket = made(original)
    shutil.copytree(original, copy)
    assert made(copy) != socket


def test_a_moved_data_dir_keeps_its_outside(data_dir: Path) -> None:
    before, after = data_dir / ("a" * 90), data_dir / ("b" * 90)
    socket = made(before)
    before.rename(after)
    assert made(after) == socket


def made(data_dir: Path) -> Path:
    """Where the socket of this DATA_DIR lies, which is too long for it."""
    places = Places.of(data_dir)
    places.make_outside()
    return places.postgres_socket
