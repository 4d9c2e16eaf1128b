"""Bad files and bombs, all of them through every door: the test of `make test`, asked everything."""

from alatau_portal.embedded.apart import Portal
from tests.judges import hostile


def judge(portal: Portal) -> list[str]:
    return hostile.asked(portal, "tests/hostile/test_files.py")
