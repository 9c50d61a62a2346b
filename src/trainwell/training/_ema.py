"""Exponential moving average of the weights.

    a <- d a + (1 - d) w,    d = min(decay, (1 + t) / (10 + t))

BatchNorm's running statistics belong to the weights that made them, so those of the
average are estimated again, by `layers.norm.precise_bn`, before it is evaluated.

Use: almost always, with a decay of 0.99 to 0.9999 that spans a few epochs; the average
predicts as well in the middle of a run as the weights do at its end.
Side effects: one more copy of the weights; evaluations take a pass over some training
images for the statistics.
Source: Polyak & Juditsky, "Acceleration of Stochastic Approximation by Averaging",
1992; the ramp of the decay as in TensorFlow's ExponentialMovingAverage.
"""

import copy

import torch
from torch import nn


def start_average(model: nn.Module) -> nn.Module:
    """Return a copy of the model for the average; it never trains.

    Example:
        >>> average = start_average(torch.nn.Linear(2, 2))
        >>> average.training, average.weight.requires_grad
        (False, False)
    """
    return copy.deepcopy(model).requires_grad_(False).eval()


@torch.no_grad()
def update_average(
    average: nn.Module, model: nn.Module, decay: float, step: int
) -> None:
    """Move the average towards the model after optimizer step number `step`.

    Args:
        average: Copy made by `start_average`.
        model: Network in training.
        decay: Largest decay, near 1.
        step: Number of the step, from 1.

    Example:
        >>> model = torch.nn.Linear(1, 1, bias=False)
        >>> average = start_average(model)
        >>> for module, value in ((average, 0.0), (model, 1.0)):
        ...     _ = torch.nn.init.constant_(module.weight, value)
        >>> update_average(average, model, decay=0.9, step=1000)
        >>> round(average.weight.item(), 4)
        0.1
    """
    fraction = 1 - min(decay, (1 + step) / (10 + step))
    for mean, weight in zip(average.parameters(), model.parameters(), strict=True):
        mean.lerp_(weight, fraction)
    for mine, current in zip(average.buffers(), model.buffers(), strict=True):
        mine.copy_(current)
