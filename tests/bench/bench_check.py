"""How fast the prose check is: numbers a second on the real pages, on one at 1x, 10x and 100x its length, and on a page of 5 MB.

Run: uv run python tests/bench/bench_check.py
"""

from __future__ import annotations

import time
from pathlib import Path

from atlas.checks import check_book
from atlas.loading import load
from atlas.prose.checking import Checker
from atlas.prose.names import Names

ROOT = Path(__file__).parents[2]
FIVE_MEGABYTES, MEGABYTE = 5_000_000, 1_000_000


def timed(label: str, start: float) -> float:
    took = time.perf_counter() - start
    print(f"{took:8.3f} s  {label}")
    return took


def main() -> None:
    start = time.perf_counter()
    book, problems = load(ROOT / "data")
    timed(f"load {len(book.facts):,} facts, {len(problems)} finding(s)", start)
    start = time.perf_counter()
    timed(f"check the data: {len(list(check_book(book)))} finding(s)", start)
    start = time.perf_counter()
    checker = Checker(Names(book))
    timed("index the names", start)

    pages = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))}
    start = time.perf_counter()
    numbers = sum(len(checker.check(source, path.as_posix(), "zh").bindings) for path, source in pages.items())
    took = timed(f"all {len(pages)} pages: {sum(map(len, pages.values())):,} characters, {numbers:,} numbers", start)
    print(f"{'':11}{numbers / took:,.0f} numbers/s")

    longest = max(pages.values(), key=len)
    middle = sorted(pages.values(), key=len)[len(pages) // 2]
    for times in (1, 10, 100):
        source = middle * times
        start = time.perf_counter()
        numbers = len(checker.check(source, "docs/zh/page.md", "zh").bindings)
        took = timed(f"one page {times:3}x as long: {len(source):,} characters, {numbers:,} numbers", start)
        print(f"{'':11}{numbers / took:,.0f} numbers/s, {len(source) / took:,.0f} characters/s")

    source = longest * (FIVE_MEGABYTES // len(longest.encode()) + 1)
    start = time.perf_counter()
    numbers = len(checker.check(source, "docs/zh/page.md", "zh").bindings)
    timed(f"one page of {len(source.encode()):,} bytes: {numbers:,} numbers", start)
    for piece in ("<!--", "<!-- num: ", "[a](", "![", "`", "|"):
        start = time.perf_counter()
        checker.check(piece * (MEGABYTE // len(piece)), "docs/zh/page.md", "zh")
        timed(f"1 MB of {piece!r}, never closed", start)


if __name__ == "__main__":
    main()
