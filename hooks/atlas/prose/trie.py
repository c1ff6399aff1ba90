"""Words in a trie: nested dictionaries by character, so that a text is walked once whatever the number of words."""

from __future__ import annotations

import re
from typing import Any

Node = dict[str, Any]  # a character -> the node after it; "" -> what ends here


def node_of(root: Node, word: str) -> Node:
    """The node of a word; made where there is none."""
    node = root
    for char in word:
        node = node.setdefault(char, {})
    return node


def beginning(node: Node, length: int, gap: str = "") -> str:
    """A pattern for the first characters, at most `length`, of the words below a node, with `gap` between them.

    Every alternative begins with a literal: then `re` skips what begins none of them.
    """
    if "" in node or not length:
        return ""
    rests = {char: beginning(child, length - 1, gap) for char, child in node.items()}
    return "|".join(re.escape(char) + (f"{gap}(?:{rest})" if rest else "") for char, rest in rests.items())
