"""The built site, one for all tests. `ATLAS_SITE` names a folder with a site that is built already."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from .building import address_of, build

WITH_SITE = ("tests/browser/", "tests/content/test_site.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where tests run in several processes: a file in one of them, and in one all that needs the site."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduler(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "site" if nodeid.startswith(WITH_SITE) else nodeid.split("::", 1)[0]

    return Scheduler(config, log)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    given = os.environ.get("ATLAS_SITE")
    return Path(given) if given else build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def site_url(folder: Path) -> str:
    """The address that the site was built for."""
    return address_of(folder)
