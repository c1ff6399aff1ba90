"""Lists of names: each name once, and bare sizes of one family."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..problems import Problem
from .findings import Reporter
from .scope import PageReading

JOINTS = ("、", "与", "和", "及", "以及", "或", "/", "and", "or")


def repeated(pages: PageReading, reporter: Reporter) -> Iterator[Problem]:
    """No list names the same model, benchmark or mode twice (N119): "思考与思考", "AIME'25 与 AIME'25"."""
    for reading in pages.readings:
        for kind in ("model", "benchmark", "mode"):
            if len(reading.of_kind.get(kind, ())) < 2:
                continue
            for run in reading.lists(kind):
                seen: set[tuple[str, ...]] = set()
                joints = [reading.unit.text[a.end : b.start].strip() for a, b in pairwise(run)]
                for mention, joint in zip(run, ["", *joints], strict=True):
                    if mention.ids in seen and joint in JOINTS:
                        message = reporter.text["N119"].format(name=mention.text)
                        yield reporter.problem(reading.unit.offsets[mention.start], len(mention.text), "N119", message)
                    seen.add(mention.ids)


def mixed_sizes(pages: PageReading, reporter: Reporter) -> Iterator[Problem]:
    """The bare sizes of one list (32B、8B 与 4B) belong to one family (N108)."""
    models = pages.names.book.models
    for reading in pages.readings:
        named = reading.of_kind.get("model")
        if not named or not any(m.text[0].isdigit() for m in named):
            continue
        for run in reading.lists("model"):
            sizes = [m for m in run if m.text[0].isdigit()]
            families = [models[m.ids[0]].family for m in sizes]
            for mention, family in zip(sizes, families, strict=True):
                if families.count(family) * 2 < len(families):
                    message = reporter.text["N108"].format(size=mention.text)
                    yield reporter.problem(reading.unit.offsets[mention.start], len(mention.text), "N108", message)
