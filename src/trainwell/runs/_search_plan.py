"""What fits into the time of a search, judged by a few timed steps."""

from trainwell.core.errors import RunError
from trainwell.runs._search_clock import Clock
from trainwell.runs._search_pace import Pace
from trainwell.runs._search_parts import Bench
from trainwell.tune import FastAutoAugment, PopulationAugment

TRAINING = 0.4  # share of a budget for fast_autoaugment's networks
JUDGES = 1000  # most images that one of its candidates is judged by
PARTS = 5  # pba: one part of the images judges, the others are learned from
_MULTIPLE = 2  # least trials per round, in multiples of those kept
_ROUNDS, _FEWEST = 8, 3  # pba: fewer images for fewer rounds; and the least
_IMAGES, _PER_CLASS = 500, 20  # the least


def make_plan(
    bench: Bench, pace: Pace, clock: Clock, how: FastAutoAugment | PopulationAugment
) -> tuple[int, str]:
    """Return how many rounds there will be, and the plan in words.

    Raises:
        RunError: If nothing can be found in the time.
    """
    if isinstance(how, FastAutoAugment):
        return how.rounds, _plan_density(bench, pace, clock, how)
    return _plan_population(bench, pace, clock, how)


def _plan_density(bench: Bench, pace: Pace, clock: Clock, how: FastAutoAugment) -> str:
    n, wanted = len(bench), bench.recipe.train.epochs or 1.0
    learned = n * (how.folds - 1) // how.folds
    epoch = learned * pace.train
    trial = pace.judge * min(JUDGES, n // how.folds)
    few = min(_MULTIPLE * how.top, how.trials)
    least = epoch / TRAINING + how.rounds * few * trial / (1 - TRAINING)
    least = how.folds * (pace.setup + least)
    if clock.useful < least and not clock.before:
        what = f"training {how.folds} networks for an epoch, with a few trials each,"
        raise _too_short(clock, clock.spent + least, what)
    share = max(0.0, clock.useful / how.folds - pace.setup)
    epochs = min(wanted, TRAINING * share / epoch)
    trials = min(how.trials, (share - epochs * epoch) / how.rounds / trial)
    one = pace.setup + epochs * epoch + how.rounds * trials * trial
    return (
        f"Plan: {how.folds} networks ({bench.recipe.model.name}), each on {learned:,} "
        f"images for about {epochs:.1f} epochs, then {how.rounds} x {trials:.0f} "
        f"candidates on images that it has not seen: about {how.folds * one:.0f} s."
    )


def _plan_population(
    bench: Bench, pace: Pace, clock: Clock, how: PopulationAugment
) -> tuple[int, str]:
    one, setup = _seconds_of_round(len(bench), pace, how), how.members * pace.setup
    epochs = bench.recipe.train.epochs or how.interval
    rounds = max(1, round(epochs / how.interval))
    if clock.useful < float("inf"):
        rounds = int((clock.useful - setup) / one)
        if rounds < _FEWEST and not clock.before:
            needed = clock.spent + setup + _FEWEST * one
            what = f"training {how.members} members for {_FEWEST} rounds"
            raise _too_short(clock, needed, what)
    words = (
        f"Plan: {how.members} members ({bench.recipe.model.name}) on "
        f"{len(bench) * (PARTS - 1) // PARTS:,} images, {rounds} rounds of "
        f"{how.interval:g} epochs each: about {setup + rounds * one:.0f} s."
    )
    return rounds, words


def images_for(bench: Bench, pace: Pace, clock: Clock, how: PopulationAugment) -> int:
    """Return on how many images there is time for enough rounds."""
    left = clock.useful - how.members * pace.setup
    share = left / (_ROUNDS * _seconds_of_round(len(bench), pace, how))
    least = max(_IMAGES, _PER_CLASS * len(bench.splits.classes))
    return (
        len(bench)
        if share >= 1
        else min(len(bench), max(least, int(share * len(bench))))
    )


def _seconds_of_round(images: int, pace: Pace, how: PopulationAugment) -> float:
    judged = images / PARTS
    learned = how.interval * (images - judged)
    return how.members * (learned * pace.train + judged * pace.judge)


def _too_short(clock: Clock, needed: float, what: str) -> RunError:
    return RunError(
        f"`--budget` of {clock.budget:.0f} s is too short: {what} takes about "
        f"{needed:.0f} s here. Give at least {1.15 * needed:.0f}s, or leave it out."
    )
