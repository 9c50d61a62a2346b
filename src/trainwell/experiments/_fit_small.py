"""The plainest training loop, and what a network answers; for small experiments.

for every batch: loss, gradients, step.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from trainwell.core.modes import evaluating
from trainwell.experiments._small_set import Small
from trainwell.losses import cross_entropy

LossFn = Callable[[Tensor, Tensor], Tensor]
_AT_ONCE = 500


def fit_small(  # noqa: PLR0913
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    images: Small,
    *,
    steps: int,
    batch_size: int = 64,
    seed: int = 0,
    loss_fn: LossFn = cross_entropy,
    schedule: Callable[[float], float] | None = None,
    transform: Callable[[Tensor], Tensor] | None = None,
) -> list[float]:
    """Train, and return the mean loss of every batch before its step.

    It stops when the loss is no longer finite, which fills the rest with infinity.

    Args:
        model: Trained in place.
        optimizer: Of its parameters.
        images: The training images.
        steps: Number of batches, drawn without replacement within an epoch.
        batch_size: Images of a batch.
        seed: Order of the images.
        loss_fn: From outputs and targets to a loss per sample, or one.
        schedule: From progress in [0, 1) to a factor on the learning rate.
        transform: What is done to the images of every batch.

    Example:
        >>> from trainwell.experiments import small_set
        >>> digits = small_set("digits", 0, num_train=100, num_test=50).flat()
        >>> model = nn.Linear(64, 10)
        >>> sgd = torch.optim.SGD(model.parameters(), lr=0.1)
        >>> losses = fit_small(model, sgd, digits, steps=30)
        >>> losses[-1] < losses[0]
        True
    """
    model.train()
    rates = [group["lr"] for group in optimizer.param_groups]
    generator = torch.Generator().manual_seed(seed)
    losses: list[float] = []
    order = torch.empty(0, dtype=torch.long)
    for step in range(steps):
        if len(order) < batch_size:
            order = torch.randperm(len(images.y), generator=generator)
        rows, order = order[:batch_size], order[batch_size:]
        if schedule is not None:
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * schedule(step / steps)
        x = images.x[rows]
        loss = loss_fn(model(x if transform is None else transform(x)), images.y[rows])
        loss = loss.mean()
        losses.append(loss.item())
        if not np.isfinite(losses[-1]):
            return losses[:-1] + [float("inf")] * (steps - len(losses) + 1)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def outputs_of(model: nn.Module, x: Tensor) -> Tensor:
    """Return the outputs in evaluation mode.

    Example:
        >>> outputs_of(nn.Identity(), torch.ones(2, 3)).shape
        torch.Size([2, 3])
    """
    with evaluating(model, []), torch.no_grad():
        return torch.cat([model(part) for part in x.split(_AT_ONCE)])


def accuracy_of(model: nn.Module, x: Tensor, y: Tensor) -> float:
    """Return the fraction of right answers in evaluation mode.

    Example:
        >>> accuracy_of(nn.Identity(), torch.eye(2), torch.tensor([0, 0]))
        0.5
    """
    return (outputs_of(model, x).argmax(1) == y).float().mean().item()


def loss_of(model: nn.Module, x: Tensor, y: Tensor) -> float:
    """Return the mean cross entropy in evaluation mode.

    Example:
        >>> round(loss_of(nn.Identity(), torch.zeros(2, 4), torch.tensor([0, 1])), 4)
        1.3863
    """
    return cross_entropy(outputs_of(model, x), y).mean().item()
