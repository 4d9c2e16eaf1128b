"""What a web process is told by its environment, before anything of the portal is imported."""

import os

from alatau_portal import environment


def prepare() -> None:
    """With a connection pool; and each process keeps its counts in a file of one folder, where they are added up."""
    os.environ["PORTAL_WEB"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")
    folder = environment.read().data_dir / "run" / "metrics"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
