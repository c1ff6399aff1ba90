"""How fast the prose check is: numbers a second on the real pages, on one at 1x, 10x and 100x its length, and on a page of 5 MB.

All pages are timed by the clock, as the check runs: on all processors. The other seconds are those of one processor, so
that other work on the machine counts less.

Run: uv run python tests/bench/bench_check.py
"""

from __future__ import annotations

import time
from pathlib import Path

from atlas.checks import check_book
from atlas.loading import load
from atlas.prose.checking import Checker, check_pages
from atlas.prose.names import Names

ROOT = Path(__file__).parents[2]
FIVE_MEGABYTES, MEGABYTE = 5_000_000, 1_000_000


def timed(label: str, start: float) -> float:
    took = time.process_time() - start
    print(f"{took:8.3f} s  {label}")
    return took


def main() -> None:
    start = time.process_time()
    book, problems = load(ROOT / "data")
    timed(f"load {len(book.facts):,} facts, {len(problems)} finding(s)", start)
    start = time.process_time()
    timed(f"check the data: {len(list(check_book(book)))} finding(s)", start)
    start = time.process_time()
    checker = Checker(Names(book))
    timed("index the names", start)

    pages = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))}
    sources = {path.as_posix(): source for path, source in pages.items()}
    clock = time.perf_counter()
    numbers = len(check_pages(sources, checker.names, "zh").bindings)
    took = time.perf_counter() - clock
    print(
        f"{took:8.3f} s  all {len(pages)} pages: {sum(map(len, pages.values())):,} characters, {numbers:,} numbers, by the clock"
    )
    print(f"{'':11}{numbers / took:,.0f} numbers/s")
    start = time.process_time()
    check_pages(sources, checker.names, "zh", processes=1)
    timed("all pages on one processor", start)

    longest = max(pages.values(), key=len)
    middle = next(source for source in sorted(pages.values(), key=len) if source.count(".") > 100)
    for times in (1, 10, 100):
        source = middle * times
        start = time.process_time()
        numbers = len(checker.check(source, "docs/zh/page.md", "zh").bindings)
        took = timed(f"one page {times:3}x as long: {len(source):,} characters, {numbers:,} numbers", start)
        print(f"{'':11}{numbers / took:,.0f} numbers/s, {len(source) / took:,.0f} characters/s")

    source = longest * (FIVE_MEGABYTES // len(longest.encode()) + 1)
    start = time.process_time()
    numbers = len(checker.check(source, "docs/zh/page.md", "zh").bindings)
    timed(f"one page of {len(source.encode()):,} bytes: {numbers:,} numbers", start)
    start = time.process_time()
    checker.check(
        "".join(f"{' ' * (depth % 400)}- 80.{depth % 10}\n" for depth in range(100_000)), "docs/zh/page.md", "zh"
    )
    timed("100,000 items, 400 levels deep", start)
    for piece in ("<!--", "<!-- num: ", "[a](", "[^", "![", "`", "|", "Qwen3-VL-8B、"):
        start = time.process_time()
        checker.check(piece * (MEGABYTE // len(piece)), "docs/zh/page.md", "zh")
        timed(f"1 MB of {piece!r}, never closed", start)


if __name__ == "__main__":
    main()
