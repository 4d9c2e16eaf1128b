"""`make bench`: measures a portal of its own and writes results.md. Ends with 1 where a budget is exceeded."""

from alatau_portal.embedded import apart
from benchmarks import board, browser, filing, following, mixed, reads, reminders, results, server


def main() -> None:
    with apart.portal("bench") as portal:
        print("Server", flush=True)
        answers = server.measure(portal.url)
        print("Browser", flush=True)
        paints = browser.measure(portal.url)
        print("Reads", flush=True)
        read = reads.measure(portal)
    with apart.portal(
        board.PORTAL
    ) as portal:  # of its own: invented rows by the thousand slow nobody else down
        print("Board", flush=True)
        readings, rows = board.measure(portal)
        print("Reminders", flush=True)
        planned = reminders.measure(portal)
    with apart.portal(filing.PORTAL) as portal:
        print("Filing", flush=True)
        filed = filing.measure(portal)
    with apart.portal(following.PORTAL) as portal:
        print("Following", flush=True)
        wrote, followed = following.measure(portal)
    with apart.portal(mixed.PORTAL) as portal:
        print("Mixed reading of the API", flush=True)
        mixture = mixed.measure(portal)
    results.write(answers, paints, readings, rows, planned, filed, read, wrote, followed, mixture)
    parts = (*paints, *readings, planned, filed, read, *followed, mixture)
    slow = [one.name for one in parts if one.is_over]
    raise SystemExit(f"over budget: {', '.join(slow)}" if slow else None)


if __name__ == "__main__":
    main()
