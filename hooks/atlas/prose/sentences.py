"""Where the sentences of a text end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

# characters of the longest sentence; of 4,000 real ones none has 500. It bounds what a page can cost.
LONGEST = 600
CLAUSE_MARKS = "，、；\n "
# matches "。", the line's end of "scores:\n" and the full stop of "scores. The", not of "vs. 3" or "76.8"; "\x1e" stands
# for a <br>. What may end a sentence comes first, then what makes it one: `re` skips all other characters
SENTENCE_END = re.compile(
    r"[。！？；!?\x1e\n.;](?:(?<=[。！？；!?\x1e])|(?<=[.:：)）]\n)|(?<=;)(?=\s)|(?<=\d\.)(?=\s+[A-Z])"
    r"|(?<=\.)(?=\s+[A-Z\u4e00-\u9fff])"
    r"(?<![A-Z\d]\.)(?<!\bvs\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bet al\.)(?<!\bsub\.)(?<!\bcf\.))"
)
# matches what may end a sentence
ENDING = re.compile(r"[。！？；!?.;\n\x1e]")


def sentences(text: str, code: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The range of each sentence; none ends inside a code span."""
    if len(text) <= LONGEST and not ENDING.search(text):
        yield 0, len(text)
        return
    start = 0
    for cut in _cuts(text, code, [end for _, end in code]):
        yield start, cut
        start = cut


def _cuts(text: str, code: Sequence[tuple[int, int]], ends: Sequence[int]) -> Iterator[int]:
    """Where sentences end; none of them inside a code span. What is longer than any sentence is cut at a comma."""
    cuts = [match.end() for match in SENTENCE_END.finditer(text)]
    if not cuts or cuts[-1] < len(text):
        cuts.append(len(text))
    start = 0
    for cut in cuts:
        span = bisect_right(ends, cut)
        if span < len(code) and code[span][0] < cut:
            continue
        while cut - start > LONGEST:
            start = max(text.rfind(mark, start + 1, start + LONGEST) for mark in CLAUSE_MARKS) + 1 or start + LONGEST
            span = bisect_right(ends, start)
            if span < len(code) and code[span][0] < start:
                start = ends[span]
            yield start
        start = cut
        yield cut
