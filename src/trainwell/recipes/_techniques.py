"""The table of techniques, read off the code."""

import importlib
import inspect
import re
from dataclasses import dataclass
from typing import Any

from trainwell import models
from trainwell.recipes._builders import builders, section_names
from trainwell.recipes._rows import KEYS, ROWS, TITLES

_PARTS = ("Use", "Side effects", "Source")


@dataclass(frozen=True)
class Technique:
    """One technique: what it is, where it is, and how to ask for it.

    Attributes:
        group: Such as "Activations".
        name: Within the group.
        path: To import it from.
        recipe: The key that a recipe reaches it by; empty if only Python does.
        test: Its test, from the project's folder.
        what: One clause.
        formula: And whatever else stands before the uses.
        use: When to use it.
        side_effects: What else it changes.
        source: Paper, section or equation.
    """

    group: str
    name: str
    path: str
    recipe: str
    test: str
    what: str
    formula: str
    use: str
    side_effects: str
    source: str


def techniques() -> tuple[Technique, ...]:
    """Return every technique, group by group."""
    found = [
        _technique(group, f"{package}.{name}")
        for group, packages in ROWS.items()
        for package, listed in packages.items()
        for name in listed.split()
    ]
    found += [_technique("Models", f"models.{name}") for name in models.names()]
    return tuple(found)


def value_of(technique: Technique) -> Any:  # noqa: ANN401
    """Return the function or class behind a technique."""
    module, _, name = technique.path.rpartition(".")
    return getattr(importlib.import_module(module), name)


def _technique(group: str, path: str) -> Technique:
    module, _, attribute = f"trainwell.{path}".rpartition(".")
    value = getattr(importlib.import_module(module), attribute)
    home = inspect.getmodule(value)
    text = parts(inspect.getdoc(home) or "")
    where = (home.__name__ if home else module).split(".")[1:]
    test = "/".join(["tests", *where[:-1], f"test{where[-1]}.py"])
    return Technique(
        group,
        TITLES.get(path, attribute),
        f"trainwell.{path}",
        _recipe_key(path, value),
        test,
        text["what"],
        text["formula"],
        text["Use"],
        text["Side effects"],
        text["Source"],
    )


def _recipe_key(path: str, value: object) -> str:
    if path in KEYS:
        return KEYS[path]
    if path.startswith("models."):
        return f"model.name={path.removeprefix('models.')}"
    keys = [
        f"{section}.name={name}"
        for section in section_names()
        for name, builder in builders(section).items()
        if builder is value
    ]
    return keys[0] if keys else ""


def parts(text: str) -> dict[str, str]:
    """Split the text of a technique's module; a missing part is empty."""
    found = dict.fromkeys(("what", "formula", *_PARTS), "")
    heads = "|".join(_PARTS)
    before, *rest = re.split(rf"^({heads}): ", text, flags=re.MULTILINE)
    for head, body in zip(rest[::2], rest[1::2], strict=True):
        found[head] = " ".join(body.split())
    what, _, formula = before.partition("\n\n")
    found["what"] = " ".join(what.split())
    found["formula"] = formula.rstrip()
    return found
