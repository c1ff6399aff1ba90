"""The site that the tests look at: built once, strictly, for an address below a folder as on GitHub Pages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ADDRESS = "http://127.0.0.1:8967/atlas/"
REPOSITORY = "https://github.com/example/atlas"


def build(target: Path) -> Path:
    """Build the site below `target`; an AssertionError shows what the build said where it failed or warned."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    environment = os.environ | {"SITE_URL": ADDRESS, "REPO_URL": REPOSITORY, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-6000:]
    assert "WARNING" not in done.stderr, done.stderr[-6000:]
    return target


def address_of(site: Path) -> str:
    """The address that a built site was built for: the shortest of its sitemap."""
    locations = (site / "sitemap.xml").read_text(encoding="utf-8").split("<loc>")[1:]
    return min((location.split("</loc>", 1)[0] for location in locations), key=len)
