"""Describe every key of a recipe: its meaning, default, range and choices."""

import inspect
import typing
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from trainwell import models
from trainwell.core.recipe_keys import RecipeKey
from trainwell.core.techniques import builders
from trainwell.recipes._keys import meaning
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._section import Component, Section
from trainwell.recipes._vocabulary import parameters

_BOUNDS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_TYPES = {int: "whole number", float: "number", str: "text", bool: "true or false"}


def key_specs(section: type[Section] = Recipe, prefix: str = "") -> Iterator[RecipeKey]:
    """Yield every key, section by section; arguments of techniques come last."""
    names = list(section.model_fields)
    for name, field in section.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Section):
            yield from key_specs(kind, f"{prefix}{name}.")
        else:
            yield _of_field(prefix + name, field)
    if issubclass(section, Component):
        yield from _arguments(prefix.removesuffix("."), names)


def _of_field(key: str, field: FieldInfo) -> RecipeKey:
    default = field.get_default(call_default_factory=True)
    choices, kinds, bounds = _unfolded(field.annotation)
    bounds += [m for m in field.metadata if _is_bound(m)]
    if key == "model.name":
        choices = list(models.names())
    elif key.endswith(".name"):
        choices = list(builders(key.partition(".")[0]))
    return RecipeKey(
        key,
        " ".join((field.description or "").split()),
        _text(default),
        _in_words(kinds, bounds),
        tuple(choices),
        (),
    )


def _arguments(section: str, shared: list[str]) -> Iterator[RecipeKey]:
    users: dict[str, list[str]] = {}
    for name in builders(section):
        for argument in parameters(section, name):
            if argument not in shared:
                users.setdefault(argument, []).append(name)
    for argument, names in users.items():
        builder = builders(section)[names[0]]
        hint = typing.get_type_hints(
            builder.__init__ if inspect.isclass(builder) else builder
        ).get(argument)
        choices, kinds, _ = _unfolded(hint)
        yield RecipeKey(
            f"{section}.{argument}",
            meaning(section, names[0], argument),
            _text(parameters(section, names[0])[argument].default),
            _in_words(kinds, []),
            tuple(choices),
            tuple(names),
        )


def _unfolded(hint: Any) -> tuple[list[str], list[type], list[Any]]:  # noqa: ANN401
    """Return the choices, the plain types and the bounds in an annotation."""
    if get_origin(hint) is Literal:
        return [str(value) for value in get_args(hint)], [], []
    if get_origin(hint) is typing.Annotated:
        inner, *metadata = get_args(hint)
        choices, kinds, bounds = _unfolded(inner)
        constraints = [c for m in metadata for c in getattr(m, "metadata", [m])]
        return choices, kinds, bounds + [c for c in constraints if _is_bound(c)]
    if get_origin(hint) in (typing.Union, UnionType):
        parts = [_unfolded(part) for part in get_args(hint) if part is not NoneType]
        return tuple([x for part in parts for x in part[i]] for i in range(3))  # type: ignore[return-value]
    if hint is bool:
        return ["true", "false"], [], []
    return [], [hint] if hint in _TYPES else [], []


def _is_bound(constraint: object) -> bool:
    return any(hasattr(constraint, name) for name in _BOUNDS)


def _in_words(kinds: list[type], bounds: list[Any]) -> str:
    kinds_text = " or ".join(dict.fromkeys(_TYPES[kind] for kind in kinds))
    limits = [
        f"{sign} {getattr(bound, name):g}"
        for bound in bounds
        for name, sign in _BOUNDS.items()
        if getattr(bound, name, None) is not None
    ]
    return " ".join([kinds_text, ", ".join(dict.fromkeys(limits))]).strip()


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
