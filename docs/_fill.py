"""Write the generated parts of the pages, so that they are never out of date.

A generated part stands between `<!-- models -->` and `<!-- end of models -->`; `PARTS`
lists all of them. `scripts/write_docs` rewrites the files.
"""

import math
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import _cards
import _claims
from _markdown import table

from trainwell.augment.policies import POOL
from trainwell.models import names
from trainwell.recipes import PRESETS, Recipe, keys, techniques

DOCS = Path(__file__).parent
_MANY, _SEPIA = 8, 0.393  # of a long list, the first parameter stands for all


def main() -> None:
    """Rewrite every page with a generated part."""
    for page in (*DOCS.glob("*.md"), *DOCS.glob("techniques/*.md")):
        text = page.read_text("utf-8")
        if (updated := filled(text)) != text:
            page.write_text(updated, "utf-8")


def filled(markdown: str) -> str:
    """Return a page with its generated parts up to date."""
    for name, write in PARTS.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        if begin in markdown:
            pattern = f"{re.escape(begin)}.*?{re.escape(end)}"
            part = f"{begin}\n\n{write()}\n\n{end}"
            markdown = re.sub(pattern, lambda _, p=part: p, markdown, flags=re.S)
    return markdown


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


def operations() -> str:
    """Return a table of the operations of policies."""
    rows = [
        (f"`{name}`" if i == 0 else "", *cells)
        for name, operation in POOL.items()
        for i, cells in enumerate(_parameters(operation.parameters))
    ]
    return table(("operation", "parameter", "drawn from", "limits", "strength"), rows)


def _parameters(parameters: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Return parameter, range, limits and ends of each."""
    many = len(parameters) > _MANY
    shown = {k: p for k, p in parameters.items() if not many or p.ends == (1, _SEPIA)}
    if not shown:
        return [("", "", "", "")]
    return [
        (
            f"`{name}`" + (", ..." if many else ""),
            " or ".join(p.words) or (_span(p.usual) if p.usual else "left out"),
            "" if p.words or not math.isfinite(p.limits[1]) else _span(p.limits),
            "" if p.ends is None else f"{'± ' if p.signed else ''}{_span(p.ends)}",
        )
        for name, p in shown.items()
    ]


def _span(ends: tuple[float, float]) -> str:
    low, high = (f"{end:.3g}" for end in ends)
    return low if low == high else f"{low} to {high}"


def models() -> str:
    """Return the names of the networks."""
    return ", ".join(f"`{name}`" for name in names())


_GROUPS = dict.fromkeys(technique.group for technique in techniques())
PARTS: dict[str, Callable[[], str]] = {
    "recipe keys": recipe_keys,
    "presets": presets,
    "models": models,
    "operations": operations,
    "networks": _cards.networks,
    "techniques": _cards.index,
    "claim counts": _claims.counts,
    "claims": _claims.page,
    **{f"cards {g.lower()}": partial(_cards.page, g) for g in _GROUPS},
}


if __name__ == "__main__":
    main()
