"""Read YAML of files that may be anything: small, flat, and without what grows.

A name for a part (`&a`, `*a`) lets 341 bytes stand for gigabytes; its uses are counted
before anything is made of them.

Source: YAML 1.2, 7.1, "Alias Nodes".
"""

from typing import Any

import yaml

LONGEST = 1_000_000
"""Characters of a text that is read."""

DEEPEST = 50
"""Levels of lists and mappings within each other."""

MOST = 200_000
"""Values that a text may stand for."""


def read_yaml(text: str | bytes) -> Any:  # noqa: ANN401
    """Return what a text holds.

    Raises:
        ValueError: If it is not YAML, or longer, deeper or more than the limits; the
            end of a sentence about it, in one line.

    Example:
        >>> from trainwell.core.safe_yaml import read_yaml
        >>> read_yaml("widths: [8, 16]")
        {'widths': [8, 16]}
        >>> read_yaml("{")
        Traceback (most recent call last):
        ValueError: is not valid YAML: while parsing a flow node expected ...
    """
    if len(text) > LONGEST:
        raise ValueError(f"has more than {LONGEST:,} characters")
    loader = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return None
        if _size(node, {}) > MOST:
            raise ValueError(f"stands for more than {MOST:,} values")
        return loader.construct_document(node)
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise ValueError(f"is not valid YAML: {reason}") from error
    except (RecursionError, OverflowError, TypeError) as error:
        raise ValueError(f"cannot be read ({error})") from error
    finally:
        if loader is not None:
            loader.dispose()


class _Loader(yaml.SafeLoader):
    """Stops where the limit is passed, before the rest is read."""

    depth = -1

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ValueError(f"is nested more than {DEEPEST} levels deep")
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


def _size(node: yaml.Node, known: dict[int, int], depth: int = 0) -> int:
    """Return how many values a node stands for, every use of a named part counted."""
    if depth > DEEPEST:
        raise ValueError(f"is nested more than {DEEPEST} levels deep")
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) not in known:
        parts = node.value
        if isinstance(node, yaml.MappingNode):
            parts = [part for pair in parts for part in pair]
        known[id(node)] = 1 + sum(_size(part, known, depth + 1) for part in parts)
    return known[id(node)]
