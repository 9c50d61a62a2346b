"""How large the numbers of a recipe may be: a typing error must not fill the memory."""

from collections.abc import Iterator, Mapping
from typing import Any

from trainwell.core.errors import RecipeError

_REPEATED = 1_000  # what is done, or kept, so many times
_MOST: Mapping[str, float] = {
    "seed": 2**63 - 1,
    "data.split_seed": 2**63 - 1,
    "data.memory_gb": 1e6,
    "train.threads": 1_024,
    "train.epochs": 1e6,
    "train.evaluate_every": 1e6,
    "train.checkpoint_seconds": 1e9,
    "transfer.unfreeze_every": 1e6,
    "augment.pixels": 65_536,
    **dict.fromkeys(
        (
            "activation.pieces",
            "augment.num_ops",
            "ensemble.size",
            "init.attempts",
            "init.draws",
            "noise.draws",
            "noise.passes",
            "noise.samples",
            "norm.steps",
            "optimizer.history",
            "optimizer.iterations",
            "preprocess.patch",
            "prune.rounds",
            "schedule.cycles",
        ),
        _REPEATED,
    ),
}
_ARGUMENTS = "model.arguments"
_WIDEST = 65_536  # of a network's layers
_WHOLE = 10**9
_FLOAT = 1e30  # the square of which is still a number
_VALUES = 10_000


def refuse_extreme(tree: Mapping[str, Any]) -> None:
    """Raise RecipeError for a number beyond all use, and say what is allowed.

    Args:
        tree: A recipe as nested values.

    Example:
        >>> refuse_extreme({"train": {"threads": 100_000}})
        Traceback (most recent call last):
        trainwell.core.errors.RecipeError: `train.threads` must be at most 1,024, ...
    """
    for count, (key, value) in enumerate(_numbers("", tree)):
        if count >= _VALUES:
            raise RecipeError(f"a recipe has at most {_VALUES:,} numbers.")
        most = _most(key, value)
        if abs(value) > most:
            sign = "" if value > 0 else "-"
            least = "most" if value > 0 else "least"
            raise RecipeError(
                f"`{key}` must be at {least} {sign}{most:,}, got {_short(value)}."
            )
        if isinstance(value, float) and 0 < abs(value) < 1 / _FLOAT:
            raise RecipeError(
                f"`{key}` must be 0 or at least {1 / _FLOAT:g} in size, got {value!r}."
            )


def _numbers(key: str, value: Any) -> Iterator[tuple[str, float]]:  # noqa: ANN401
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _numbers(f"{key}.{name}" if key else str(name), part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _numbers(key, part)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield key, value


def _most(key: str, value: float) -> float:
    if key.startswith(_ARGUMENTS):
        return _WIDEST
    return _MOST.get(key, _WHOLE if isinstance(value, int) else _FLOAT)


def _short(value: float) -> str:
    text = repr(value) if isinstance(value, float) else f"{value:d}"
    return text if len(text) <= 30 else f"{text[:12]}... ({len(text)} digits)"
