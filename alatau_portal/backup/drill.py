"""`make restore-drill`: is what was saved what there was? On portals of its own; nothing of yours is touched.

First part: a portal with the real data is written to while `make backup` runs, then killed and its directory destroyed;
`make restore` brings it back elsewhere, and all is compared. Second part (wal.py): the same with a continuous stream of
WAL, where no row may be lost. `FROM=directory` restores a backup of yours instead, beside the portal.
Ends with 1 on any difference.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from alatau_portal import environment
from alatau_portal.backup import manifest
from alatau_portal.backup.installation import Installation
from alatau_portal.backup.manifest import hash_of
from alatau_portal.backup.people import Client, Follower, Writer, signs_in
from alatau_portal.backup.writing import Files
from alatau_portal.embedded import apart, locks, postgres
from alatau_portal.embedded.checks import FOREIGN
from alatau_portal.embedded.commands import PROGRAMS
from alatau_portal.embedded.places import Places
from alatau_portal.environment import ROOT

SOURCE, TARGET = "drill", "drill-restored"
#: What belongs to this command, not to the portals of the drill.
OURS = {"OWNER_DATABASE_URL", "TO", "FROM", "REPLACE", "OTHER_KEY", "UNDO"}
KEPT = ("static", "static.stamp", "installation")
STOPS_WITHIN = 20.0
BEFORE, AFTER = 4.0, 4.0  # seconds of writing
ISSUER = "deputy_prime_minister"


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    given = os.environ.get("FROM", "").strip()
    if given:
        _only_restore(ROOT / os.path.expanduser(given))
        return
    faults = _lost_and_restored()
    print("A continuous stream of WAL", flush=True)
    words = [sys.executable, "-m", "alatau_portal.backup.wal"]
    if subprocess.run(words, cwd=ROOT, env=variables(TARGET)).returncode:
        faults.append("what was restored by the stream")
    for fault in faults:
        print(f"DIFFERENT: {fault}")
    print("The drill failed" if faults else "The drill passed: nothing differs")
    sys.exit(bool(faults))


def variables(name: str, **more: str) -> dict[str, str]:
    """The environment of a portal of the drill: nothing of ours reaches it."""
    own = {key: value for key, value in os.environ.items() if key not in FOREIGN | OURS}
    return own | {"DATA_DIR": str(environment.read().data_dir / name)} | more


def _only_restore(source: Path) -> None:
    """A backup of a real portal, with the key that it was taken with, into a cluster beside it."""
    home = environment.read().data_dir
    if any(source.resolve().is_relative_to(home / name) for name in (SOURCE, TARGET)):
        raise SystemExit(f"{source} is in a directory that the drill clears: move it elsewhere, then repeat.")
    _clear(TARGET)
    started = time.monotonic()
    _call("restore", variables(TARGET, FROM=str(source), SECRET_KEY=environment.read().secret_key))
    print(f"RTO of the database and the files: {time.monotonic() - started:.1f} s. The drill passed")


def _lost_and_restored() -> list[str]:
    for name in (SOURCE, TARGET):
        _clear(name)
    print("A portal with the real data of the city", flush=True)
    _prepare()
    key = environment.read(variables(SOURCE)).secret_key  # it was kept apart
    with apart.portal(SOURCE) as source:
        office, office2 = _offices(source)
        early, late = (Follower(source.url, office["api_token"]) for _ in range(2))
        early.follow()
        wrote = Wrote(source, [office, office2])
        time.sleep(BEFORE)
        folder = _backed_up()
        time.sleep(AFTER)
        late.follow()
        gone = _destroy(source.data_dir)
        wrote.stop()
    content = manifest.read(folder)
    print("The portal was killed and its directory destroyed: restoring", flush=True)
    (folder.parent.parent / "secret-key").write_text(key)
    _call("restore", variables(TARGET, FROM=str(folder)))
    with apart.portal(TARGET) as target:
        print(f"RTO: {time.time() - gone:.1f} s, from the loss to a portal that answers", flush=True)
        faults = wrote.compare(target, content, gone)
        faults += _compare_people(target, office, early, late)
        faults += _compare_inside(content)
    return faults


class Wrote:
    """Two who register instructions and one who hands in files; what was acknowledged to them, and when."""

    def __init__(self, source: apart.Portal, offices: list[dict[str, str]]) -> None:
        self.writers = [
            Writer(source.url, account["api_token"], f"drill-{account['username']}", ISSUER)
            for account in offices
        ]
        self.files = Files(variables(SOURCE))
        self.acknowledged: dict[str, float] = {}

    def stop(self) -> None:
        for writer in self.writers:
            self.acknowledged |= writer.stop()
        self.acknowledged |= self.files.stop()

    def compare(self, target: apart.Portal, content: manifest.Manifest, gone: float) -> list[str]:
        """Prints the RPO. What was acknowledged before the snapshot is there; nothing is there twice."""
        shown = Client(target.url, self.writers[0].headers["Authorization"].removeprefix("Bearer "))
        texts = [row["text"]["en"] for row in shown.all_of("/api/v1/instructions/").values()]
        there = {text for text in texts if text}
        with Installation.of(environment.read(variables(TARGET))).connected() as line:
            there |= {digest for (digest,) in line.execute("SELECT sha256 FROM core_storedfile").fetchall()}
        taken = datetime.fromisoformat(content["snapshot"]).timestamp()
        lost = [one for one in self.acknowledged if one not in there]
        early = [one for one in lost if self.acknowledged[one] < taken]
        print(
            f"RPO: {gone - taken:.1f} s, from the snapshot to the loss: {len(lost)} of {len(self.acknowledged)} "
            f"acknowledged writes, {len(early)} of them from before the snapshot",
            flush=True,
        )
        ours = [text for text in texts if text in self.acknowledged]
        faults = [f"{one} was acknowledged before the snapshot and is lost" for one in early]
        faults += [
            f"{writer.name} wrote nothing: {writer.refused}"
            for writer in self.writers
            if not writer.acknowledged
        ]
        return faults + [f"{len(ours) - len(set(ours))} instructions are there twice"] * (
            len(ours) > len(set(ours))
        )


def _compare_people(
    target: apart.Portal, office: dict[str, str], early: Follower, late: Follower
) -> list[str]:
    faults = []
    known = len(early.copy)
    for follower in (early, late):
        follower.go_to(target.url)
    early.follow()
    wrong = early.wrong()
    print(
        f"Feed: a follower from before the backup went on with its cursor, {len(early.copy) - known} objects more, "
        f"{len(wrong)} wrong, {early.repeated} told twice",
        flush=True,
    )
    if wrong or early.repeated or len(early.copy) == known:
        faults.append(
            f"the feed: {len(wrong)} objects wrong ({', '.join(wrong[:3])}), {early.repeated} told twice"
        )
    if late.is_told_to_begin_anew():
        print("Feed: a follower that had seen what is lost is told to begin anew", flush=True)
    else:
        faults.append("the feed: a follower that had seen what is lost is not told")
    if signs_in(target.url, office["username"], office["password"]):
        print("Sign-in to the admin with the password of before: works", flush=True)
    else:
        faults.append("sign-in to the admin with the password of before fails")
    return faults


def _compare_inside(content: manifest.Manifest) -> list[str]:
    """Every file that the database names is what its hash says, and the ledger of the running portal is proved."""
    settings = environment.read(variables(TARGET))
    with Installation.of(settings).connected() as line:
        stored = line.execute("SELECT DISTINCT path, sha256 FROM core_storedfile").fetchall()
    wrong = [path for path, digest in stored if hash_of(settings.files_dir / path) != digest]
    print(f"Files: {len(stored)} compared by SHA-256, {len(wrong)} differ", flush=True)
    words = [sys.executable, "manage.py", "verify_ledger", "--head", content["ledger"]["head"]]
    done = subprocess.run(words, cwd=ROOT, env=variables(TARGET), capture_output=True, text=True)
    print(done.stdout.strip(), flush=True)
    return [f"file {path}" for path in wrong] + ["the ledger"] * bool(done.returncode)


def _offices(portal: apart.Portal) -> list[dict[str, str]]:
    accounts = json.loads((portal.data_dir / "demo-accounts.json").read_text())
    return [account for account in accounts if account["role"] == "office"]


def _backed_up() -> Path:
    """The backup lies on another disk than what it is of, so to say."""
    place = environment.read(variables(TARGET)).data_dir / "backups"
    _call("take", variables(SOURCE, TO=str(place)))
    return max(place.iterdir())


def _destroy(data_dir: Path) -> float:
    """Kill all of the portal at once, and remove its database and its files; when that was."""
    places = Places.of(data_dir)
    launcher = locks.read_number(places.run / "portal.lock")
    gone = time.time()
    for process in [launcher, *postgres.processes(places)]:
        if process:
            os.kill(process, signal.SIGKILL)
    for name in PROGRAMS:  # supervisord and all below it end with the launcher
        locks.wait_until_free(places.run / f"{name}.pid", STOPS_WITHIN)
    _clear(SOURCE)
    return gone


def _clear(name: str) -> None:
    """Remove what the drill before left, but for static files: they are made of the project."""
    data_dir = environment.read(variables(name)).data_dir
    places = Places.of(data_dir)
    if locks.is_held(places.run / "portal.lock") or locks.is_held(places.run / "users.lock"):
        raise SystemExit(f"Another drill runs in {data_dir}: wait for it, or stop it.")
    shutil.rmtree(places.cluster, ignore_errors=True)
    for path in data_dir.iterdir():
        if path.is_dir() and path.name not in KEPT:
            shutil.rmtree(path)
        elif path.name not in KEPT:
            path.unlink()
    for directory in (places.run, places.log):
        directory.mkdir(exist_ok=True)


def _prepare() -> None:
    """As at any first start; static files are the installation's, and are not made twice."""
    home = environment.read().data_dir
    _lend_static(home, home / SOURCE)
    words = [sys.executable, "-m", "alatau_portal.embedded.prepare"]
    if subprocess.run(words, cwd=ROOT, env=variables(SOURCE), stdout=subprocess.DEVNULL).returncode:
        raise SystemExit("The drill failed: its portal cannot be made")
    _lend_static(home / SOURCE, home / TARGET)


def _lend_static(giver: Path, taker: Path) -> None:
    if (giver / "static.stamp").exists() and not (taker / "static.stamp").exists():
        shutil.copytree(giver / "static", taker / "static", dirs_exist_ok=True)
        shutil.copyfile(giver / "static.stamp", taker / "static.stamp")


def _call(module: str, own: dict[str, str]) -> None:
    """One of the commands that are on trial, as make calls it."""
    words = [sys.executable, "-m", f"alatau_portal.backup.{module}"]
    if subprocess.run(words, cwd=ROOT, env=own).returncode:
        raise SystemExit("The drill failed")


if __name__ == "__main__":
    main()
