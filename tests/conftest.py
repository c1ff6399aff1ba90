"""The built site, one for all tests. `ATLAS_SITE` names a folder with a site that is built already."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from .building import address_of, build


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where tests run in several processes: a file in one of them, but each test of the browser where there is room."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduler(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid if nodeid.startswith("tests/browser/") else nodeid.split("::", 1)[0]

    return Scheduler(config, log)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site; of several processes one builds it, and the others wait."""
    if given := os.environ.get("ATLAS_SITE"):
        return Path(given)
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with FileLock(shared / "site.lock"):
        return shared / "site" if (shared / "site").exists() else build(shared / "site")


@pytest.fixture(scope="session")
def site_url(folder: Path) -> str:
    """The address that the site was built for."""
    return address_of(folder)
