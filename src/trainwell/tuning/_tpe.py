"""A point by the tree-structured Parzen estimator, from finished trials alone.

    density of points among the best trials / density among all others -> maximum

Use: instead of random points once there are ten trials or more.
Side effects: it samples near good points, so it can stay in a poor corner.
Source: Bergstra et al., "Algorithms for Hyper-Parameter Optimization", 2011, section 4;
Optuna's `TPESampler`, seeded by (seed, number), so that a restarted trial is the same
one. Fields that others decide are asked for in Optuna's define-by-run form.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from trainwell.core import keyed
from trainwell.tuning._in_optuna import IN_RANGE, in_optuna, name_in_optuna
from trainwell.tuning._trial import Trial
from trainwell.tuning._values import (
    Choices,
    Point,
    Space,
    Value,
    Values,
    values_at,
)

if TYPE_CHECKING:
    from optuna.trial import Trial as Trial_

_STARTUP = 5  # random points at first


def tpe_point(
    space: Space, finished: Sequence[Trial], *, seed: int, number: int
) -> Point:
    """Return the point of a trial.

    Args:
        space: Search space; trials outside of it are left out.
        finished: Trials with comparable scores.
        seed: Seed of the search.
        number: Number of the trial.

    Example:
        >>> point = tpe_point({"lr": Range(1e-4, 1.0)}, [], seed=0, number=0)
        >>> 1e-4 <= point["lr"] <= 1.0
        True
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    ids = np.array([number], np.uint64)
    word = int(keyed.bits(seed, 0, ids, "tpe")[0, 0] >> np.uint64(33))
    sampler = optuna.samplers.TPESampler(
        seed=word, n_startup_trials=_STARTUP, constant_liar=False
    )
    study = optuna.create_study(direction="maximize", sampler=sampler)
    for trial in sorted(finished, key=lambda t: t.number):
        described = in_optuna(space, trial.spec.point)
        if described is not None:
            params, ranges = described
            study.add_trial(
                optuna.create_trial(
                    params=params, distributions=ranges, value=trial.score
                )
            )
    asked = study.ask()
    point: Point = {}
    for key in space:
        values = values_at(space, key, point)
        if values is not None:
            point[key] = _suggested(asked, name_in_optuna(space, key, point), values)
    return point


def _suggested(asked: "Trial_", name: str, values: Values) -> Value:
    """Ask for a value, and first for whether it is one beside the range."""
    if isinstance(values, Choices):
        return _choice(asked, name, values.options)
    if values.beside:
        which = _choice(asked, f"{name} is", (IN_RANGE, *values.beside))
        if which != IN_RANGE:
            return which
    return asked.suggest_float(name, values.low, values.high, log=values.log)


def _choice(asked: "Trial_", name: str, options: tuple[Value, ...]) -> Value:
    return asked.suggest_categorical(name, options)  # type: ignore[return-value]
