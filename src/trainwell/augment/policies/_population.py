"""Population-based augmentation: a schedule of policies over the epochs.

Every operation stands in a policy twice, each time with a probability and a strength.

    for an image sample a number of operations, 0, 1 or 2, with 0.2, 0.3, 0.5;
    go through all entries in random order and apply each with its probability until
    that many were applied

Use: with a schedule that `trainwell search augment` found on your data.
Side effects: as of the operations that it names; a schedule belongs to a length of
training, and is stretched to another one.
Source: Ho et al., "Population Based Augmentation", 2019, algorithm 1 and section 3.2,
https://arxiv.org/abs/1905.05393
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainwell.augment import ops
from trainwell.augment.policies._operation import Floats
from trainwell.augment.policies._space import AUTOAUGMENT, POPULATION, SEARCHED, take
from trainwell.augment.policies._types import SamplingContext
from trainwell.core import checks

_COUNTS = np.cumsum([0.2, 0.3, 0.5])
NUM_ENTRIES = 2 * len(SEARCHED)
"""Probabilities and strengths in a policy of 15 operations: each of them twice."""


@dataclass(frozen=True)
class Population:
    """Policies in turn.

    Attributes:
        probabilities: Per stage, of each entry, shape (stages, entries); entry i and
            i + entries / 2 are the same operation.
        strengths: Strength of each entry in [0, 1], shape (stages, entries).
        epochs: Length of each stage.
        operations: Names of the operations, of any that `augment.operations` takes; the
            published search has cutout where the default has the identity.

    Example:
        >>> from trainwell.augment.policies import NUM_ENTRIES, Population
        >>> table = ((0.5,) * NUM_ENTRIES,)
        >>> Population(probabilities=table, strengths=table, epochs=(3.0,))
        Population(stages=1, epochs=3)
    """

    probabilities: Sequence[Sequence[float]]
    strengths: Sequence[Sequence[float]]
    epochs: Sequence[float]
    operations: Sequence[str] = tuple(AUTOAUGMENT)

    def __repr__(self) -> str:
        return f"Population(stages={len(self.epochs)}, epochs={sum(self.epochs):g})"

    def __post_init__(self) -> None:
        stages, entries = len(self.epochs), 2 * len(self.operations)
        for name in self.operations:
            checks.one_of("operation", name, POPULATION)
        for name in ("probabilities", "strengths"):
            table = np.asarray(getattr(self, name), np.float64)
            if table.shape != (stages, entries):
                raise ValueError(
                    f"`{name}` must hold {entries} numbers for each of {stages} "
                    f"stages, got shape {table.shape}."
                )
            checks.between(name, float(table.min()), 0, 1)
            checks.between(name, float(table.max()), 0, 1)
        checks.positive("epochs", min(self.epochs))

    def __call__(self, context: SamplingContext) -> ops.OpSequence:
        """Return the operations, shape (n, 2)."""
        stage, entries = self._stage(context), 2 * len(self.operations)
        space = {name: POPULATION[name] for name in self.operations}
        p = np.asarray(self.probabilities[stage], np.float64)
        strengths = np.asarray(self.strengths[stage], np.float64)
        u = context.uniform("population", 1 + 3 * entries)
        applied = u[:, 1 : 1 + entries] < p
        order = np.where(applied, u[:, 1 + entries : 1 + 2 * entries], 2.0)
        first = np.argsort(order, axis=1)[:, :2]
        wanted = np.searchsorted(_COUNTS, u[:, 0], side="right")
        rows, parts = np.arange(len(u)), []
        for k in range(2):
            entry = first[:, k]
            used = applied[rows, entry] & (k < wanted)
            choice = np.where(used, entry % len(space), -1)
            negative = u[rows, 1 + 2 * entries + entry] < 0.5
            strength: Floats = strengths[entry]
            stream = f"population {k}"
            parts.append(take(space, choice, strength, negative, context, stream))
        return ops.concat(*parts)

    def _stage(self, context: SamplingContext) -> int:
        """Return the stage of an epoch; the whole schedule spans the whole run."""
        ends = np.cumsum(self.epochs)
        length = context.epochs or ends[-1]
        done = (context.epoch + 0.5) / length * ends[-1]
        return min(int(np.searchsorted(ends, done)), len(ends) - 1)
