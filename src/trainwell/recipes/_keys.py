"""Every key that a recipe has, with what it means."""

import inspect
import re

from trainwell.core.techniques import builders
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._section import Component, Section
from trainwell.recipes._vocabulary import parameters


def keys(section: type[Section] = Recipe, prefix: str = "") -> dict[str, str]:
    """Return every key, dotted, with what it means.

    Arguments of techniques follow the fields that all of a section share, and say
    whose they are.

    Example:
        >>> keys()["seed"]
        'Same seed, same machine: same weights.'
    """
    found: dict[str, str] = {}
    for name, field in section.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Section):
            found |= keys(kind, f"{prefix}{name}.")
        else:
            found[prefix + name] = " ".join((field.description or "").split())
    if issubclass(section, Component):
        found = found | {k: v for k, v in _arguments(prefix).items() if k not in found}
    return found


def _arguments(prefix: str) -> dict[str, str]:
    section = prefix.removesuffix(".")
    users: dict[str, list[str]] = {}
    for name in builders(section):
        for key in parameters(section, name):
            users.setdefault(key, []).append(name)
    return {
        prefix + key: f"{meaning(section, names[0], key)} ({', '.join(names)})"
        for key, names in users.items()
    }


def meaning(section: str, name: str, argument: str) -> str:
    """Return what the docstring of a technique says of one argument.

    Where the docstring has no such entry, the text is empty.
    """
    text = inspect.getdoc(builders(section)[name]) or ""
    entry = re.search(rf"^ +{argument}: (.+(?:\n {{8,}}.+)*)", text, re.MULTILINE)
    return " ".join(entry[1].split()) if entry else ""
