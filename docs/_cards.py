"""The cards of the techniques, built from their docstrings and signatures."""

import inspect
import re
import shlex
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from _pictures import chart_of
from _plot import figure

from trainwell import models
from trainwell.recipes import Technique, builders, parameters, techniques, value_of

_URL = re.compile(r"https?://\S+[^\s.,;)]")
_GIVEN = {  # by the data, not by the user
    "num_classes",
    "in_channels",
    "image_size",
    "num_features",
    "class_weights",
    "visible",
}
_EXAMPLES = {
    "loss.name=cross_entropy": "loss=cross_entropy loss.label_smoothing=0.1",
    "init.gain": "init=kaiming_normal init.gain=1.0",
    "activation.name": "activation=elu",
    "norm.name": "norm=group_norm",
    "train.average": "train.average=0.99",
    "penalty.proximal": "penalty=l1 penalty.weight=1e-5 penalty.proximal=true",
    "optimizer.weight_decay": "optimizer.weight_decay=5e-4",
    "noise.passes": "noise=dropout noise.passes=8",
    "train.patience": "train.patience=5",
    "loss.class_weights": "loss.class_weights=balanced",
    "optimizer.lookahead": "optimizer.lookahead=5",
    "schedule.warmup": "schedule.warmup=0.1",
    "optimizer.base_batch_size": "optimizer.base_batch_size=256",
}
_COMMANDS = {
    "in every export": "trainwell export runs/photos-1",
    "trainwell check init": "trainwell check init resnet18",
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
        return tuple(dict.fromkeys(filter(None, map(_recipe, self.rows))))


def cards(group: str) -> list[Card]:
    """Return the cards of a group, in the order of its rows."""
    found: dict[str, list[Technique]] = {}
    for row in techniques():
        if row.group == group:
            found.setdefault(_home(row), []).append(row)
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
        _formula(row.formula),
        figure(chart) if chart else "",
        _sizes(card) if row.group == "Models" else "",
        f"**Use:** {prose(row.use)}",
        f"**Side effects:** {prose(row.side_effects)}",
        table(("argument", "default", "meaning"), arguments) if arguments else "",
        f"**In a recipe:** {_asked(card)}",
        f"**In Python:** {places}",
        f"**Source:** {prose(row.source)}",
    ]
    return "\n\n".join(filter(None, parts))


def sizes(rows: Iterable[Technique]) -> list[tuple[str, str, str]]:
    """Return name, parameters, and the data they are counted for, of networks."""
    found = []
    for row in rows:
        entry = inspect.signature(value_of(row)).parameters
        classes = entry["num_classes"].default
        classes = 10 if classes is inspect.Parameter.empty else classes
        with torch.device("meta"):
            created = models.create(row.name, num_classes=classes)
        count, spec = models.num_parameters(created.model), created.spec
        size = f"{spec.image_size} px, {classes} classes"
        found.append((f"`{row.name}`", f"{count:,}", size))
    return found


def prose(text: str) -> str:
    """Return text whose signs Markdown would take for its own, marked as plain."""
    parts = re.split(r"(`[^`]*`)", text)
    parts[::2] = [_plain(part) for part in parts[::2]]
    return "".join(parts)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table as Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(text: str) -> str:
    for sign, code in {"<": "&lt;", "*": "&#42;", "|": "&#124;"}.items():
        text = text.replace(sign, code)
    return _URL.sub(lambda url: f"[{url[0].partition('//')[2]}]({url[0]})", text)


def _home(row: Technique) -> str:
    module = inspect.getmodule(value_of(row))
    return module.__name__ if module else row.path


def _recipe(row: Technique) -> str:
    section, named, name = row.recipe.partition(".name=")
    if row.recipe in _EXAMPLES:
        return _EXAMPLES[row.recipe]
    if not named:
        return ""
    if section == "model":
        return row.recipe
    words = [f"{section}={name}"]
    taken = parameters(section, name).items()
    told = {k: p.default for k, p in taken if k != "eps" and p.default is not None}
    words += [f"{section}.{k}={_value(v)}" for k, v in list(told.items())[:1]]
    return " ".join(map(shlex.quote, words))


def _asked(card: Card, *, short: bool = False) -> str:
    """Return how to ask for a technique, in words or code."""
    command = _COMMANDS.get(card.rows[0].recipe)
    if command:
        return f"`{command}`"
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
        section, named, name = row.recipe.partition(".name=")
        value = (
            builders(section)[name] if named and section != "model" else value_of(row)
        )
        for key, parameter in inspect.signature(value).parameters.items():
            if parameter.default is not parameter.empty and key not in _GIVEN:
                default = f"`{_value(parameter.default)}`"
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


def _value(value: Any) -> str:  # noqa: ANN401
    """Return a value as a recipe has it."""
    if isinstance(value, tuple):
        return f"[{','.join(map(_value, value))}]"
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _formula(text: str) -> str:
    """Return a docstring's indented lines as code, and the others as prose."""
    parts = re.split(r"((?:^    .*\n?)+)", text, flags=re.MULTILINE)
    parts[::2] = map(prose, parts[::2])
    for i, code in enumerate(parts[1::2]):
        lines = textwrap.dedent(code).strip("\n")
        parts[2 * i + 1] = f"``` {{ .text .no-copy }}\n{lines}\n```\n"
    return "".join(parts)


def _sizes(card: Card) -> str:
    return table(("network", "parameters", "for"), sizes(card.rows))
