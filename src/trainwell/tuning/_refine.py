"""Steps 5 and 7: fewer, longer trainings near the best, closer in every round.

    round k    a part 2^-k of every range, around the best trial so far;
               its first trial is that point itself; the learning rate does not decay;
               where names alone are searched, that point is all there is

Use: after the coarse search, while there is time.
Side effects: a constant rate may rank points differently from the schedule of a full
training, so repeat the best with the schedule.
Source: Karpathy, CS231n notes, "Hyperparameter optimization: stage your search from
coarse to fine", 2016, https://cs231n.github.io/neural-networks-3/
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from trainwell.tuning._space import grid_points, narrowed, num_points, unused_point
from trainwell.tuning._stage import Stage
from trainwell.tuning._tpe import tpe_point
from trainwell.tuning._trial import Propose, Trial, TrialSpec, Work, best_of
from trainwell.tuning._values import Point, Space


@dataclass(frozen=True)
class Round:
    """One round of the refined search.

    Attributes:
        space: Search space of the round.
        trials: Trials of the round.

    Example:
        >>> Round({"lr": Range(0.05, 0.2)}, ()).space["lr"].low
        0.05
    """

    space: Space
    trials: tuple[Trial, ...]


@dataclass(frozen=True)
class Refined:
    """The result of the refined search.

    Attributes:
        start: Centre of the first round.
        rounds: Rounds in their order.

    Example:
        >>> Refined({"lr": 0.1}, ()).passed
        False
    """

    start: Point
    rounds: tuple[Round, ...]

    @property
    def best(self) -> Trial | None:
        """The best trial of all rounds."""
        return best_of(t for r in self.rounds for t in r.trials)

    @property
    def passed(self) -> bool:
        """Whether any trial finished."""
        return self.best is not None

    @property
    def exhausted(self) -> bool:
        """Whether names alone are searched, so that nothing lies closer."""
        return any(num_points(r.space) < math.inf for r in self.rounds)


def refine_search(
    work: Work,
    start: Point,
    space: Space,
    stage: Stage,
    more: Callable[[int], bool],
) -> Refined:
    """Run trials closer and closer to the best point, round by round.

    Args:
        work: Function that runs the trials.
        start: Best point so far.
        space: Whole search space.
        stage: Number and length of the trials of a round.
        more: Function from the number of a round, from 1, to whether there is time.

    Example:
        >>> def run(numbers, propose):
        ...     trials = []
        ...     for number in numbers:
        ...         spec = propose(number, trials)
        ...         score = 1 - abs(spec.point["lr"] - 0.1)
        ...         trials.append(Trial(number, spec, score, (), "complete"))
        ...     return trials
        >>> found = refine_search(run, {"lr": 0.5}, {"lr": Range(1e-3, 1.0)},
        ...                       Stage(0, 5, 2.0, seed=0), lambda number: number <= 3)
        >>> len(found.rounds), found.best.score > 0.6
        (3, True)
    """
    refined = Refined(start, ())
    while more(len(refined.rounds) + 1):
        number = len(refined.rounds) + 1
        centre = refined.best.spec.point if refined.best else start
        near = narrowed(space, centre, 0.5**number)
        begin = stage.first + (number - 1) * stage.count
        propose = refine_points(centre, near, number, replace(stage, first=begin))
        count = int(min(stage.count, num_points(near)))  # one, if all are names
        trials = tuple(work(range(begin, begin + count), propose))
        refined = Refined(start, (*refined.rounds, Round(near, trials)))
        if len(trials) < stage.count:  # no time, or nothing else to try
            break
    return refined


def refine_points(centre: Point, space: Space, number: int, stage: Stage) -> Propose:
    """Return the function that specifies each trial of a round.

    Example:
        >>> propose = refine_points({"lr": 0.1}, {"lr": Range(0.05, 0.2)}, 1,
        ...                         Stage(0, 5, 2.0, seed=0))
        >>> propose(0, []).point, propose(1, []).origin
        ({'lr': 0.1}, 'random')
    """
    name, rest = f"refine {number}", stage.count - 1
    grid = grid_points(space, rest) if stage.sampler == "grid" and rest else ()

    @cache
    def planned(trial: int) -> tuple[str, Point]:
        place = trial - stage.first
        if place == 0:
            return "best", dict(centre)
        if place <= len(grid):
            return "grid", grid[place - 1]
        before = [planned(n)[1] for n in range(stage.first, trial)]
        return "random", unused_point(space, before, seed=stage.seed, number=trial)

    def propose(trial: int, finished: Sequence[Trial]) -> TrialSpec:
        if stage.sampler == "tpe" and trial != stage.first:
            same = [t for t in finished if t.spec.stage.startswith("refine")]
            origin = "tpe"
            point = tpe_point(space, same, seed=stage.seed, number=trial)
        else:
            origin, point = planned(trial)
        return TrialSpec(name, origin, dict(point), stage.epochs, decays=False)

    return propose
