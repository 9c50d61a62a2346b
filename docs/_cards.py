"""The cards of the techniques, built from their docstrings and signatures."""

import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from _asking import command, recipe, written
from _markdown import explained, prose, table
from _pictures import chart_of
from _plot import figure

from trainwell import models
from trainwell.recipes import Technique, techniques, value_of

_GIVEN = {  # by the data, not by the user
    "num_classes",
    "in_channels",
    "image_size",
    "num_features",
    "weight",
    "reduction",
    "visible",
    "count",
    "weights",
}


@dataclass(frozen=True)
class Card:
    """Techniques that one module, and so one text, describes."""

    rows: tuple[Technique, ...]

    @property
    def heading(self) -> str:
        """The names; networks that differ in size share one."""
        if self.rows[0].group != "Models":
            return ", ".join(row.name for row in self.rows)
        sizes: dict[str, list[str]] = {}
        for row in self.rows:
            stem, size = re.fullmatch(r"(\D+?)(\d[\d_]*)?", row.name).groups()  # type: ignore[union-attr]
            sizes.setdefault(stem, []).append(size or "")
        return ", ".join(stem + " / ".join(found) for stem, found in sizes.items())

    @property
    def anchor(self) -> str:
        """Where the card stands on its page."""
        return self.rows[0].name.partition(",")[0]

    @property
    def recipes(self) -> tuple[str, ...]:
        """What to put on the command line; empty if only Python reaches it."""
        return tuple(dict.fromkeys(filter(None, map(recipe, self.rows))))


def cards(group: str) -> list[Card]:
    """Return the cards of a group, in the order of its rows."""
    found: dict[str, list[Technique]] = {}
    for row in techniques():
        if row.group == group:
            found.setdefault(row.module, []).append(row)
    return [Card(tuple(rows)) for rows in found.values()]


def page(group: str) -> str:
    """Return all cards of a group as Markdown."""
    return "\n\n".join(map(shown, cards(group)))


def index() -> str:
    """Return a table per group: technique, what it is, how a recipe asks for it."""
    parts = []
    for group in dict.fromkeys(row.group for row in techniques()):
        file = f"{group.lower()}.md"
        rows = [
            (
                f"[{card.heading}]({file}#{card.anchor})",
                prose(card.rows[0].what),
                _asked(card, short=True),
            )
            for card in cards(group)
        ]
        head = ("technique", "what it is", "in a recipe")
        parts.append(f"## [{group}]({file})\n\n{table(head, rows)}")
    return "\n\n".join(parts)


def shown(card: Card) -> str:
    """Return one card as Markdown."""
    row = card.rows[0]
    chart = chart_of(row)
    arguments = _arguments(card.rows)
    places = ", ".join(f"[`{row.path}`][{row.path}]" for row in card.rows)
    parts = [
        f"## {card.heading} {{#{card.anchor}}}",
        prose(row.what),
        explained(row.formula),
        figure(chart) if chart else "",
        _sizes(card.rows) if row.group == "Models" else "",
        f"**Use:** {prose(row.use)}",
        f"**Side effects:** {prose(row.side_effects)}",
        table(("argument", "default", "meaning"), arguments) if arguments else "",
        f"**In a recipe:** {_asked(card)}",
        f"**In Python:** {places}",
        f"**Source:** {prose(row.source)}",
    ]
    return "\n\n".join(filter(None, parts))


def networks() -> str:
    """Return a table of all networks with their parameters."""
    return _sizes(row for row in techniques() if row.group == "Models")


@cache
def size(row: Technique) -> tuple[str, str, str]:
    """Return a network's name, its parameters, and the data they are counted for."""
    classes = inspect.signature(value_of(row)).parameters["num_classes"].default
    classes = 10 if classes is inspect.Parameter.empty else classes
    with torch.device("meta"):
        created = models.create(row.name, num_classes=classes)
    count, pixels = models.num_parameters(created.model), created.spec.image_size
    return f"`{row.name}`", f"{count:,}", f"{pixels} px, {classes} classes"


def _asked(card: Card, *, short: bool = False) -> str:
    """Return how to ask for a technique, in words or code."""
    if command(card.rows[0]):
        return f"`{command(card.rows[0])}`"
    if not card.recipes:
        return "in code only"
    if short:  # may break behind the key
        key, _, value = card.recipes[0].split()[0].partition("=")
        return f"<code>{key}=<wbr>{value}</code>"
    return ", ".join(f"`{line}`" for line in card.recipes)


def _arguments(rows: Iterable[Technique]) -> list[tuple[str, str, str]]:
    """Return name, default and meaning of what may be left out."""
    found: dict[str, tuple[str, str, str]] = {}
    for row in rows:
        value = row.row.builder()
        for key, parameter in inspect.signature(value).parameters.items():
            if parameter.default is not parameter.empty and key not in _GIVEN:
                default = f"`{written(parameter.default)}`"
                found[key] = (f"`{key}`", default, prose(_meaning(value, key)))
    return list(found.values())


def _meaning(value: Any, argument: str) -> str:  # noqa: ANN401
    """Return what the docstring of a function says, or another's of its module."""
    module = vars(inspect.getmodule(value))
    for candidate in (value, *filter(callable, module.values())):
        text = inspect.getdoc(candidate) or ""
        entry = re.search(rf"^ +{argument}: (.+(?:\n {{8,}}.+)*)", text, re.MULTILINE)
        if entry:
            return " ".join(entry[1].split())
    return ""


def _sizes(rows: Iterable[Technique]) -> str:
    return table(("network", "parameters", "for"), map(size, rows))
