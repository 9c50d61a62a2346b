"""The keys of a recipe as a list that is read without importing PyTorch.

`scripts/write_recipe_keys` writes the list; a test holds it against the recipe. Command
line completion and `trainwell show recipe` read it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

FILE = "recipe_keys.json"


@dataclass(frozen=True)
class RecipeKey:
    """One key of a recipe.

    Attributes:
        key: The dotted key, such as `optimizer.lr`.
        meaning: What it means, in a sentence.
        default: Its default as text; empty where it is chosen from the data, or where
            nothing is done without it.
        allowed: The values it takes, in words, such as `number > 0`.
        choices: The values it can have, where these are few.
        users: The techniques that take it; empty for fields that all share.
    """

    key: str
    meaning: str
    default: str
    allowed: str
    choices: tuple[str, ...]
    users: tuple[str, ...]


@cache
def recipe_keys() -> Sequence[RecipeKey]:
    """Return every key, section by section."""
    text = resources.files("trainwell.core").joinpath(FILE).read_text("utf-8")
    return [
        RecipeKey(
            entry["key"],
            entry["meaning"],
            entry["default"],
            entry["allowed"],
            tuple(entry["choices"]),
            tuple(entry["users"]),
        )
        for entry in json.loads(text)
    ]


def sections() -> list[str]:
    """Return the sections of a recipe.

    Example:
        >>> sections()[:3]
        ['data', 'preprocess', 'model']
    """
    dotted = [k.key.partition(".")[0] for k in recipe_keys() if "." in k.key]
    return list(dict.fromkeys(dotted))


def other_place(name: str) -> str:
    """Return the key that a name was meant for; empty where there is none.

    Example:
        >>> other_place("mixup")
        ' Did you mean `augment.mix=mixup`?'
        >>> other_place("cutout")
        ' Did you mean the key `augment.cutout`?'
    """
    for spec in recipe_keys():
        if name in spec.choices and name not in ("none", "auto"):
            key = spec.key.removesuffix(".name")
            return f" Did you mean `{key}={name}`?"
    named = [s.key for s in recipe_keys() if s.key.rpartition(".")[2] == name]
    return f" Did you mean the key `{named[0]}`?" if named else ""


def complete(incomplete: str, before: Sequence[str] = ()) -> list[str]:
    """Return what a word of the form KEY=VALUE may become.

    Args:
        incomplete: The word so far; bash splits words at `=` and gives the value alone.
        before: The words before it.

    Example:
        >>> complete("optimizer.w")
        ['optimizer.weight_decay=']
        >>> complete("optimizer.name=adamw")
        ['optimizer.name=adamw']
        >>> complete("adamw", ["train", "photos", "optimizer.name", "="])
        ['adamw']
    """
    if incomplete in ("", "=") and before and (found := _values(before[-1], "")):
        return found
    if len(before) > 1 and before[-1] == "=":
        return _values(before[-2], incomplete)
    key, equals, value = incomplete.partition("=")
    if equals:
        return [f"{key}={choice}" for choice in _values(key, value)]
    keys = [k.key for k in recipe_keys() if k.key.startswith(incomplete)]
    sections = {
        k.key.partition(".")[0] for k in recipe_keys() if k.key.endswith(".name")
    }
    short = sorted(s for s in sections if s.startswith(incomplete) and incomplete)
    return [f"{name}=" for name in (*short, *keys)]


def _values(key: str, start: str) -> list[str]:
    named = {key, f"{key}.name"}
    found = [k.choices for k in recipe_keys() if k.key in named]
    return [
        choice for choices in found for choice in choices if choice.startswith(start)
    ]
