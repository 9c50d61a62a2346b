"""Steps 5 and 7: fewer, longer trainings near the best, and again, ever nearer.

    round k    a part 2^-k of every range, around the best trial so far;
               its first trial is that point itself; the rate does not decay

Use: after the coarse search, while there is time.
Side effects: a rate that does not decay may rank points otherwise than the schedule
that a full training follows, so repeat the best with the schedule before believing it.
Source: Karpathy, CS231n notes, "Hyperparameter optimization: stage your search from
coarse to fine", 2016, https://cs231n.github.io/neural-networks-3/
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from trainwell.tuning._space import Point, Space, grid_points, narrowed, random_point
from trainwell.tuning._stage import Stage
from trainwell.tuning._tpe import tpe_point
from trainwell.tuning._trial import Propose, Trial, TrialSpec, Work, best_of


@dataclass(frozen=True)
class Round:
    """One look nearer.

    Attributes:
        space: Where.
        trials: Its trials.
    """

    space: Space
    trials: tuple[Trial, ...]


@dataclass(frozen=True)
class Refined:
    """What was found.

    Attributes:
        start: The point that the first round surrounds.
        rounds: One after the other.
    """

    start: Point
    rounds: tuple[Round, ...]

    @property
    def best(self) -> Trial | None:
        """The best trial of all rounds."""
        return best_of(t for r in self.rounds for t in r.trials)

    @property
    def passed(self) -> bool:
        """Whether any trial came to its end."""
        return self.best is not None


def refine_search(
    work: Work,
    start: Point,
    space: Space,
    stage: Stage,
    more: Callable[[int], bool],
) -> Refined:
    """Have points ever nearer to the best tried, round by round.

    Args:
        work: Who has trials done.
        start: The best so far.
        space: The whole space.
        stage: The first round; the others follow it.
        more: Whether there is time for a round of this number, from 1.
    """
    refined = Refined(start, ())
    while more(len(refined.rounds) + 1):
        number = len(refined.rounds) + 1
        centre = refined.best.spec.point if refined.best else start
        near = narrowed(space, centre, 0.5**number)
        begin = stage.first + (number - 1) * stage.count
        propose = refine_points(centre, near, number, replace(stage, first=begin))
        trials = tuple(work(range(begin, begin + stage.count), propose))
        refined = Refined(start, (*refined.rounds, Round(near, trials)))
        if len(trials) < stage.count:
            break
    return refined


def refine_points(centre: Point, space: Space, number: int, stage: Stage) -> Propose:
    """Return what each trial of a round is; see `refine_search`."""
    name, rest = f"refine {number}", stage.count - 1
    grid = grid_points(space, rest) if stage.sampler == "grid" and rest else ()

    def propose(trial: int, finished: Sequence[Trial]) -> TrialSpec:
        place, origin = trial - stage.first, stage.sampler
        if place == 0:
            origin, point = "best", dict(centre)
        elif place <= len(grid):
            point = grid[place - 1]
        elif origin == "tpe":
            same = [t for t in finished if t.spec.stage.startswith("refine")]
            point = tpe_point(space, same, seed=stage.seed, number=trial)
        else:
            origin = "random"
            point = random_point(space, seed=stage.seed, number=trial)
        return TrialSpec(name, origin, point, stage.epochs, decays=False)

    return propose
