"""The training loop: read it top to bottom, there is no other.

learning rate -> batch -> forward -> loss (+ penalty) -> backward -> [before_step]
     -> optimizer -> average -> [after_step]
"""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor

from trainwell.schedules import Schedule
from trainwell.training._batch import Batch, Batches, autocast
from trainwell.training._distill import Distill
from trainwell.training._ema import update_average
from trainwell.training._gradient_accumulation import accumulate_gradients
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState

Loss = Callable[[Tensor, Tensor], Tensor]
Penalty = Callable[[], Tensor]


def fit(  # noqa: PLR0913
    state: TrainState,
    batches: Batches,
    loss_fn: Loss,
    *,
    schedule: Schedule,
    hooks: Sequence[Hook] = (),
    precision: str = "float32",
    penalty: Penalty | None = None,
    average_decay: float = 0.999,
    distill: Distill | None = None,
) -> TrainState:
    """Train until `state.step` is `state.total_steps` or a hook sets `state.stop`.

    Args:
        state: Training state; changed in place and returned.
        batches: Source of batches, by step.
        loss_fn: Function (outputs, targets) -> one value per sample.
        schedule: Function from progress in [0, 1] to the factor on the `initial_lr`
            of every parameter group.
        hooks: Hooks, called in this order at every point.
        precision: `float32`, or `bfloat16` for the forward pass (weights stay float32).
        penalty: Function that returns the cost of the weights, added to the loss.
        average_decay: Decay of `state.average`, if there is one.
        distill: Mixes the loss with the distance from a teacher's answers.

    Example:
        >>> class Few:
        ...     per_epoch = 2
        ...     def stream(self, first, last):
        ...         for _ in range(first, last):
        ...             indices = torch.arange(4)
        ...             yield Batch(torch.ones(4, 2), indices % 2, indices)
        >>> def loss_fn(outputs, targets):
        ...     return tw.losses.cross_entropy(outputs, targets, reduction="none")
        >>> model = torch.nn.Linear(2, 2)
        >>> state = TrainState(model=model, total_steps=10,
        ...                    optimizer=torch.optim.SGD(model.parameters(), lr=0.1))
        >>> fit(state, Few(), loss_fn, schedule=tw.schedules.constant()).step
        10
    """
    context = autocast(next(state.model.parameters()).device, precision)

    def gradients(batch: Batch) -> Tensor:
        """Compute gradients; second-order optimizers call this repeatedly."""
        state.optimizer.zero_grad(set_to_none=True)
        loss = accumulate_gradients(state, batch, forward)
        if penalty is not None:
            extra = penalty()
            extra.backward()
            loss = loss + extra
        for hook in hooks:
            hook.before_step(state, batch, loss)
        return loss

    def forward(images: Tensor, targets: Tensor) -> Tensor:
        with context:
            outputs = state.model(images)
        values = loss_fn(outputs, targets)
        if distill is None:
            return values
        with context:
            return distill(images, outputs, values)

    clock = time.perf_counter()
    state.model.train()
    for hook in hooks:
        hook.on_start(state)
    state.seconds += time.perf_counter() - clock
    clock = time.perf_counter()
    stream, planned = batches.stream(state.step, state.total_steps), state.total_steps
    while state.step < state.total_steps and not state.stop:
        for group in state.optimizer.param_groups:
            group["lr"] = group["initial_lr"] * schedule(state.progress)
        if state.step == planned:  # a hook has made the plan longer
            planned = state.total_steps
            stream = batches.stream(state.step, planned)
        batch = next(stream)
        closure: Callable[[], Any] = partial(gradients, batch)
        loss = torch.as_tensor(state.optimizer.step(closure)).detach()
        state.optimizer.zero_grad(set_to_none=True)
        state.step += 1
        if state.average is not None:
            update_average(state.average, state.model, average_decay, state.step)
        spent = time.perf_counter() - clock
        state.step_seconds += spent
        state.seconds += spent
        clock = time.perf_counter()
        for hook in hooks:
            hook.after_step(state, batch, loss)
        state.seconds += time.perf_counter() - clock
        clock = time.perf_counter()
    for hook in hooks:
        hook.on_end(state)
    state.seconds += time.perf_counter() - clock
    return state
