"""What fits into the time of a search, judged by a few timed steps."""

import math
from dataclasses import dataclass

from trainwell.core.errors import RunError
from trainwell.runs._clock import Clock
from trainwell.runs._session import Session
from trainwell.runs.augment_search._timing import TimingEstimate
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
        judges: Images that judge a candidate of fast_autoaugment.
        words: For people.
    """

    rounds: int
    judges: int
    words: str


def images_for(
    session: Session,
    timing: TimingEstimate,
    clock: Clock,
    how: FastAutoAugment | PopulationAugment,
) -> int:
    """Return on how many images there is time for enough epochs or rounds."""
    n = len(session.splits.train)
    if isinstance(how, FastAutoAugment):
        time = TRAINING * (clock.useful - how.folds * timing.setup)
        share = time / (how.folds * _EPOCHS * _learned(n, how) * timing.train)
    else:
        time = clock.useful - how.members * timing.setup
        share = time / (_ROUNDS * timing.seconds_of_round(n, PARTS, how))
    least = max(_IMAGES, _PER_CLASS * len(session.splits.classes))
    return n if share >= 1 else min(n, max(least, int(share * n)))


def make_plan(
    session: Session,
    timing: TimingEstimate,
    clock: Clock,
    how: FastAutoAugment | PopulationAugment,
) -> Plan:
    """Return what will be done.

    Raises:
        RunError: If nothing can be found in the time.
    """
    if isinstance(how, FastAutoAugment):
        return _plan_density(session, timing, clock, how)
    return _plan_population(session, timing, clock, how)


def _plan_density(
    session: Session, timing: TimingEstimate, clock: Clock, how: FastAutoAugment
) -> Plan:
    n, wanted = len(session.splits.train), session.recipe.train.epochs or 1.0
    epoch, held_out = _learned(n, how) * timing.train, n // how.folds
    few = how.rounds * min(_MULTIPLE * how.top, how.trials)
    least = how.folds * (
        timing.setup
        + epoch / TRAINING
        + few * min(_FEW_JUDGES, held_out) * timing.judge / (1 - TRAINING)
    )
    if clock.useful < least and not clock.before:
        what = f"training {how.folds} networks for an epoch, with a few trials each,"
        raise _too_short(clock, least, what)
    share = max(0.0, clock.useful / how.folds - timing.setup)
    epochs = min(wanted, TRAINING * share / epoch)
    rest = (share - epochs * epoch) / how.rounds
    enough = rest / (min(_TRIALS, how.trials) * timing.judge)
    judges = int(min(held_out, max(_FEW_JUDGES, min(_JUDGES, enough))))
    trials = int(min(how.trials, rest / (judges * timing.judge)))
    one = timing.setup + epochs * epoch + how.rounds * trials * judges * timing.judge
    words = (
        f"Plan: {how.folds} networks ({session.recipe.model.name}), each on "
        f"{_learned(n, how):,} images for about {epochs:.1f} epochs, then "
        f"{how.rounds} x {trials} candidates on {judges} images that it has not seen: "
        f"about {how.folds * one:.0f} s."
    )
    return Plan(how.rounds, judges, words)


def _plan_population(
    session: Session, timing: TimingEstimate, clock: Clock, how: PopulationAugment
) -> Plan:
    one, setup = (
        timing.seconds_of_round(len(session.splits.train), PARTS, how),
        how.members * timing.setup,
    )
    rounds = max(1, round((session.recipe.train.epochs or 1.0) / how.interval))
    if clock.useful < math.inf:
        rounds = int((clock.useful - setup) / one)
        if rounds < _FEW_ROUNDS and not clock.before:
            what = f"training {how.members} members for {_FEW_ROUNDS} rounds"
            raise _too_short(clock, setup + _FEW_ROUNDS * one, what)
        rounds = max(1, rounds)
    words = (
        f"Plan: {how.members} members ({session.recipe.model.name}) on "
        f"{len(session.splits.train) * (PARTS - 1) // PARTS:,} images, {rounds} "
        f"rounds of {how.interval:g} epochs each: about {setup + rounds * one:.0f} s."
    )
    return Plan(rounds, 0, words)


def _learned(images: int, how: FastAutoAugment) -> int:
    return images * (how.folds - 1) // how.folds


def _too_short(clock: Clock, least: float, what: str) -> RunError:
    needed = clock.spent + least
    return RunError(
        f"`--budget` of {clock.budget:.0f} s is too short: {what} takes about "
        f"{needed:.0f} s here. Give at least {math.ceil(1.15 * needed)}s, or leave it "
        "out."
    )
