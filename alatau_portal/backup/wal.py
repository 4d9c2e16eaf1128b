"""The second part of the drill: a base backup and a continuous stream of WAL, as a real server keeps them.

Files are handed in while the base backup is taken and afterwards; then the whole cluster is killed and destroyed, and a
new one is made of base backup and stream. It runs as a process of its own, whose DATA_DIR is that of the cluster.
The stream is synchronous: a commit is acknowledged once its WAL lies at the receiver. So nothing may be lost.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from alatau_portal import embedded, environment
from alatau_portal.backup.installation import Installation
from alatau_portal.backup.writing import Files
from alatau_portal.embedded import locks, postgres
from alatau_portal.embedded.account import server_account
from alatau_portal.embedded.commands import servers
from alatau_portal.embedded.places import Places

SLOT = "drill"
BEFORE, AFTER, PATIENCE = 2.0, 6.0, 60.0
#: The new cluster reads WAL from the receiver's directory to its end, and goes on from there.
RECOVERY = """
restore_command = 'cp "{wal}/%f" "%p"'
recovery_target_timeline = 'latest'
synchronous_standby_names = ''
"""


class Cluster:
    """The cluster of one portal of the drill, and PostgreSQL's programs for it."""

    def __init__(self) -> None:
        self.settings = environment.read()
        self.places = Places.of(self.settings.data_dir)
        self.programs = postgres.find_programs(self.places)
        home = self.places.cluster.parent
        self.base, self.wal = home / "drill-base", home / "drill-wal"

    def words(self, program: str, *words: object) -> list[str]:
        return [str(self.programs / program), *map(str, words)]

    def run(self, program: str, *words: object, fails: bool = True) -> bool:
        done = subprocess.run(
            self.words(program, *words), capture_output=True, text=True, **self._as_server()
        )
        if done.returncode and fails:
            raise SystemExit(f"{program} failed: {done.stderr[-500:]}")
        return not done.returncode

    def start(self, program: str, *words: object) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self.words(program, *words),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._as_server(),
        )

    def reached(self, *words: object) -> list[object]:
        """The options of a program that connects."""
        return ["-h", self.places.postgres_socket.parent, "-U", postgres.USER, *words]

    def make(self, path: Path) -> None:
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(mode=0o700)
        if account := server_account():
            os.chown(path, account.pw_uid, account.pw_gid)

    def _as_server(self) -> dict[str, Any]:
        own: dict[str, Any] = {"env": postgres.CLEAN, "cwd": "/"}
        if account := server_account():
            own |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        return own


def main() -> None:
    """On the cluster of a portal of the drill that does not run. Ends with 1 on any fault."""
    if not environment.read().data_dir.name.startswith("drill"):
        sys.exit("This destroys its DATA_DIR: it runs on a portal of `make restore-drill` only.")
    cluster = Cluster()
    files = Files(
        os.environ
    )  # it starts the servers: a keeper of ours must not be killed, it would be missed
    embedded.ensure(cluster.settings)
    portal = Installation.of(cluster.settings)
    receiver = _receive(cluster, portal)
    try:
        time.sleep(BEFORE)
        verified = _base(cluster)
        time.sleep(AFTER)
        gone = _destroy(cluster)
        acknowledged = files.stop()
    finally:
        receiver.terminate()
        receiver.wait()
    _recover(cluster, portal)
    with portal.connected() as line:
        there = {digest for (digest,) in line.execute("SELECT sha256 FROM core_storedfile").fetchall()}
    lost = acknowledged.keys() - there
    print(f"RPO: {len(lost)} of {len(acknowledged)} acknowledged writes lost", flush=True)
    print(f"RTO: {time.time() - gone:.1f} s, from the loss to a database that is written to", flush=True)
    sound = cluster.run(
        "pg_amcheck", *cluster.reached("-d", portal.database, "--install-missing"), fails=False
    )
    print(f"pg_verifybackup: {_word(verified)}; pg_amcheck: {_word(sound)}", flush=True)
    print(portal.manage("verify_ledger", database=portal.database), flush=True)
    sys.exit(bool(lost) or not verified or not sound)


def _receive(cluster: Cluster, portal: Installation) -> "subprocess.Popen[bytes]":
    """What comes from now on lies at the receiver before it is acknowledged."""
    cluster.make(cluster.wal)
    options = cluster.reached("-D", cluster.wal, "-S", SLOT)
    cluster.run("pg_receivewal", *options, "--create-slot", "--if-not-exists")
    receiver = cluster.start("pg_receivewal", *options, "--synchronous", "--no-loop")
    deadline = time.monotonic() + PATIENCE
    with portal.connected(autocommit=True) as line:
        line.execute("ALTER SYSTEM SET synchronous_standby_names = 'pg_receivewal'")
        line.execute("SELECT pg_reload_conf()")
        while not line.execute("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'").fetchone():
            if receiver.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("pg_receivewal does not receive")
            time.sleep(0.05)
    return receiver


def _base(cluster: Cluster) -> bool:
    """A base backup, and whether every file of it is what it says."""
    cluster.make(cluster.base)
    started = time.monotonic()
    options = ["-D", cluster.base, "-X", "none", "-c", "fast", "--manifest-checksums=SHA256"]
    cluster.run("pg_basebackup", *cluster.reached(*options))
    print(f"Base backup: {time.monotonic() - started:.1f} s", flush=True)
    return cluster.run("pg_verifybackup", "-n", "-q", cluster.base, fails=False)


def _destroy(cluster: Cluster) -> float:
    """Kill the server and all that would bring it back, and remove the cluster; when that was."""
    gone = time.time()
    keeper = locks.read_number(cluster.places.run / "servers.lock")
    if keeper:
        os.kill(keeper, signal.SIGSTOP)
    for process in postgres.processes(cluster.places):
        os.kill(process, signal.SIGKILL)
    if keeper:
        os.kill(keeper, signal.SIGKILL)
    for name in servers(cluster.settings):
        locks.wait_until_free(cluster.places.run / f"{name}.pid", PATIENCE)
    shutil.rmtree(cluster.places.cluster)
    return gone


def _recover(cluster: Cluster, portal: Installation) -> None:
    """The base backup becomes the cluster, reads the stream to its end, and is written to."""
    for partial in cluster.wal.glob("*.partial"):  # the segment that was being received
        partial.rename(partial.with_suffix(""))
    cluster.base.rename(cluster.places.cluster)
    with open(cluster.places.cluster / "postgresql.auto.conf", "a") as settings:
        settings.write(RECOVERY.format(wal=cluster.wal))
    (cluster.places.cluster / "recovery.signal").touch()
    embedded.ensure(cluster.settings)
    deadline = time.monotonic() + PATIENCE
    with portal.connected(autocommit=True) as line:
        while line.execute("SELECT pg_is_in_recovery()").fetchone() != (False,):
            if time.monotonic() > deadline:
                raise SystemExit(f"The new cluster does not end its recovery: see {cluster.places.log}")
            time.sleep(0.1)


def _word(fine: bool) -> str:
    return "clean" if fine else "FAULTS"


if __name__ == "__main__":
    main()
