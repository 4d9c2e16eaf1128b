"""`make bench`: measures a portal of its own and writes results.md. Ends with 1 where a budget is exceeded."""

from alatau_portal.embedded import apart
from benchmarks import browser, results, server


def main() -> None:
    with apart.portal("bench") as portal:
        print("Server", flush=True)
        answers = server.measure(portal.url)
        print("Browser", flush=True)
        paints = browser.measure(portal.url)
    results.write(answers, paints)
    slow = [paint for paint in paints if paint.seconds > browser.BUDGET]
    raise SystemExit(f"over {browser.BUDGET} s: {', '.join(one.name for one in slow)}" if slow else None)


if __name__ == "__main__":
    main()
