"""YAML text -> plain mappings in which every scalar is a string as written, with the place of each node."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from .problems import Problem

try:
    from yaml import CSafeLoader as YamlLoader
except ImportError:  # a PyYAML built without libyaml: slower, the same result
    from yaml import SafeLoader as YamlLoader  # type: ignore[assignment]


class Loader(YamlLoader):
    """Every plain scalar is text: nothing is resolved to a float, a date or a boolean."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return "tag:yaml.org,2002:str"

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Nothing is resolved by path."""

    def ascend_resolver(self) -> None:
        """Nothing is resolved by path."""


BRACKET = re.compile(r"[\[\]{}]")
# matches "- - - - …": a list in a list in a list, all in one line
CHAIN = re.compile(r"(?:[-?:][ \t]+){200}")
DEEPEST = 200  # brackets within brackets; the data has two
NULLS = {"", "~", "null", "Null", "NULL"}
Place = tuple[int, int]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One YAML file as read: `data` holds dict, list, str and None only; `places` maps a path of keys and
    indexes to (line, column), both from 1. For a mapping's entry the place is that of its key."""

    path: str
    data: Any
    places: dict[Path, Place]

    def place(self, *path: str | int) -> Place:
        """Where `path` stands, or its nearest parent that has a place."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return (1, 1)

    def problem(self, code: str, message: str, *path: str | int) -> Problem:
        """A finding at `path` in this file."""
        line, column = self.place(*path)
        return Problem(path=self.path, line=line, column=column, code=code, message=message)


def read(text: str, path: str) -> tuple[Document, list[Problem]]:
    """Read one YAML file. Broken YAML (D101) and a duplicate key (D102) are findings; of two equal keys the first stands.

    Scalars are not resolved: 88.70 is "88.70" and no is "no"; only a plain null is None.
    """
    problems: list[Problem] = []
    places: dict[Path, Place] = {(): (1, 1)}
    if _is_deep(text):
        return Document(path=path, data=None, places=places), [_endless(path)]
    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = f"broken YAML: {error.problem or error.context}"
        at_mark = text.split("\n")[line - 1 : line]  # none where the text ended too early
        if at_mark and at_mark[0][column - 1 : column] == "\t":
            message = "broken YAML: a tab; indent with spaces"
        return (
            Document(path=path, data=None, places=places),
            [Problem(path=path, line=line, column=column, code="D101", message=message)],
        )
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        message = f"broken YAML: {str(error).splitlines()[0]}"
        return (
            Document(path=path, data=None, places=places),
            [Problem(path=path, line=1, column=1, code="D101", message=message)],
        )

    def found(node: yaml.Node, code: str, message: str) -> None:
        mark = node.start_mark
        problems.append(Problem(path=path, line=mark.line + 1, column=mark.column + 1, code=code, message=message))

    def plain(node: yaml.Node, at: Path) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return None if not node.style and node.value in NULLS else node.value
        if isinstance(node, yaml.SequenceNode):
            items = []
            for index, child in enumerate(node.value):
                here = (*at, index)
                places[here] = (child.start_mark.line + 1, child.start_mark.column + 1)
                items.append(plain(child, here))
            return items
        mapping: dict[str, Any] = {}
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                found(key_node, "D101", "broken YAML: a key must be a word")
                continue
            key = key_node.value
            if key in mapping:
                first = places[(*at, key)][0]
                found(key_node, "D102", f"duplicate key {key!r}: it stands on line {first} already")
                continue
            here = (*at, key)
            places[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            mapping[key] = plain(child, here)
        return mapping

    try:
        data = plain(root, ()) if root is not None else None
    except RecursionError:
        data = None
        problems.append(_endless(path))
    return Document(path=path, data=data, places=places), problems


def _is_deep(text: str) -> bool:
    """Whether a text nests so deeply that libyaml, which has no limit, may run out of stack."""
    depth = 0
    for match in BRACKET.finditer(text):
        depth += 1 if match[0] in "[{" else -1
        if depth > DEEPEST:
            return True
    return bool(CHAIN.search(text))


def _endless(path: str) -> Problem:
    return Problem(path=path, line=1, column=1, code="D101", message="broken YAML: nested without end")
