"""Step 4: many short trainings, far apart.

    trial 0    the recipe as it is
    the rest   log-uniform points; by default half of them random and half a grid, to
               compare the two on these data

Use: learning rate and weight decay first; 1 to 5 epochs each.
Side effects: short trainings favour values that are fast at first.
Source: Bergstra & Bengio, "Random Search for Hyper-Parameter Optimization", 2012,
section 1, figure 1, https://jmlr.org/papers/v13/bergstra12a.html
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from trainwell.tuning._space import grid_points, num_points, unused_point
from trainwell.tuning._stage import Stage
from trainwell.tuning._tpe import tpe_point
from trainwell.tuning._trial import Propose, Trial, TrialSpec, Work, best_of
from trainwell.tuning._values import Point, Space


@dataclass(frozen=True)
class Coarse:
    """The result of the coarse search.

    Attributes:
        trials: All trials; the first is the default.

    Example:
        >>> spec = TrialSpec("coarse", "default", {"lr": 0.1}, epochs=2.0)
        >>> Coarse((Trial(0, spec, 0.8, (), "complete"),)).best.score
        0.8
    """

    trials: tuple[Trial, ...]

    @property
    def default(self) -> Trial:
        """The recipe as it is."""
        return self.trials[0]

    @property
    def best(self) -> Trial:
        """The best trial, which may be the default."""
        return best_of(self.trials) or self.default

    @property
    def passed(self) -> bool:
        """Whether any trial finished."""
        return best_of(self.trials) is not None

    def of(self, origin: str) -> tuple[Trial, ...]:
        """Return the trials of an origin, such as `grid`, in order."""
        return tuple(t for t in self.trials if t.spec.origin == origin)


def coarse_search(work: Work, default: Point, space: Space, stage: Stage) -> Coarse:
    """Run trials of the default and of points of the whole space.

    Args:
        work: Function that runs the trials.
        default: Values of the recipe.
        space: Search space.
        stage: Number and length of the trials; with the sampler `random`, about half
            are a grid for comparison.

    Example:
        >>> def run(numbers, propose):
        ...     trials = []
        ...     for number in numbers:
        ...         spec = propose(number, trials)
        ...         score = 1 - abs(spec.point["lr"] - 0.1)
        ...         trials.append(Trial(number, spec, score, (), "complete"))
        ...     return trials
        >>> space = {"lr": Range(1e-3, 1.0)}
        >>> found = coarse_search(run, {"lr": 0.5}, space, Stage(0, 9, 1.0, seed=0))
        >>> len(found.trials), found.best.score > found.default.score
        (9, True)
    """
    count = int(min(stage.count, num_points(space)))  # names may be few
    trials = range(stage.first, stage.first + count)
    return Coarse(tuple(work(trials, coarse_points(default, space, stage))))


def coarse_points(default: Point, space: Space, stage: Stage) -> Propose:
    """Return the function that specifies each trial; see `coarse_search`.

    Example:
        >>> propose = coarse_points({"lr": 0.5}, {"lr": Range(1e-3, 1.0)},
        ...                         Stage(0, 9, 1.0, seed=0))
        >>> propose(0, []).origin, propose(1, []).origin, propose(2, []).origin
        ('default', 'random', 'grid')
    """
    rest = stage.count - 1
    size = {"random": rest // 2, "grid": rest, "tpe": 0}[stage.sampler]
    if stage.sampler == "random" and num_points(space) < math.inf:
        size = 0  # nothing to compare: both would be the same few names
    whole = grid_points(space, size) if size >= 2 ** len(space) else ()
    grid = [point for point in whole if point != default]
    every = 1 if stage.sampler == "grid" else 2  # a point of the grid comes so often

    @cache
    def planned(number: int) -> tuple[str, Point]:
        place, between = divmod(number - stage.first, every)
        if number == stage.first:
            return "default", dict(default)
        if between == 0 and place <= len(grid):
            return "grid", grid[place - 1]
        before = [*grid, *(planned(n)[1] for n in range(stage.first, number))]
        point = unused_point(space, before, seed=stage.seed, number=number)
        return "random", point

    def propose(number: int, finished: Sequence[Trial]) -> TrialSpec:
        if stage.sampler == "tpe" and number != stage.first:
            same = [t for t in finished if t.spec.stage == "coarse"]
            origin = "tpe"
            point = tpe_point(space, same, seed=stage.seed, number=number)
        else:
            origin, point = planned(number)
        return TrialSpec("coarse", origin, dict(point), stage.epochs)

    return propose
