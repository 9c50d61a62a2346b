"""Stop at a loss that is NaN or infinite, with its likely cause."""

import torch
from torch import Tensor

from trainwell.core.errors import DivergedError
from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState

_SHOWN = 8


class StopAtNaN(Hook):
    """End the run before a loss that is NaN or infinite reaches the weights.

    Args:
        every: Number of steps between two checks; 1 where reading the loss is free.

    Example:
        >>> model = torch.nn.Linear(2, 2)
        >>> state = TrainState(model=model, total_steps=10,
        ...                    optimizer=torch.optim.SGD(model.parameters(), lr=0.1))
        >>> batch = Batch(torch.ones(1, 2), torch.tensor([0]), torch.tensor([3]))
        >>> StopAtNaN().before_step(state, batch, torch.tensor(float("nan")))
        Traceback (most recent call last):
        trainwell.core.errors.DivergedError: the loss is nan at step 1 (samples 3)...
    """

    def __init__(self, every: int = 1) -> None:
        self.every = every
        self.first_loss: float | None = None
        self.last_loss = float("nan")

    def before_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Check the loss before the optimizer updates the weights."""
        if state.step % self.every:
            return
        value = loss.item()
        if not torch.isfinite(loss):
            raise DivergedError(_describe(state, batch, value, self))
        self.first_loss = value if self.first_loss is None else self.first_loss
        self.last_loss = value


def _describe(state: TrainState, batch: Batch, value: float, seen: StopAtNaN) -> str:
    rate = state.optimizer.param_groups[0]["lr"]
    samples = batch.indices.tolist()
    shown = ", ".join(map(str, samples[:_SHOWN]))
    more = f" and {len(samples) - _SHOWN} more" if len(samples) > _SHOWN else ""
    return (
        f"the loss is {value} at step {state.step + 1} (samples {shown}{more}). "
        f"Likely cause: {_cause(state, batch, seen, rate)} "
        "The last good checkpoint is kept."
    )


_USUAL = 0.1  # no advice goes beyond it


def _cause(state: TrainState, batch: Batch, seen: StopAtNaN, rate: float) -> str:
    lower = f"optimizer.lr={min(rate / 10, _USUAL):.2g}"
    if not torch.isfinite(batch.images).all():
        return (
            "the images themselves contain NaN or infinity; check their preprocessing."
        )
    broken = [n for n, p in state.model.named_parameters() if not p.isfinite().all()]
    if broken:
        return (
            f"the weights ({broken[0]} first) are no longer finite after the last "
            f"step: the learning rate {rate:.3g} is too high; try {lower}."
        )
    if seen.first_loss is not None and seen.last_loss > 2 * seen.first_loss:
        return (
            f"the loss grew from {seen.first_loss:.3g} to {seen.last_loss:.3g}: the "
            f"learning rate {rate:.3g} is too high; try {lower}."
        )
    if seen.first_loss is None:
        return (
            "it happened at the first step, with finite images and weights: an unlucky "
            "initialisation or a layer of the model that overflows; try "
            "train.precision=float32."
        )
    return (
        f"a sudden overflow at learning rate {rate:.3g}; try "
        f"optimizer.lr={min(rate / 3, _USUAL):.2g}, gradients=clip_norm or "
        "train.precision=float32."
    )
