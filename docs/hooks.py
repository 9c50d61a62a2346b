"""Fill the pages with what the code knows, so that they are never out of date.

A line such as `<!-- recipe keys -->`, `<!-- models -->` or `<!-- cards losses -->` is
replaced (`_FILL` lists them). A line `::: trainwell.losses` shows what that package
lists as public.
"""

import importlib
import inspect
import re
import textwrap
from collections.abc import Callable
from functools import partial

import _cards
from _markdown import table

from trainwell.models import names
from trainwell.recipes import PRESETS, Recipe, keys, techniques


def on_page_markdown(markdown: str, **_: object) -> str:
    """Replace the markers of a page; called by MkDocs."""
    for marker, fill in _FILL.items():
        line = f"<!-- {marker} -->"
        if line in markdown:
            markdown = markdown.replace(line, fill())
    return re.sub(r"^::: (trainwell[\w.]*)$", _package, markdown, flags=re.M)


def _package(line: re.Match[str]) -> str:
    """Show a package's text and its public members, each with its formula and source.

    Those stand in the text of the member's module, once for all members from there.
    """
    package = importlib.import_module(line[1])
    level = 3 if f"## {line[1]}" in line.string else 2
    parts = [_shown(line[1], show_root_toc_entry=False, members=False)]
    groups: dict[object, list[str]] = {}
    for name, value in vars(package).items():
        if not name.startswith("_") and not inspect.ismodule(value):
            groups.setdefault(inspect.getmodule(value), []).append(name)
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


def recipe_keys() -> str:
    """Return a table per section: key, default, meaning."""
    recipe = Recipe().model_dump()
    parts: dict[str, list[tuple[str, ...]]] = {}
    for key, meaning in keys().items():
        section, _, field = key.rpartition(".")
        values = recipe[section] if section else recipe
        own = field in values
        default = (
            "chosen" if own and values[field] is None else f"`{values.get(field)}`"
        )
        default = default if own else "the technique's"
        parts.setdefault(section, []).append((f"`{key}`", default, meaning))
    head = ("key", "default", "meaning")
    return "\n\n".join(
        (f"### {section}\n\n" if section else "") + table(head, rows)
        for section, rows in parts.items()
    )


def presets() -> str:
    """Return a table of the presets."""
    rows = [(f"`{n}`", " ".join((f.__doc__ or "").split())) for n, f in PRESETS.items()]
    return table(("preset", "what it is"), rows)


def models() -> str:
    """Return the names of the networks."""
    return ", ".join(f"`{name}`" for name in names())


_GROUPS = dict.fromkeys(technique.group for technique in techniques())
_FILL: dict[str, Callable[[], str]] = {
    "recipe keys": recipe_keys,
    "presets": presets,
    "models": models,
    "networks": _cards.networks,
    "techniques": _cards.index,
    **{f"cards {g.lower()}": partial(_cards.page, g) for g in _GROUPS},
}
