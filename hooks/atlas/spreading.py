"""Work on many pages at once: each processor has a copy of the process, made when data and names are read."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
_work: Callable[[int], Any]  # what a copy does; it has it, and all that it needs, from the process it was made of


def spread(work: Callable[[Item], Outcome], items: Sequence[Item], processes: int | None = None) -> list[Outcome]:
    """What `work` makes of each item, in the order of the items; what it raises is raised here.

    One after another where a process cannot be copied (Windows, macOS, other threads are running) and where there is
    one item or one processor. `processes`: by default as many as there are processors.
    """
    processes = min(processes or _processors(), len(items))
    copies = "fork" in multiprocessing.get_all_start_methods() and hasattr(os, "sched_getaffinity")
    if processes < 2 or not copies or threading.active_count() > 1:
        return [work(item) for item in items]
    global _work
    _work = lambda index: work(items[index])  # noqa: E731
    gc.freeze()  # who looks for garbage among shared records writes to them, and they are shared no longer
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            return pool.map(_at, range(len(items)), chunksize=1)
    finally:
        gc.unfreeze()
        del _work


def _at(index: int) -> Any:
    return _work(index)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
