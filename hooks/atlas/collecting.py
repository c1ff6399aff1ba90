"""When Python looks for garbage: not while thousands of records are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No search for garbage in between: it would go through all the records again and again and find none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def sweep() -> None:
    """Free the records made last that nothing uses any more: those of a page point at one another."""
    gc.collect(0)
