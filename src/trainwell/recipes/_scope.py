"""What a command makes of a recipe: the fields for which it has no use, and why.

A command that would leave out a field of the recipe says so instead.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from trainwell.augment.policies import Operations
from trainwell.core.errors import RecipeError
from trainwell.data import Splits
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._section import Section

_FLAT = (None, "color_jitter", "alexnet")  # policies that move no pixel


@dataclass(frozen=True)
class Scope:
    """The part of a recipe that a command uses.

    Attributes:
        command: As it is typed.
        unused: Reasons by key (`train.time`), by value (`optimizer.name=lbfgs`) or by
            section (`ensemble`).
        only: The sections and keys that are used, where these are few; every other
            one is refused for `reason`.
        reason: Why nothing else is used.
        own_policy: Whether the command augments by policies of its own.
        weights: Whether the command starts from published weights by itself.

    Example:
        >>> scope = Scope("trainwell some", {"train.time": "it takes none."})
        >>> scope.why_not("train.time")
        'it takes none.'
    """

    command: str
    unused: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    reason: str = ""
    own_policy: bool = False
    weights: bool = False

    def why_not(self, key: str, value: object = None) -> str | None:
        """Return why a field is refused; None if the command uses it."""
        section = key.partition(".")[0]
        if self.only and not {key, section} & {*self.only}:
            return self.reason
        reasons = (self.unused.get(k) for k in (f"{key}={value}", key, section))
        return next((reason for reason in reasons if reason), None)


def refuse_out_of_scope(requested: Recipe, scope: Scope) -> None:
    """Raise RecipeError for a specified field that the command would leave out."""
    for key in specified_keys(requested):
        value = value_at(requested, key)
        if (reason := scope.why_not(key, value)) is not None:
            named = key if scope.why_not(key) else f"{key}={value}"
            raise RecipeError(
                f"`{named}` changes nothing in `{scope.command}`: {reason} "
                "Leave it out."
            )
    augment = requested.augment
    listed = augment.operations
    moved = augment.file is not None or augment.name not in _FLAT or scope.own_policy
    moved = moved or (listed is not None and bool(Operations(listed).warps()))
    if augment.interpolation == "linear" and not moved:
        raise RecipeError(
            "`augment.interpolation` needs a policy that turns, shears or shifts "
            "images beside it, such as augment=randaugment."
        )


def specified_keys(recipe: Section, prefix: str = "") -> Iterator[str]:
    """Yield every key that was given a value other than its default."""
    for name in sorted(recipe.model_fields_set):
        value = getattr(recipe, name)
        known = type(recipe).model_fields.get(name)
        if isinstance(value, Section):
            yield from specified_keys(value, f"{prefix}{name}.")
        elif known is None or value != known.get_default(call_default_factory=True):
            yield prefix + name


def value_at(recipe: Recipe, key: str) -> Any:  # noqa: ANN401
    """Return the value of a dotted key.

    Example:
        >>> value_at(Recipe(seed=3), "seed")
        3
    """
    value: Any = recipe
    for part in key.split("."):
        value = getattr(value, part)
    return value


def refuse_idle_splits(requested: Recipe, splits: Splits) -> None:
    """Raise RecipeError for a cut of data that comes with its splits.

    Args:
        requested: The recipe as it was given.
        splits: The data that was read with it.
    """
    idle = {"data.test_share"} if splits.stated else set()
    if "val" in splits.stated:
        idle |= {"data.val_share", "data.split", "data.group_column"}
        if requested.data.per_class is None:
            idle |= {"data.split_seed"}
    data = requested.data
    uncut = "test" in splits.stated or data.test_share == 0
    if data.folds and data.split == "stratified" and uncut:
        raise RecipeError(
            "`data.split`=stratified changes nothing: folds are stratified, and no "
            "test images are cut. Leave it out."
        )
    for key in specified_keys(requested):
        if key in idle:
            raise RecipeError(
                f"`{key}` changes nothing: the data has splits of its own "
                f"({', '.join(splits.stated)}). Leave it out."
            )
