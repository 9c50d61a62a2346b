"""A point by the tree-structured Parzen estimator, from finished trials alone.

    density of points among the best trials / density among all others -> maximum

Use: instead of random points once there are ten trials or more.
Side effects: it samples near good points, so it can stay in a poor corner.
Source: Bergstra et al., "Algorithms for Hyper-Parameter Optimization", 2011, section 4;
Optuna's `TPESampler`, seeded by (seed, number), so that a restarted trial is the same
one.
"""

from collections.abc import Sequence

import numpy as np

from trainwell.core import keyed
from trainwell.tuning._space import Point, Space
from trainwell.tuning._trial import Trial

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
    ranges: dict[str, optuna.distributions.BaseDistribution] = {
        name: optuna.distributions.FloatDistribution(x.low, x.high, log=x.log)
        for name, x in space.items()
    }
    ids = np.array([number], np.uint64)
    word = int(keyed.bits(seed, 0, ids, "tpe")[0, 0] >> np.uint64(33))
    sampler = optuna.samplers.TPESampler(
        seed=word, n_startup_trials=_STARTUP, constant_liar=False
    )
    study = optuna.create_study(direction="maximize", sampler=sampler)
    for trial in sorted(finished, key=lambda t: t.number):
        point = trial.spec.point
        if all(x.low <= point[name] <= x.high for name, x in space.items()):
            study.add_trial(
                optuna.create_trial(
                    params=point, distributions=ranges, value=trial.score
                )
            )
    found: Point = study.ask(ranges).params
    return found
