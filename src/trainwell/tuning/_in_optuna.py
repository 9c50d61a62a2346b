"""Points as Optuna has them: parameters with their distributions, by condition.

A field that others decide has a name of its own for each of their values, since its
ranges differ; a value beside a range is a choice before the range.

Source: Akiba et al., "Optuna", 2019, section 2.1 (define-by-run),
https://arxiv.org/abs/1907.10902
"""

from typing import Any

from trainwell.tuning._values import (
    Choices,
    Conditional,
    Point,
    Space,
    Value,
    Values,
    values_at,
)

IN_RANGE = "in the range"
"""The choice of a value inside a range that has others beside it."""


def name_in_optuna(space: Space, key: str, point: Point) -> str:
    """Return Optuna's name of a field beside a point.

    Example:
        >>> from trainwell.tuning import Conditional, Range
        >>> rates = Conditional(("name",), {("sgd",): Range(0.01, 1.0)})
        >>> name_in_optuna({"lr": rates}, "lr", {"name": "sgd"})
        'lr sgd'
    """
    values = space[key]
    if not isinstance(values, Conditional):
        return key
    return " ".join([key, *(str(point[name]) for name in values.keys)])


def in_optuna(
    space: Space, point: Point, *, widened: bool = False
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return parameters and distributions of a point; None for one outside.

    Args:
        space: The search space.
        point: The point.
        widened: Make the distributions hold any point.

    Example:
        >>> from trainwell.tuning import Range
        >>> in_optuna({"lr": Range(0.01, 1.0)}, {"lr": 0.1})[0]
        {'lr': 0.1}
    """
    params: dict[str, Any] = {}
    ranges: dict[str, Any] = {}
    for key in space:
        values, value = values_at(space, key, point), point.get(key)
        if values is None:
            continue
        found = None if value is None else _pairs(values, value, widened=widened)
        if found is None:
            return None
        name = name_in_optuna(space, key, point)
        for suffix, one, distribution in found:
            params[name + suffix], ranges[name + suffix] = one, distribution
    return params, ranges


def _pairs(
    values: Values, value: Value, *, widened: bool
) -> list[tuple[str, Value, Any]] | None:
    """Return (suffix of the name, value, distribution); None for a value outside."""
    from optuna.distributions import CategoricalDistribution, FloatDistribution

    if isinstance(values, Choices):
        options = values.options
        if value not in options and not widened:
            return None
        options = options if value in options else (*options, value)
        return [("", value, CategoricalDistribution(options))]
    found: list[tuple[str, Value, Any]] = []
    if values.beside:
        which = value if value in values.beside else IN_RANGE
        options = (IN_RANGE, *values.beside)
        found.append((" is", which, CategoricalDistribution(options)))
        if which != IN_RANGE:
            return found
    number = float(value)
    low, high = min(values.low, number), max(values.high, number)
    if (low, high) != (values.low, values.high) and not widened:
        return None
    log = values.log and low > 0
    return [*found, ("", number, FloatDistribution(low, high, log=log))]
