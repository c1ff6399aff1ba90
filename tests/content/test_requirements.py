"""requirements.txt, which the workflows install by hash, says the same as pyproject.toml. Works offline."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "requirements.txt").read_text(encoding="utf-8")
# matches 'uv pip compile pyproject.toml ...' in the header
COMMAND = re.compile(r"^#\s+(uv pip compile .+)$", re.MULTILINE)
# matches 'jinja2==3.1.6 \' and 'colorama==0.4.6 ; sys_platform == "win32" \' with the lines that belong to it
ENTRY = re.compile(r"^(?P<pin>[a-z0-9][^\s#]*(?: ;[^\\\n]*)?)(?P<rest>(?:.*\n[ ]+)*.*)$", re.MULTILINE)
# matches 'https://', 'file:', ' @ ', '--index-url', '-f /wheels'
ADDRESS = re.compile(r"://|\bfile:| @ |^\s*(?:-[a-z]\b|--(?!hash=))", re.MULTILINE)

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
COMPILE = COMMAND.findall(TEXT)[0]
MEND = f"run: {COMPILE}"


def declared() -> list[Requirement]:
    """What pyproject.toml asks for: the package's dependencies and the group dev with the groups it includes."""
    groups = PROJECT["dependency-groups"]

    def members(group: str) -> list[str]:
        return [
            text
            for entry in groups[group]
            for text in (members(entry["include-group"]) if isinstance(entry, dict) else [entry])
        ]

    return [Requirement(text) for text in [*PROJECT["project"]["dependencies"], *members("dev")]]


ENTRIES = [(Requirement(match["pin"]), match["rest"]) for match in ENTRY.finditer(TEXT)]
LOCKED = {canonicalize_name(pin.name): (pin, rest) for pin, rest in ENTRIES}


@pytest.mark.parametrize("wanted", declared(), ids=lambda wanted: wanted.name)
def test_a_declared_dependency_is_locked_at_a_version_it_allows(wanted: Requirement) -> None:
    pin, _ = LOCKED.get(canonicalize_name(wanted.name), (None, ""))
    assert pin, f"{wanted.name} is missing from requirements.txt; {MEND}"
    version = str(pin.specifier).removeprefix("==")
    assert wanted.specifier.contains(version), f"pyproject.toml asks for {wanted}, requirements.txt has {pin}; {MEND}"


def test_nothing_is_locked_for_a_declaration_that_is_gone() -> None:
    names = {canonicalize_name(wanted.name) for wanted in declared()}
    direct = {name for name, (_, rest) in LOCKED.items() if PROJECT["project"]["name"] in rest}
    assert direct <= names, f"no longer declared: {sorted(direct - names)}; {MEND}"


def test_everything_locked_has_one_version_and_a_hash() -> None:
    assert len(ENTRIES) == len(LOCKED) > 40
    bare = [str(pin) for pin, rest in ENTRIES if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", rest)]
    unpinned = [str(pin) for pin, _ in ENTRIES if not re.fullmatch(r"==[^,*]+", str(pin.specifier))]
    assert not bare and not unpinned, f"without a hash: {bare}, without a version: {unpinned}; {MEND}"


def test_no_address_of_an_index_or_a_machine_is_written_down() -> None:
    assert not ADDRESS.search(TEXT.replace(COMPILE, "")), MEND
