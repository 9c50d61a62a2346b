"""How fast networks of a search are trained and judged, by a few timed steps."""

import time
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from trainwell.recipes import make_loss, make_optimizer, make_schedule
from trainwell.runs._prepare import Prepared, class_counts
from trainwell.runs.augment_search._bench import Bench
from trainwell.runs.augment_search._scores import loss_under
from trainwell.training import Batch, Hook, TrainState, fit
from trainwell.tuning import FastAutoAugment, PopulationAugment, random_sub_policies

_STEPS = 4  # timed, after one that is not
_IMAGES = 250  # judged, after as many that are not timed


@dataclass(frozen=True)
class Pace:
    """Seconds that things take.

    Attributes:
        train: One image in training.
        judge: One image, augmented and judged.
        setup: One network to be set up.
    """

    train: float
    judge: float
    setup: float

    def seconds_of_round(
        self, images: int, parts: int, how: PopulationAugment
    ) -> float:
        """Return how long all members take; one part of the images judges."""
        judged = images / parts
        learned = how.interval * (images - judged)
        return how.members * (learned * self.train + judged * self.judge)


def measure(bench: Bench) -> tuple[Bench, Pace]:
    """Train and judge a network that is thrown away.

    Returns:
        The bench with its way of stepping settled, and the pace.
    """
    everything = np.arange(len(bench))
    ready = bench.prepare(everything, everything[:_IMAGES], number=0)
    settled = bench.recipe.model_copy(update={"train": ready.recipe.train})
    bench = replace(bench, recipe=settled)
    start = time.perf_counter()
    ready = bench.prepare(everything, everything[:_IMAGES], number=0)
    setup = time.perf_counter() - start
    random = torch.get_rng_state()
    train = _seconds_of_step(ready) / ready.batches.batch_size
    torch.set_rng_state(random)
    policy = random_sub_policies(FastAutoAugment(), seed=0)
    loss_under(ready, policy, 0)
    start = time.perf_counter()
    loss_under(ready, policy, 0)
    judge = (time.perf_counter() - start) / len(ready.splits.val)
    return bench, Pace(train, judge, setup)


class _Marks(Hook):
    """Takes the time after each step, done and over."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        loss.item()
        self.times.append(time.perf_counter())


def _seconds_of_step(ready: Prepared) -> float:
    optimizer, marks = make_optimizer(ready.recipe, ready.model), _Marks()
    counts, device = class_counts(ready.splits), ready.batches.view.device
    fit(
        TrainState(model=ready.model, optimizer=optimizer, total_steps=1 + _STEPS),
        ready.batches,
        make_loss(ready.recipe, counts, device),
        schedule=make_schedule(ready.recipe),
        hooks=[marks],
        precision=ready.recipe.train.precision,
    )
    return (marks.times[-1] - marks.times[0]) / _STEPS
