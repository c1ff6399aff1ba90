"""Work on copies of the process. The tests' own process has threads, so the copies are made from one that has none."""

import os
import subprocess
import sys

import pytest

from atlas.spreading import spread

COPIES = """
import os, sys
from atlas.spreading import spread

def work(item):
    if item == "wrong":
        raise ValueError(f"{item} item")
    return item, os.getpid() == parent

parent = os.getpid()
print(spread(work, sys.argv[1:], processes=3))
"""


def run(*items: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-W", "error", "-c", COPIES, *items], capture_output=True, text=True)


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="NOT TESTED: processes are not copied here")
def test_copies_work_and_the_order_stays() -> None:
    items = [str(number) for number in range(40)]
    assert run(*items).stdout.strip() == str([(item, False) for item in items])


def test_one_item_needs_no_copy() -> None:
    assert run("only").stdout.strip() == "[('only', True)]"


def test_an_error_in_a_copy_is_raised() -> None:
    done = run("right", "wrong", "right")
    assert done.returncode == 1
    assert done.stderr.strip().endswith("ValueError: wrong item")


def test_without_copies_it_is_the_same() -> None:
    assert spread(str.upper, ["a", "b"], processes=1) == ["A", "B"]
    assert spread(str.upper, [], processes=4) == []
