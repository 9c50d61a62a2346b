"""How fast networks of a search are trained and scored, by a few timed steps."""

import time
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from trainwell.runs.augment_search._setups import loss_under, network_setup
from trainwell.runs.session._session import Session
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._fit import fit_setup, new_state
from trainwell.training import Batch, Hook, TrainState
from trainwell.tuning import FastAutoAugment, PopulationAugment, random_sub_policies

_STEPS = 4  # timed, after one that is not
_IMAGES = 250  # scored, after as many that are not timed


@dataclass(frozen=True)
class TimingEstimate:
    """Seconds that things take.

    Attributes:
        train: Seconds for one image in training.
        judge: Seconds for one image, augmented and scored.
        setup: Seconds to build one network.
    """

    train: float
    judge: float
    setup: float

    def seconds_of_round(
        self, images: int, parts: int, options: PopulationAugment
    ) -> float:
        """Return how long all members take; one part of the images judges."""
        scored = images / parts
        learned = options.interval * (images - scored)
        return options.members * (learned * self.train + scored * self.judge)


def estimate_timing(session: Session) -> tuple[Session, TimingEstimate]:
    """Train and score a network that is discarded.

    Returns:
        The session with transfer, precision and memory format settled, and the times.
    """
    everything = np.arange(len(session.splits.train))
    setup = network_setup(session, everything, everything[:_IMAGES], number=0)
    settled = {"train": setup.recipe.train, "transfer": setup.recipe.transfer}
    session = replace(session, recipe=session.recipe.model_copy(update=settled))
    start = time.perf_counter()
    setup = network_setup(session, everything, everything[:_IMAGES], number=0)
    building = time.perf_counter() - start
    random = torch.get_rng_state()
    train = _seconds_per_step(setup) / setup.batches.batch_size
    torch.set_rng_state(random)
    policy = random_sub_policies(FastAutoAugment(), seed=0)
    loss_under(setup, policy, 0)
    start = time.perf_counter()
    loss_under(setup, policy, 0)
    judge = (time.perf_counter() - start) / len(setup.splits.val)
    return session, TimingEstimate(train, judge, building)


class _StepTimes(Hook):
    """Takes the time after each step."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        loss.item()
        self.times.append(time.perf_counter())


def _seconds_per_step(setup: TrainingSetup) -> float:
    times = _StepTimes()
    fit_setup(setup, new_state(setup, 1 + _STEPS), hooks=[times])
    return (times.times[-1] - times.times[0]) / _STEPS
