"""The cards of the techniques, built from their docstrings and signatures."""

import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from _markdown import explained, prose, table
from _pictures import chart_of
from _recipe_examples import command, recipe, written

from trainwell import models
from trainwell.recipes import Technique, techniques, value_of

_FROM_DATA = {  # arguments that the user does not set
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
    """The techniques that one module, and so one text, describes."""

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
        """The anchor of the card on its page."""
        return self.rows[0].name.partition(",")[0]

    @property
    def recipes(self) -> tuple[str, ...]:
        """The keys that select it; empty if no recipe can."""
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
    """Return a table per group: technique, what it is, how a recipe selects it."""
    parts = []
    for group in dict.fromkeys(row.group for row in techniques()):
        file = f"{group.lower()}.md"
        rows = [
            (
                f"[{card.heading}]({file}#{card.anchor})",
                prose(card.rows[0].what),
                _selected(card, short=True),
            )
            for card in cards(group)
        ]
        head = ("technique", "what it is", "in a recipe")
        parts.append(f"## [{group}]({file})\n\n{table(head, rows)}")
    return "\n\n".join(parts)


def shown(card: Card) -> str:
    """Return one card as Markdown."""
    row = card.rows[0]
    arguments = _arguments(card.rows)
    places = ", ".join(f"`{row.path}`" for row in card.rows)
    parts = [
        f'<a id="{card.anchor}"></a>',
        f"## {card.heading}",
        prose(row.what),
        explained(row.formula),
        f"<!-- chart {row.path} -->" if chart_of(row) else "",
        _sizes(card.rows) if row.group == "Models" else "",
        f"**Use:** {prose(row.use)}",
        f"**Side effects:** {prose(row.side_effects)}",
        table(("argument", "default", "meaning"), arguments) if arguments else "",
        f"**In a recipe:** {_selected(card)}",
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


def _selected(card: Card, *, short: bool = False) -> str:
    """Return how to select a technique, as text or code."""
    if command(card.rows[0]):
        return f"`{command(card.rows[0])}`"
    if not card.recipes:
        return "in code only"
    if short:  # the line may break after the key
        key, _, value = card.recipes[0].split()[0].partition("=")
        return f"<code>{key}=<wbr>{value}</code>"
    return ", ".join(f"`{line}`" for line in card.recipes)


def _arguments(rows: Iterable[Technique]) -> list[tuple[str, str, str]]:
    """Return name, default and meaning of every optional argument."""
    found: dict[str, tuple[str, str, str]] = {}
    for row in rows:
        value = row.row.builder()
        for key, parameter in inspect.signature(value).parameters.items():
            if parameter.default is not parameter.empty and key not in _FROM_DATA:
                default = f"`{written(parameter.default)}`"
                found[key] = (f"`{key}`", default, prose(_meaning(value, key)))
    return list(found.values())


def _meaning(value: Any, argument: str) -> str:  # noqa: ANN401
    """Return an argument's entry in the docstring, or in another of the module."""
    module = vars(inspect.getmodule(value))
    for candidate in (value, *filter(callable, module.values())):
        text = inspect.getdoc(candidate) or ""
        entry = re.search(rf"^ +{argument}: (.+(?:\n {{8,}}.+)*)", text, re.MULTILINE)
        if entry:
            return " ".join(entry[1].split())
    return ""


def _sizes(rows: Iterable[Technique]) -> str:
    return table(("network", "parameters", "for"), map(size, rows))
