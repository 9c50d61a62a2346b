"""Text and tables as Markdown."""

import re
import textwrap
from collections.abc import Iterable

_URL = re.compile(r"https?://\S+[^\s.,;)]")


def prose(text: str) -> str:
    """Return text with the characters escaped that Markdown would interpret."""
    parts = re.split(r"(`[^`]*`)", text)
    parts[::2] = [_plain(part) for part in parts[::2]]
    return "".join(parts)


def explained(text: str) -> str:
    """Return text in which indented lines are code and the others are prose."""
    parts = re.split(r"((?:^    .*\n?)+)", text, flags=re.MULTILINE)
    parts[::2] = map(prose, parts[::2])
    for i, code in enumerate(parts[1::2]):
        lines = textwrap.dedent(code).strip("\n")
        parts[2 * i + 1] = f"```text\n{lines}\n```\n"
    return "".join(parts)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table as Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(text: str) -> str:
    for character, code in {"<": "&lt;", "*": "&#42;", "|": "&#124;"}.items():
        text = text.replace(character, code)
    return _URL.sub(lambda url: f"[{url[0].partition('//')[2]}]({url[0]})", text)
