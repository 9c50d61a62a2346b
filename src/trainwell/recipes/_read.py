"""Make a recipe from a preset or a file, and from `key=value` overrides."""

import json
from collections.abc import Iterable, Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import pydantic
import yaml

from trainwell.core import checks
from trainwell.core.errors import RecipeError
from trainwell.core.files import read_regular
from trainwell.core.safe_yaml import read_yaml
from trainwell.core.techniques import section_names
from trainwell.recipes import _presets
from trainwell.recipes._bounds import refuse_extreme
from trainwell.recipes._explain import explain
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._vocabulary import checked

RecipeLike = str | PathLike[str] | Mapping[str, Any] | Recipe
"""A preset's name, a .yaml file, or keys and values, nested or dotted."""

Override = str | Mapping[str, Any] | Recipe
"""A `key=value` text, or keys and values, nested or dotted."""


def read_recipe(start: RecipeLike | None, overrides: Iterable[Override] = ()) -> Recipe:
    """Return the recipe of a preset, a YAML file or a mapping, with overrides applied.

    Args:
        start: Name of a preset, path of a .yaml file, a mapping such as
            `{"optimizer": {"lr": 0.1}}` or `{"optimizer.lr": 0.1}`, or None for `auto`.
        overrides: `key=value` texts, whose values are read as YAML, or mappings.

    Raises:
        RecipeError: If a name, key or value is not known or not valid.

    Example:
        >>> recipe = read_recipe("resnet", ["optimizer.lr=0.02"])
        >>> recipe.model.name, recipe.optimizer.lr
        ('resnet18', 0.02)
    """
    tree = _tree(start)
    for override in override_texts(overrides):
        key, equals, value = override.partition("=")
        if not equals:
            raise RecipeError(
                f"{override!r} is not key=value, such as optimizer.lr=0.05."
                f"{_AS_RECIPE if override in _presets.PRESETS else ''}"
            )
        _put(tree, key.strip(), _value(key, value))
    return recipe_from(tree)


def override_texts(overrides: Iterable[Override]) -> list[str]:
    """Return overrides as `key=value` texts, as the command line takes them.

    Example:
        >>> override_texts(["seed=1", {"train": {"epochs": 2}, "train.time": None}])
        ['seed=1', 'train.epochs=2', 'train.time=null']
    """
    texts = []
    for override in overrides:
        if isinstance(override, str):
            texts.append(override)
        else:
            flat = _flat(override).items()
            texts += [f"{key}={json.dumps(value, default=str)}" for key, value in flat]
    return texts


def recipe_from(tree: Mapping[str, Any]) -> Recipe:
    """Validate a nested mapping; the error names the key and the nearest right one.

    Example:
        >>> recipe_from({"norm": "group_norm"}).norm.name
        'group_norm'
    """
    try:
        recipe = Recipe.model_validate(tree)
    except pydantic.ValidationError as error:
        raise RecipeError(explain(error.errors()[0])) from error
    for section in section_names():
        checked(section, getattr(recipe, section), resolved=False)
    refuse_extreme(recipe.model_dump())
    return recipe


def write_recipe(recipe: Recipe) -> str:
    """Return the recipe as YAML that `read_recipe` reads back equal.

    Example:
        >>> write_recipe(Recipe(seed=3)).splitlines()[2]
        'seed: 3'
    """
    return yaml.safe_dump(recipe.model_dump(mode="json"), sort_keys=False)


def _tree(start: RecipeLike | None) -> dict[str, Any]:
    if start is None:
        return {}
    if isinstance(start, str | PathLike):
        return _start(fspath(start))
    tree: dict[str, Any] = {}
    for key, value in _flat(start).items():
        _put(tree, key, value)
    return tree


def _flat(given: Mapping[str, Any] | Recipe) -> dict[str, Any]:
    """Return dotted keys and their values; sections are one level deep."""
    flat: dict[str, Any] = {}
    mapping = (
        given.model_dump(exclude_unset=True) if isinstance(given, Recipe) else given
    )
    for key, value in mapping.items():
        if isinstance(value, Mapping) and "." not in str(key):
            flat |= {f"{key}.{inner}": part for inner, part in value.items()}
        else:
            flat[str(key)] = value
    return flat


def _start(start: str) -> dict[str, Any]:
    if start in _presets.PRESETS:
        return {"name": start, **_presets.PRESETS[start]()}
    path = Path(start)
    if path.is_dir():  # of a run
        path /= "recipe.yaml"
    if not path.exists() or path.is_dir():
        near = checks.did_you_mean(start, _presets.PRESETS)
        raise RecipeError(
            f"recipe {start!r} is neither a file nor one of "
            f"{', '.join(_presets.PRESETS)}.{near}"
        )
    content = read_regular(path)
    try:
        tree = read_yaml(content)
    except ValueError as error:
        raise RecipeError(f"{path} {error}.") from error
    if not isinstance(tree, dict):
        raise RecipeError(f"{path} must hold keys and values, as recipe.yaml does.")
    return tree


def _value(key: str, text: str) -> Any:  # noqa: ANN401
    if not text.strip():
        raise RecipeError(f"`{key}` has no value; write {key}=VALUE, or leave it out.")
    try:
        value = read_yaml(text)
    except ValueError as error:
        raise RecipeError(f"`{key}`: {text!r} is not a valid value.") from error
    if isinstance(value, str):  # YAML 1.1 reads 1e-3 as text
        try:
            return float(value)
        except ValueError:
            return value
    return value


def _put(tree: dict[str, Any], key: str, value: Any) -> None:  # noqa: ANN401
    *sections, last = key.split(".")
    for section in sections:
        if isinstance(tree.get(section), str | int):  # norm=group_norm, ensemble=3
            tree[section] = {"name": tree[section]}
        tree = tree.setdefault(section, {})
        if not isinstance(tree, dict):
            raise RecipeError(f"`{key}` is not a key of a recipe.")
    if isinstance(tree.get(last), dict) and isinstance(value, str):
        tree[last]["name"] = value
    else:
        tree[last] = value


_AS_RECIPE = " It is a preset; give it as `recipe` (`--recipe`)."
