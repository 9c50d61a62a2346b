"""How a budget is spent: measured once, planned once, and kept over every resume.

    of the budget, after the first three steps:
    coarse 25 %    finer 25 %    repeats 35 %    the winner in full 15 %

Epochs shrink before trials become too few; what a stage does not need goes to further
rounds of refining. A tenth is left for what a kill may cost.
"""

import math
import time
from dataclasses import dataclass

from trainwell.core.errors import RunError
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._evaluation import evaluate_now
from trainwell.runs.tuning._trainer import NetworkTrainer
from trainwell.runs.tuning._trial import evaluations

_TIMED = 10  # steps, after one that is not
_PLANNED = 0.9  # of the budget
_SHARES = {"coarse": 0.25, "refine": 0.25, "repeat": 0.35, "final": 0.15}
_COARSE, _MOST_COARSE = (9, 6, 4), 33  # trials wanted, or fewer; and the most
_ROUND, _ROUNDS, _MOST_ROUNDS = 4, 2, 6  # trials of a round; rounds wanted; the most
_SEEDS, _MOST_SEEDS, CANDIDATES = 3, 5, 3
_LEAST = 0.25  # epochs of the shortest trial
_FIRST_STEPS = 0.03  # of the budget, for the range test; as much for each check
_FEW_STEPS, _MANY_STEPS = 15, 100


@dataclass(frozen=True)
class TimingEstimate:
    """Seconds that things take.

    Attributes:
        step: One update.
        per_epoch: Updates in an epoch.
        evaluation: One evaluation.
        setup: One network to be set up.
    """

    step: float
    per_epoch: int
    evaluation: float
    setup: float

    def seconds(self, epochs: float) -> float:
        """Return how long a trial takes."""
        return (
            self.setup
            + epochs * self.per_epoch * self.step
            + evaluations(epochs) * self.evaluation
        )

    def epochs(self, seconds: float) -> float:
        """Return how long a trial may be, to take no longer than this."""
        rest = seconds - self.setup - 2 * self.evaluation
        return rest / (self.per_epoch * self.step + self.evaluation)

    def steps(self, budget: float) -> int:
        """Return the steps of a range test, or of a check of a rate."""
        return max(_FEW_STEPS, min(_MANY_STEPS, int(_FIRST_STEPS * budget / self.step)))


@dataclass(frozen=True)
class Plan:
    """What will be done.

    Attributes:
        coarse: Trials of the coarse search.
        coarse_epochs: Length of each.
        refine: Trials per round of refining.
        rounds: How many rounds.
        refine_epochs: Length of each trial.
        seeds: Repeats of the default and of each winner.
        repeat_epochs: Length of each repeat.
        final_epochs: Length of the winner's training.
        seconds: What all that takes.
    """

    coarse: int
    coarse_epochs: float
    refine: int
    rounds: int
    refine_epochs: float
    seeds: int
    repeat_epochs: float
    final_epochs: float
    seconds: float

    def reserve(self, stage: str, timing: TimingEstimate) -> float:
        """Return the seconds that a stage has to leave for those after it."""
        repeats = self.seeds * CANDIDATES * timing.seconds(self.repeat_epochs)
        finer = self.rounds * self.refine * timing.seconds(self.refine_epochs)
        final = timing.seconds(self.final_epochs)
        after = {"coarse": finer + repeats + final, "repeat": final}
        return after.get(stage, repeats + final)

    @property
    def description(self) -> str:
        """What will be done, in a sentence."""
        return (
            f"{self.coarse} coarse trials of {self.coarse_epochs:.2g} epochs, "
            f"{self.rounds} x {self.refine} finer ones of {self.refine_epochs:.2g}, "
            f"{self.seeds} seeds of {self.repeat_epochs:.3g} epochs for the default "
            f"and each winner, the best for {self.final_epochs:.3g} epochs: about "
            f"{self.seconds:.0f} s."
        )


def estimate_timing(search: SearchSession) -> tuple[TrainingSetup, TimingEstimate]:
    """Settle precision and memory format, then time a network that is discarded."""
    first = search.setup(search.recipe)
    start = time.perf_counter()
    again = search.setup(first.recipe)
    building = time.perf_counter() - start
    trainer = NetworkTrainer(search, again)
    rate = (search.recipe.optimizer.lr or 1.0) / 10
    trainer.step(rate)
    start = time.perf_counter()
    for _ in range(_TIMED):
        trainer.step(rate)
    step = (time.perf_counter() - start) / _TIMED
    evaluate_now(again, again.model)
    start = time.perf_counter()
    evaluate_now(again, again.model)
    evaluation = time.perf_counter() - start
    return first, TimingEstimate(step, first.batches.per_epoch, evaluation, building)


def make_plan(timing: TimingEstimate, budget: float, spent: float, full: float) -> Plan:
    """Return what will be done.

    Args:
        timing: How long things take.
        budget: Seconds in all.
        spent: Seconds already gone, for the first steps.
        full: Epochs of a whole training.

    Raises:
        RunError: If the time is too short for anything to be found.
    """
    left = _PLANNED * budget - spent
    seconds_of = {name: part * left for name, part in _SHARES.items()}
    max_epochs = min(5.0, max(1.0, full / 8))
    fits = [timing.epochs(seconds_of["coarse"] / wanted) for wanted in _COARSE]
    coarse_epochs = min(max_epochs, next((x for x in fits if x >= _LEAST), 0.0))
    if coarse_epochs == 0:
        min_seconds = timing.seconds(_LEAST) * _COARSE[-1] / _SHARES["coarse"]
        needed = 1.1 * (spent + min_seconds) / _PLANNED
        raise RunError(
            f"`budget` of {budget:.0f} s is too short: the first three steps took "
            f"{spent:.0f} s, and {_COARSE[-1]} trials of a quarter of an epoch, which "
            f"get a quarter of the rest, take {min_seconds * _SHARES['coarse']:.0f} s. "
            f"Give at least {math.ceil(needed)}s, or a smaller network."
        )
    coarse = int(seconds_of["coarse"] / timing.seconds(coarse_epochs))
    coarse = min(_MOST_COARSE, max(3, coarse))
    refine_epochs = min(
        20.0, full, timing.epochs(seconds_of["refine"] / (_ROUND * _ROUNDS))
    )
    refine_epochs = max(coarse_epochs, refine_epochs)
    trials = _SEEDS * CANDIDATES
    repeat_epochs = max(_LEAST, min(full, timing.epochs(seconds_of["repeat"] / trials)))
    seeds = int(seconds_of["repeat"] / (CANDIDATES * timing.seconds(repeat_epochs)))
    seeds = min(_MOST_SEEDS, max(2, seeds))
    final_epochs = max(_LEAST, min(full, timing.epochs(seconds_of["final"])))
    others = (
        coarse * timing.seconds(coarse_epochs)
        + seeds * CANDIDATES * timing.seconds(repeat_epochs)
        + timing.seconds(final_epochs)
    )
    one = _ROUND * timing.seconds(refine_epochs)
    rounds = max(1, min(_MOST_ROUNDS, int((left - others) / one)))
    return Plan(
        coarse=coarse,
        coarse_epochs=round(coarse_epochs, 3),
        refine=_ROUND,
        rounds=rounds,
        refine_epochs=round(refine_epochs, 3),
        seeds=seeds,
        repeat_epochs=round(repeat_epochs, 3),
        final_epochs=round(final_epochs, 3),
        seconds=others + rounds * one,
    )
