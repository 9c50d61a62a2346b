"""What fits into the time of a search, judged by a few timed steps."""

import math
from dataclasses import dataclass

from trainwell.core.errors import RunError
from trainwell.runs._clock import Clock
from trainwell.runs.augment_search._timing import TimingEstimate
from trainwell.runs.session._session import Session
from trainwell.tuning import FastAutoAugment, PopulationAugment

TRAINING = 0.5  # share of a budget for fast_autoaugment's networks
PARTS = 5  # pba: one part of the images judges, the others are learned from
_EPOCHS = 8  # fast_autoaugment: rather on fewer images than for less
_TRIALS = 50  # per round: rather judged by fewer images than less
_JUDGES, _FEW_JUDGES = 1000, 200
_MULTIPLE = 2  # least trials per round, in multiples of those kept
_ROUNDS, _FEW_ROUNDS = 8, 3  # pba: rather on fewer images; and the least
_IMAGES, _PER_CLASS = 500, 20  # the least


@dataclass(frozen=True)
class Plan:
    """What will be done.

    Attributes:
        rounds: Of the population, or per part.
        num_held_out: Images that score a candidate of fast_autoaugment.
        description: What will be done, in a sentence.
    """

    rounds: int
    num_held_out: int
    description: str


def images_for(
    session: Session,
    timing: TimingEstimate,
    clock: Clock,
    options: FastAutoAugment | PopulationAugment,
) -> int:
    """Return on how many images there is time for enough epochs or rounds."""
    n = len(session.splits.train)
    if isinstance(options, FastAutoAugment):
        time = TRAINING * (clock.useful - options.folds * timing.setup)
        seconds_each = time / (
            options.folds * _EPOCHS * _learned(n, options) * timing.train
        )
    else:
        time = clock.useful - options.members * timing.setup
        seconds_each = time / (_ROUNDS * timing.seconds_of_round(n, PARTS, options))
    min_seconds = max(_IMAGES, _PER_CLASS * len(session.splits.classes))
    return n if seconds_each >= 1 else min(n, max(min_seconds, int(seconds_each * n)))


def make_plan(
    session: Session,
    timing: TimingEstimate,
    clock: Clock,
    options: FastAutoAugment | PopulationAugment,
) -> Plan:
    """Return what will be done.

    Raises:
        RunError: If nothing can be found in the time.
    """
    if isinstance(options, FastAutoAugment):
        return _plan_density(session, timing, clock, options)
    return _plan_population(session, timing, clock, options)


def _plan_density(
    session: Session, timing: TimingEstimate, clock: Clock, options: FastAutoAugment
) -> Plan:
    n, wanted = len(session.splits.train), session.recipe.train.epochs or 1.0
    epoch, held_out = _learned(n, options) * timing.train, n // options.folds
    few = options.rounds * min(_MULTIPLE * options.top, options.trials)
    min_seconds = options.folds * (
        timing.setup
        + epoch / TRAINING
        + few * min(_FEW_JUDGES, held_out) * timing.judge / (1 - TRAINING)
    )
    if clock.useful < min_seconds and not clock.before:
        what = (
            f"training {options.folds} networks for an epoch, with a few trials each,"
        )
        raise _too_short(clock, min_seconds, what)
    seconds_each = max(0.0, clock.useful / options.folds - timing.setup)
    epochs = min(wanted, TRAINING * seconds_each / epoch)
    rest = (seconds_each - epochs * epoch) / options.rounds
    enough = rest / (min(_TRIALS, options.trials) * timing.judge)
    num_held_out = int(min(held_out, max(_FEW_JUDGES, min(_JUDGES, enough))))
    trials = int(min(options.trials, rest / (num_held_out * timing.judge)))
    one = (
        timing.setup
        + epochs * epoch
        + options.rounds * trials * num_held_out * timing.judge
    )
    description = (
        f"Plan: {options.folds} networks ({session.recipe.model.name}), each on "
        f"{_learned(n, options):,} images for about {epochs:.1f} epochs, then "
        f"{options.rounds} x {trials} candidates on {num_held_out} images that it "
        f"has not seen: about {options.folds * one:.0f} s."
    )
    return Plan(options.rounds, num_held_out, description)


def _plan_population(
    session: Session, timing: TimingEstimate, clock: Clock, options: PopulationAugment
) -> Plan:
    one, setup = (
        timing.seconds_of_round(len(session.splits.train), PARTS, options),
        options.members * timing.setup,
    )
    rounds = max(1, round((session.recipe.train.epochs or 1.0) / options.interval))
    if clock.useful < math.inf:
        rounds = int((clock.useful - setup) / one)
        if rounds < _FEW_ROUNDS and not clock.before:
            what = f"training {options.members} members for {_FEW_ROUNDS} rounds"
            raise _too_short(clock, setup + _FEW_ROUNDS * one, what)
        rounds = max(1, rounds)
    description = (
        f"Plan: {options.members} members ({session.recipe.model.name}) on "
        f"{len(session.splits.train) * (PARTS - 1) // PARTS:,} images, {rounds} "
        f"rounds of {options.interval:g} epochs each: about "
        f"{setup + rounds * one:.0f} s."
    )
    return Plan(rounds, 0, description)


def _learned(images: int, options: FastAutoAugment) -> int:
    return images * (options.folds - 1) // options.folds


def _too_short(clock: Clock, min_seconds: float, what: str) -> RunError:
    needed = clock.spent + min_seconds
    return RunError(
        f"`budget` of {clock.budget:.0f} s is too short: {what} takes about "
        f"{needed:.0f} s here. Give at least {math.ceil(1.15 * needed)}s, or leave it "
        "out."
    )
