"""Where a search looks: declared beside each field of a recipe that may be searched."""

import contextlib
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from trainwell.core import checks
from trainwell.core.errors import RecipeError
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._searched import Searched
from trainwell.recipes._searched_names import (
    BATCH,
    NOISE_P,
    NONE,
    PARENTS,
    SEARCHED_NAMES,
    WITHOUT_A_FIELD,
    batch_sizes,
    name_of,
    names_for,
)
from trainwell.tuning import Choices, Conditional, Point, Space, Value, Values, sampled

_ZERO_BESIDE = ("optimizer.weight_decay",)  # of a log range, which cannot hold it
_EXAMPLES = {"penalty.weight": "penalty.name=l2 "}  # without which a value is refused
DEFAULT_KEYS = ("optimizer.lr", "optimizer.weight_decay")


def searchable() -> tuple[str, ...]:
    """Return every key that may be searched: numbers, then names.

    Example:
        >>> "optimizer.lr" in searchable(), "model.name" in searchable()
        (True, True)
    """
    return (*_declared(), *WITHOUT_A_FIELD, BATCH, *SEARCHED_NAMES)


def _declared() -> dict[str, Searched]:
    """Return every field that declares where a search looks, with what it declares."""
    found = {}
    for section, field in Recipe.model_fields.items():
        fields = getattr(field.annotation, "model_fields", {})
        for name, inner in fields.items():
            for entry in inner.metadata:
                if isinstance(entry, Searched):
                    found[f"{section}.{name}"] = entry
    return found


def search_space(
    recipe: Recipe,
    keys: Iterable[str],
    rates: Sequence[float] = (),
    at: Callable[[Mapping[str, Value]], Recipe] | None = None,
) -> dict[str, Values | Conditional]:
    """Return the values of each key, around what a complete recipe has.

    Args:
        recipe: Complete.
        keys: What to search.
        rates: Further learning rates that the range of `optimizer.lr` surrounds.
        at: Completes the recipe with other names; needed where names are searched.

    Raises:
        RecipeError: If a key cannot be searched, or the recipe has no value there.

    Example:
        >>> recipe = read_recipe(None, ["optimizer.lr=0.1"])
        >>> search_space(recipe, ["optimizer.lr"])["optimizer.lr"].high
        1.0
    """
    known, keys = searchable(), list(keys)
    for key in keys:
        if key not in known:
            raise RecipeError(
                f"`{key}` cannot be searched; these can: {', '.join(known)}."
                f"{checks.did_you_mean(key, known)}"
            )
    space: dict[str, Values | Conditional] = {
        key: names_for(recipe, key) for key in keys if key in SEARCHED_NAMES
    }
    for key in (key for key in keys if key not in SEARCHED_NAMES):
        deciding = [name for name in _decided_by(key) if name in space]
        if not deciding or at is None:
            space[key] = _values(recipe, key, rates)
            continue
        space[key] = _by_names(recipe, key, {n: space[n] for n in deciding}, rates, at)
    return space


def _by_names(
    recipe: Recipe,
    key: str,
    names: Mapping[str, Values | Conditional],
    rates: Sequence[float],
    at: Callable[[Mapping[str, Value]], Recipe],
) -> Conditional:
    """Return the values of a number for every choice of the names that decide it."""
    table: dict[tuple[Value, ...], Values] = {}
    options = [x.options for x in names.values() if isinstance(x, Choices)]
    for chosen in itertools.product(*options):
        point = dict(zip(names, chosen, strict=True))
        own = all(name_of(recipe, k) == v for k, v in point.items())
        if point.get(PARENTS.get(key, "")) == NONE:
            continue
        with contextlib.suppress(_NoValue):  # an optimizer without weight decay, say
            table[chosen] = _values(at(point), key, rates if own else (), parent=True)
    return Conditional(tuple(names), table)


def _decided_by(key: str) -> tuple[str, ...]:
    """Return the names on which the values of a number depend."""
    if key.startswith("optimizer."):
        return ("model.name", "optimizer.name")
    return (PARENTS[key],) if key in PARENTS else ()


class _NoValue(RecipeError):
    """A recipe has no value to search around."""


def _values(
    recipe: Recipe, key: str, rates: Sequence[float], *, parent: bool = False
) -> Values:
    """Return the values of a number around what the recipe has."""
    if key == BATCH:
        return batch_sizes(recipe)
    if key in WITHOUT_A_FIELD:
        found = WITHOUT_A_FIELD[key]
        return found if parent else replace(found, beside=(0.0,))
    declared, value = _declared()[key], _value(recipe, key)
    if declared.relative and not value:
        raise _NoValue(
            f"`{key}` cannot be searched: this recipe has no value there. Give "
            f"one, such as {_EXAMPLES.get(key, '')}{key}=0.0005, or search other keys."
        )
    more = rates if key == "optimizer.lr" else ()
    found = declared.around([value or 0.0, *more])
    return replace(found, beside=(0.0,)) if key in _ZERO_BESIDE else found


def point_of(recipe: Recipe, space: Space) -> Point:
    """Return what a recipe has in a space; 0 for no number and `none` for no name."""
    return sampled(
        space,
        lambda key, values: (
            name_of(recipe, key)
            if key in SEARCHED_NAMES
            else float(_value(recipe, key) or 0.0)
        ),
    )


def with_point(recipe: Recipe, point: Mapping[str, Value]) -> Recipe:
    """Return the recipe with these values; names are left to `with_names`."""
    for key, value in point.items():
        if key in SEARCHED_NAMES:
            continue
        section, _, field = key.partition(".")
        old = getattr(recipe, section)
        if key == NOISE_P:
            recipe = _with_noise(recipe, float(value))
            continue
        whole = int(value) if key == BATCH else value
        changed = old.model_copy(update={field: whole})
        recipe = recipe.model_copy(update={section: changed})
    return recipe


def _with_noise(recipe: Recipe, p: float) -> Recipe:
    """Return the recipe with noise of this probability; dropout where it has none."""
    noise = recipe.noise
    fields = {**noise.model_dump(exclude_none=True), "name": noise.name or "dropout"}
    made = type(noise)(**{**fields, "p": p}) if p else type(noise)()
    return recipe.model_copy(update={"noise": made})


def _value(recipe: Recipe, key: str) -> float | None:
    section, _, field = key.partition(".")
    value: float | None = getattr(getattr(recipe, section), field, None)
    return value
