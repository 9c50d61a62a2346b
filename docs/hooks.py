"""Complete the pages while MkDocs builds them.

The text of the pages is in the Markdown files (`scripts/write_docs` writes what is
generated). Added here are the charts, links into the reference, and what the reference
shows of a package: a line `::: trainwell.losses` shows all that it lists as public.
"""

import importlib
import inspect
import re
import textwrap

from _claims import picture, results
from _pictures import chart_of
from _plot import figure

from trainwell.recipes import techniques


def on_page_markdown(markdown: str, **_: object) -> str:
    """Return a page with charts and links; called by MkDocs."""
    markdown = re.sub(r"^<!-- chart (\S+) -->$", _chart, markdown, flags=re.M)
    markdown = re.sub(r"^<!-- claim (\w+) -->$", _claim, markdown, flags=re.M)
    markdown = re.sub(
        r'^<a id="([^"]+)"></a>\n\n(## .+)$', r"\2 {#\1}", markdown, flags=re.M
    )
    markdown = re.sub(r"^\*\*In Python:\*\* .+$", _linked, markdown, flags=re.M)
    return re.sub(r"^::: (trainwell[\w.]*)$", _package, markdown, flags=re.M)


def _chart(line: re.Match[str]) -> str:
    row = next(row for row in techniques() if row.path == line[1])
    chart = chart_of(row)
    return figure(chart) if chart else ""


def _claim(line: re.Match[str]) -> str:
    return picture(line[1]) if line[1] in results() else line[0]


def _linked(line: re.Match[str]) -> str:
    """Link every name to its entry in the reference."""
    return re.sub(r"`(trainwell[\w.]+)`", r"[`\1`][\1]", line[0])


def _package(line: re.Match[str]) -> str:
    """Show a package's text and its public members, each with its formula and source.

    Those stand in the text of the member's module, once for all members from there.
    """
    package = importlib.import_module(line[1])
    level = 3 if f"## {line[1]}" in line.string else 2
    parts = [_shown(line[1], show_root_toc_entry=False, members=False)]
    groups: dict[object, list[str]] = {}
    for name, value in vars(package).items():
        origin = inspect.getmodule(value)
        foreign = origin and not origin.__name__.startswith("trainwell")
        if not (name.startswith("_") or inspect.ismodule(value) or foreign):
            groups.setdefault(origin, []).append(name)
    for module, members in groups.items():
        parts += [
            _shown(f"{line[1]}.{name}", show_root_heading=True, heading_level=level)
            for name in members
        ]
        text = inspect.getdoc(module) or ""
        if "Source: " in text and "Source: none" not in text:
            text = re.sub(r"\n+(Use|Side effects|Source): ", r"\n\n**\1:** ", text)
            quoted = textwrap.indent(text, "    ")
            parts.append(f'!!! quote "Formula and source"\n\n{quoted}')
    return "\n\n".join(parts)


def _shown(path: str, **options: bool | int) -> str:
    lines = [f"      {name}: {value}".lower() for name, value in options.items()]
    return "\n".join([f"::: {path}", "    options:", *lines])
