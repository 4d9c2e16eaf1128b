"""How much memory this process takes at the most while something is done (Linux tells)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
TELLS = STATUS.exists() and CLEAR.exists()


class Growth:
    """Megabytes, known when it is over; none where the system does not tell."""

    megabytes = 0.0


@contextmanager
def growth() -> Iterator[Growth]:
    grown = Growth()
    if not TELLS:
        yield grown
        return
    CLEAR.write_text("5")  # the peak begins anew
    before = _megabytes("VmRSS")
    yield grown
    grown.megabytes = _megabytes("VmHWM") - before


def _megabytes(name: str) -> float:
    (line,) = (line for line in STATUS.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024
