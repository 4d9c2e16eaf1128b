"""`make run`: what it brings back, what it leaves, and what it says when it cannot start."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from alatau_portal import environment
from alatau_portal.embedded import install, locks, obstacles, prepare, readiness
from alatau_portal.embedded.commands import PROGRAMS
from alatau_portal.embedded.places import Places
from alatau_portal.environment import ROOT, Environment
from tests.embedded.conftest import GIVEN, lives, until

BACK_WITHIN = 5
STOPPED_WITHIN = 15

type Portal = subprocess.Popen[str]


@pytest.fixture
def settings(data_dir: Path) -> Environment:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return environment.read({"DATA_DIR": str(data_dir), "PORT": str(free.getsockname()[1])})


@pytest.fixture
def portal(settings: Environment, without_static_files: None) -> Iterator[Portal]:
    process = launch(settings)
    yield process
    process.terminate()
    process.communicate(timeout=30)


@pytest.fixture
def without_static_files(settings: Environment) -> None:
    """To compress them takes longer than all the rest, and no page is looked at."""
    (settings.data_dir / "static.stamp").write_text(prepare.fingerprint())


def launch(settings: Environment) -> Portal:
    variables = {name: value for name, value in os.environ.items() if name not in GIVEN}
    return subprocess.Popen(
        [sys.executable, "-m", "alatau_portal.embedded.run"],
        cwd=ROOT,
        env=variables | {"DATA_DIR": str(settings.data_dir), "PORT": str(settings.port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def numbers(settings: Environment) -> dict[str, int | None]:
    run = settings.data_dir / "run"
    return {name: locks.read_number(run / f"{name}.pid") for name in PROGRAMS}


def kill(names: list[str], settings: Environment, back: list[str]) -> None:
    """Kill these, and see those come back under new numbers and answer."""
    before = numbers(settings)
    for name in names:
        os.kill(before[name] or 0, signal.SIGKILL)

    def all_back() -> bool:
        now = numbers(settings)
        return all(now[name] not in (None, before[name]) for name in back)

    assert until(all_back, BACK_WITHIN), (before, numbers(settings))
    assert until(partial(readiness.answers, settings), 30)


def test_whatever_is_killed_is_back_and_the_end_leaves_nothing(settings: Environment, portal: Portal) -> None:
    said = [""]
    while not said[-1].startswith("Portal ready"):
        assert portal.stdout and portal.poll() is None, said
        said.append(portal.stdout.readline())
    assert said[-1] == f"Portal ready: {settings.public_url}\n"
    assert (settings.data_dir / "demo-accounts.json").stat().st_mode & 0o777 == 0o600
    assert "runs already" in launch(settings).communicate()[0]

    everything = ["web", "worker", "beat", "postgres", "redis"]
    kill(everything, settings, back=everything)
    kill(["supervisord"], settings, back=list(PROGRAMS))

    last = numbers(settings)
    portal.send_signal(signal.SIGTERM)
    rest = portal.communicate(timeout=STOPPED_WITHIN)[0]
    assert portal.returncode == 0 and "Portal ready" not in rest
    assert not [name for name, number in last.items() if number and lives(number)]
    assert not list((settings.data_dir / "run").glob("*.pid"))


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="another system does not tell")
def test_what_serves_does_not_know_how_to_migrate(settings: Environment) -> None:
    given = {
        "DATABASE_URL": "postgresql://portal_app@127.0.0.1:1/portal",
        "OWNER_DATABASE_URL": "postgresql://portal_owner@127.0.0.1:1/portal",
        "SECRET_KEY": "only for this test " * 4,
        "ALLOWED_HOSTS": "localhost",
        "DATA_DIR": str(settings.data_dir),
        "PORT": str(settings.port),
    }
    web = subprocess.Popen(
        [sys.executable, "-m", "alatau_portal.embedded.program", "web"],
        cwd=ROOT,
        env=os.environ | given,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert until(lambda: b"embedded.serve" in Path(f"/proc/{web.pid}/cmdline").read_bytes(), 30)
        known = Path(f"/proc/{web.pid}/environ").read_bytes()
    finally:
        web.terminate()
        web.wait(30)

    assert b"\0DATABASE_URL=" in b"\0" + known and b"OWNER_DATABASE_URL" not in known


def test_a_taken_port_is_said(settings: Environment) -> None:
    with socket.socket() as other:
        other.bind((settings.host, settings.port))
        other.listen()
        with pytest.raises(SystemExit, match=f"^Port {settings.port} of 127.0.0.1 is taken: .*PORT="):
            obstacles.refuse_taken_port(settings)


def test_an_address_of_another_machine_is_said(data_dir: Path) -> None:
    with pytest.raises(SystemExit, match=r"^HOST='192\.0\.2\.1' is not an address of this machine"):
        obstacles.refuse_taken_port(environment.read({"DATA_DIR": str(data_dir), "HOST": "192.0.2.1"}))


def test_a_second_portal_of_one_data_dir_is_refused(settings: Environment) -> None:
    places = Places.of(settings.data_dir)
    lock = obstacles.hold_portal(places)
    with pytest.raises(SystemExit, match=rf"runs already \(process {os.getpid()}\)"):
        obstacles.hold_portal(places)
    with pytest.raises(SystemExit, match="in use"):
        install.clean(places)
    os.close(lock)


def test_cleaning_takes_no_backups_along(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "VENV", tmp_path / "venv")
    (tmp_path / "venv").mkdir()
    places = Places.of(data_dir)
    backup = data_dir / "backups" / "20261129T120000Z"
    backup.mkdir(parents=True)
    (backup / "manifest.json").touch()
    with pytest.raises(SystemExit, match="backups holds backups: move them elsewhere"):
        install.clean(places)
    assert (backup / "manifest.json").exists() and (tmp_path / "venv").exists()
    shutil.rmtree(backup)
    install.clean(places)
    assert not data_dir.exists() and not (tmp_path / "venv").exists()


def test_a_key_that_was_put_there_for_a_restore_is_ours_to_clean(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "VENV", tmp_path / "venv")
    data_dir.mkdir()
    (data_dir / "secret-key").write_text("k" * 50)
    places = Places.of(data_dir)
    install.clean(places)
    assert not data_dir.exists()


def test_a_package_index_that_is_away_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "VENV": tmp_path,
        "PYTHON": tmp_path / "bin" / "python",
        "HERE": tmp_path / "made-in",
    }.items():
        monkeypatch.setattr(install, name, value)
    for name, value in {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match="Is a package index reachable"):
        install.install(["requirements.lock"])
    assert not list(tmp_path.glob("*.installed")), "an installation that failed is repeated"
