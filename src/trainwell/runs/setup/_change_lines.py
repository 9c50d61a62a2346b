"""What was changed in a network, in few lines: a line per kind of change."""

import re
from collections.abc import Iterable

_FEW = 3  # layers that are named one by one
_ARGUMENTS = re.compile(r"\([^()]*\)")


def change_lines(messages: Iterable[str]) -> list[str]:
    """Join the messages of layers that were changed in the same way.

    Example:
        >>> change_lines(f"conv{i}: bias added" for i in range(5))
        ['conv0 to conv4 (5 layers): bias added']
    """
    groups: dict[str, list[str]] = {}
    for message in messages:
        name, colon, what = message.partition(": ")
        groups.setdefault(_ARGUMENTS.sub("", what) if colon else name, []).append(
            message
        )
    return [line for kind, members in groups.items() for line in _lines(kind, members)]


def _lines(kind: str, members: list[str]) -> list[str]:
    if len(members) <= _FEW:
        return members
    names, whats = zip(*(m.split(": ", 1) for m in members), strict=True)
    what = whats[0] if len(set(whats)) == 1 else kind
    return [f"{names[0]} to {names[-1]} ({len(names)} layers): {what}"]
