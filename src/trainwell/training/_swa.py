"""Stochastic weight averaging: the mean of the weights at the ends of the last epochs.

    w_swa <- w_swa + (w - w_swa) / k    at the end of epoch k after `start`

Use: with a learning rate that stays high at the end (`schedule.final=0.1` and more), so
that the weights move around a minimum, with their mean in its middle.
Side effects: BatchNorm's statistics belong to other weights and are estimated again, at
the cost of some training images; one more copy of the weights in memory and checkpoint.
Source: Izmailov et al., "Averaging Weights Leads to Wider Optima and Better
Generalization", 2018, algorithm 1, https://arxiv.org/abs/1803.05407
"""

import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState

_MEAN = "swa."


class AverageWeights(Hook):
    """Average the weights over the last part of the run, once per epoch.

    Args:
        start: Progress from which weights are averaged, in [0, 1).
        per_epoch: Number of steps per epoch.

    Example:
        >>> AverageWeights(start=0.75, per_epoch=100).start
        0.75
    """

    def __init__(self, start: float, per_epoch: int) -> None:
        checks.between("start", start, 0, 1)
        self.start, self.per_epoch = start, per_epoch

    @torch.no_grad()
    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Move the mean towards the weights at the end of an epoch."""
        last = state.step == state.total_steps
        if state.progress < self.start or (state.step % self.per_epoch and not last):
            return
        count = state.memory["swa_count"] = state.memory.get("swa_count", 0) + 1
        for name, value in state.model.state_dict().items():
            mean = state.arrays.get(_MEAN + name)
            if mean is None or not value.is_floating_point():
                state.arrays[_MEAN + name] = value.detach().clone()
            else:
                mean.lerp_(value, 1 / count)


def averaged_weights(state: TrainState) -> dict[str, Tensor]:
    """Return the mean that `AverageWeights` made; empty before it begins.

    Example:
        >>> model = torch.nn.Linear(2, 2)
        >>> state = TrainState(model=model, total_steps=10,
        ...                    optimizer=torch.optim.SGD(model.parameters(), lr=0.1))
        >>> hook = AverageWeights(start=0.5, per_epoch=5)
        >>> for state.step in (5, 10):
        ...     hook.after_step(state, batch=None, loss=None)
        >>> torch.equal(averaged_weights(state)["weight"], model.weight)
        True
    """
    return {
        name.removeprefix(_MEAN): value
        for name, value in state.arrays.items()
        if name.startswith(_MEAN)
    }
