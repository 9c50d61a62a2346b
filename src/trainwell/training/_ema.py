"""Exponential moving average of the weights.

    a <- d a + (1 - d) w,    d = min(decay, (1 + t) / (10 + t))

BatchNorm's running statistics belong to the weights that made them, so those of the
average are estimated again, by `layers.norm.precise_bn`, before it is evaluated.

Use: almost always, with a decay of 0.99 to 0.9999 that spans a few epochs; the average
answers as well in the middle of a run as the weights do at its end.
Side effects: one more copy of the weights; evaluations take a pass over some training
images for the statistics.
Source: Polyak & Juditsky, "Acceleration of Stochastic Approximation by Averaging",
1992; the ramp of the decay as in TensorFlow's ExponentialMovingAverage.
"""

import copy

import torch
from torch import nn


def start_average(model: nn.Module) -> nn.Module:
    """Return a copy of the model to average into; it never trains."""
    return copy.deepcopy(model).requires_grad_(False).eval()


@torch.no_grad()
def update_average(
    average: nn.Module, model: nn.Module, decay: float, step: int
) -> None:
    """Move the average towards the model after optimizer step number `step`."""
    share = 1 - min(decay, (1 + step) / (10 + step))
    for mean, weight in zip(average.parameters(), model.parameters(), strict=True):
        mean.lerp_(weight, share)
    for mine, current in zip(average.buffers(), model.buffers(), strict=True):
        mine.copy_(current)
