"""The same page gives the same findings, to the letter, in every run of Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = """---
title: 页
description: 页
---

# 页 {#page}

MMMU 与 CC-OCR 上，Qwen2.5-VL-72B 得 70.2 与 79.8（Qwen2.5-VL 报告表 4）。
"""


def test_findings_do_not_depend_on_the_order_of_sets(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    found = set()
    for seed in "12345":
        done = subprocess.run(
            [sys.executable, "-c", "import sys; from atlas.cli import main; sys.exit(main())", "check", str(page)],
            cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1 and "N110" in done.stdout, done.stdout + done.stderr
        found.add(done.stdout)
    assert len(found) == 1, "\n".join(found)
